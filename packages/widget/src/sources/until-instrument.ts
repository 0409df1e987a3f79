import type { MarketEvent } from '@liquidation-heatmap/core';
import { createSlices } from './slices.js';

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
