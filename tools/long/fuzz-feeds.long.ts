import { venueAdapters } from '@liquidation-heatmap/feeds';
import { fuzzVenue } from './fuzz-venue.js';
import type { Figures, LongTest } from './long-test.js';
import { seededDraw } from './seeded-draw.js';
import { soundFrames } from './sound-frames.js';

const FRAMES = 1_000_000;
const BATCH = 50_000;

interface State {
  readonly done: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly mostBytes: Readonly<Record<string, number>>;
}

/** Fuzz of every venue's session, with the engine behind it. */
export const longTest: LongTest = {
  name: 'fuzz-feeds',
  law: 'a venue may send anything: nothing throws, no event holds NaN, seen time never goes back, totals stay numbers, no frame takes a megabyte',
  seed: 20_261_127,
  async run(context): Promise<Figures> {
    const count = context.count ?? FRAMES;
    const resumed = context.resumed as State | undefined;
    const done: Record<string, number> = { ...resumed?.done };
    const faults: Record<string, number> = { ...resumed?.faults };
    const mostBytes: Record<string, number> = { ...resumed?.mostBytes };
    for (const adapter of venueAdapters) {
      const { venue } = adapter;
      const sound = await soundFrames(venue);
      for (let at = done[venue] ?? 0; at < count; at = done[venue]) {
        const size = Math.min(BATCH, count - at);
        const tally = fuzzVenue(adapter, sound, size, seededDraw(context.seed + at));
        done[venue] = at + size;
        faults[venue] = (faults[venue] ?? 0) + tally.faults;
        mostBytes[venue] = Math.max(mostBytes[venue] ?? 0, tally.mostBytes);
        context.save({ done, faults, mostBytes });
      }
      context.progress(`${venue}: ${String(count)} frames, ${String(faults[venue])} faults told`);
    }
    const told = Object.entries(faults).map(([venue, number]) => [`${venue} faults told`, number] as const);
    const taken = Math.max(...Object.values(mostBytes));
    return { 'frames a venue': count, ...Object.fromEntries(told), 'most bytes one frame took': taken };
  },
};
