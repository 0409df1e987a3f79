import type { MarketEvent, VenueId } from '@liquidation-heatmap/core';
import { ReplayFeed, venueAdapters } from '@liquidation-heatmap/feeds';
import type { EventFeed, FeedPacer } from './event-feed.js';
import { fetchLines } from './fetch-bytes.js';
import type { Job } from './job.js';
import { createPacer, type Pacer } from './pacer.js';
import { unknownSymbol } from './unknown-symbol.js';
import { untilInstrument } from './until-instrument.js';

/** A recording of a venue's own messages, played at market time x speed from its first frame on. */
export async function openRecording({ request, speed }: Job, url: string, signal: AbortSignal): Promise<EventFeed> {
  const replay = new ReplayFeed({ adapters: venueAdapters, symbols: [request.symbol], signal });
  const events = replay.events(fetchLines(url, signal));
  const begun = await untilInstrument(events);
  if (begun === undefined) throw unknownSymbol(request.symbol, `the recording ${url}`, []);
  const pacer = new RecordingPacer(request.at === undefined ? speed : Infinity);
  return {
    events: paced(begun.taken, events, pacer),
    venues: [begun.venue as VenueId],
    pacer,
    historyUntil: request.at,
    waiting: 'Reading the recording',
    leftOut: () => leftOutOf(replay),
  };
}

/** How many lines and messages could not be read, and what was wrong with the first line. */
function leftOutOf({ counts, faults, session }: ReplayFeed): string {
  const frames = session?.counters.drops['malformed'] ?? 0;
  const parts = [
    ...(counts.badLines === 0 ? [] : [`${counts.badLines} ${counts.badLines === 1 ? 'line' : 'lines'}`]),
    ...(frames === 0 ? [] : [`${frames} ${frames === 1 ? 'message' : 'messages'}`]),
  ];
  if (parts.length === 0) return '';
  const [first] = faults;
  return `${parts.join(' and ')} left out${first === undefined ? '' : `: ${first.message}`}`;
}

/** Starts the clock at the first tick: what comes before is history and metadata. */
async function* paced(
  taken: readonly MarketEvent[],
  rest: AsyncIterable<MarketEvent>,
  pacer: RecordingPacer,
): AsyncGenerator<MarketEvent> {
  for (const event of taken) {
    pacer.see(event);
    yield event;
  }
  for await (const event of rest) {
    pacer.see(event);
    yield event;
  }
}

class RecordingPacer implements FeedPacer {
  readonly #speed: number;
  #pacer: Pacer | undefined;
  #isPaused = false;

  constructor(speed: number) {
    this.#speed = speed;
  }

  see(event: MarketEvent): void {
    if (event.kind !== 'tick' || this.#pacer !== undefined || this.#speed === Infinity) return;
    this.#pacer = createPacer(event.seenTime, this.#speed);
    this.#pacer.setPaused(this.#isPaused);
  }

  until: FeedPacer['until'] = (time, signal) => this.#pacer?.until(time, signal);

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#pacer?.setPaused(paused);
  }
}
