import type { MarketEvent } from '@liquidation-heatmap/core';
import type { EventFeed } from './event-feed.js';
import { SourceFault, type Job } from './job.js';
import { createSlices } from './slices.js';

/** The event feed of a job. Each way's code is loaded when it is asked for. Throws a SourceFault for what the job cannot have. */
export async function openEvents(job: Job, signal: AbortSignal): Promise<EventFeed> {
  const { choice } = job;
  switch (choice.kind) {
    case 'simulated': {
      const { openSimulation } = await import('./open-simulation.js');
      return openSimulation(job, choice.seed);
    }
    case 'recording': {
      const { openRecording } = await import('./open-recording.js');
      return openRecording(job, choice.url, signal);
    }
    case 'venues': {
      const { openLive } = await import('./open-live.js');
      return openLive(job, signal);
    }
    case 'snapshot':
      throw new Error('A snapshot holds frames, not events');
  }
}

/** Takes events until one tells the instrument, so that the engine can be made for its venue; undefined when none came. */
export async function untilInstrument(
  events: AsyncIterator<MarketEvent>,
): Promise<{ readonly taken: readonly MarketEvent[]; readonly venue: string } | undefined> {
  const taken: MarketEvent[] = [];
  const slices = createSlices();
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    taken.push(next.value);
    await slices.rest();
    if (next.value.kind === 'instrument') return { taken, venue: next.value.spec.venue };
  }
  return undefined;
}

/** A fault about the symbol, in the words every source uses. */
export function unknownSymbol(symbol: string, where: string, known: readonly string[]): SourceFault {
  const list = known.length === 0 ? '' : `; it has ${known.join(', ')}`;
  return new SourceFault({
    code: 'unknown-symbol',
    field: 'symbol',
    message: `symbol must be one that ${where} has, was "${symbol}"${list}`,
  });
}
