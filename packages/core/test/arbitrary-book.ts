import fc from 'fast-check';
import type { DepthLevels, DepthView } from '../src/model/depth-view.js';

/** One side from the best tick on: distances in ticks to the level before, and sizes. */
type Steps = readonly { readonly gap: number; readonly size: number }[];

const steps = (size: fc.Arbitrary<number>): fc.Arbitrary<Steps> =>
  fc.array(fc.record({ gap: fc.integer({ min: 1, max: 40 }), size }), { minLength: 2, maxLength: 60 });

/** Even between two numbers, in steps of a thousandth of their distance; doubles would crowd near 0. */
export function between(least: number, most: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 1_000 }).map((part) => least + ((most - least) * part) / 1_000);
}

/** Sizes are whole, so that sums are free of rounding and equal means equal. */
export const wholeSize = fc.integer({ min: 1, max: 5_000 });

/** Books in sync around 60,000 at a tick size of 0.1. */
export const books: fc.Arbitrary<DepthView> = fc
  .record({ bids: steps(wholeSize), asks: steps(wholeSize), spread: fc.integer({ min: 1, max: 20 }) })
  .map(({ bids, asks, spread }) => ({
    tickSize: 0.1,
    bids: levels(600_000, -1, bids),
    asks: levels(600_000 + spread, 1, asks),
  }));

/** Levels from a best tick on in a direction. */
export function levels(best: number, direction: -1 | 1, side: Steps): DepthLevels {
  let tick = best;
  const ticks = side.map(({ gap }, index) => (index === 0 ? tick : (tick += direction * gap)));
  return { ticks: Float64Array.from(ticks), sizes: Float64Array.from(side, ({ size }) => size) };
}

/** The same book with every size of every level multiplied by its own factor of at least 1. */
export function thicker(book: DepthView, factors: readonly number[]): DepthView {
  const grown = ({ ticks, sizes }: DepthLevels): DepthLevels => ({
    ticks,
    sizes: sizes.map((size, index) => size * (factors[index % factors.length] ?? 1)),
  });
  return { ...book, bids: grown(book.bids), asks: grown(book.asks) };
}

/** A book of `count` levels a side, `size` each, every 10 ticks around 60,000 (tick size 0.1). */
export function evenBook(count: number, size: number): DepthView {
  const side = Array.from({ length: count }, () => ({ gap: 10, size }));
  return { tickSize: 0.1, bids: levels(599_990, -1, side), asks: levels(600_010, 1, side) };
}
