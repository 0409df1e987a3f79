import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DepthLevels } from '../model/depth-view.js';
import type { UnixMs } from '../model/units.js';
import { OrderBook } from './order-book.js';

const level = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 0.5, 1, 2.25));
/** As venues send snapshots: each price once, best first. */
const bestFirst = (away: 1 | -1) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 4_000 }), { maxLength: 40, size: 'max' })
    .map((ticks) => ticks.sort((a, b) => (a - b) * away).map((price) => [price, 1.5] as const));
const anyUpdate = fc.record({
  isSnapshot: fc.boolean(),
  bids: fc.array(level, { maxLength: 40 }),
  asks: fc.array(level, { maxLength: 40 }),
});
const whole = fc.record({ isSnapshot: fc.constant(true), bids: bestFirst(-1), asks: bestFirst(1) });
const update = fc.oneof(anyUpdate, whole);
const AT = { instrument: 'binance:BTCUSDT', eventTime: 0 as UnixMs, seenTime: 0 as UnixMs } as const;

function columns(pairs: readonly (readonly [number, number])[]): DepthLevels {
  return { ticks: Float64Array.from(pairs, ([ticks]) => ticks), sizes: Float64Array.from(pairs, ([, size]) => size) };
}

test('the book equals a plain map of the last size at each price, best first', () => {
  fc.assert(
    fc.property(fc.array(update, { maxLength: 30 }), (updates) => {
      const book = new OrderBook(0.1);
      const plain = { bids: new Map<number, number>(), asks: new Map<number, number>() };
      for (const { isSnapshot, bids, asks } of updates) {
        book.apply({
          kind: isSnapshot ? 'book-snapshot' : 'book-delta',
          ...AT,
          bids: columns(bids),
          asks: columns(asks),
        });
        for (const [side, levels] of [
          ['bids', bids],
          ['asks', asks],
        ] as const) {
          if (isSnapshot) plain[side].clear();
          for (const [ticks, size] of levels) {
            if (size === 0) plain[side].delete(ticks);
            else plain[side].set(ticks, size);
          }
        }
      }
      const view = book.view();
      const expected = {
        bids: [...plain.bids].sort(([a], [b]) => b - a),
        asks: [...plain.asks].sort(([a], [b]) => a - b),
      };
      expect(Array.from(view.bids.ticks, (ticks, i) => [ticks, view.bids.sizes[i]])).toEqual(expected.bids);
      expect(Array.from(view.asks.ticks, (ticks, i) => [ticks, view.asks.sizes[i]])).toEqual(expected.asks);
      expect([book.bestBidTicks, book.bestAskTicks]).toEqual([expected.bids[0]?.[0], expected.asks[0]?.[0]]);
    }),
    { seed: 11 },
  );
});

test('a snapshot longer than any before is held whole', () => {
  const book = new OrderBook(0.1);
  const ticks = Array.from({ length: 3_000 }, (_, i) => [10_000 - i, 1] as const);
  book.apply({ kind: 'book-snapshot', ...AT, bids: columns(ticks), asks: columns([]) });
  const { bids } = book.view();
  expect([bids.ticks.length, bids.ticks[0], bids.ticks[2_999]]).toEqual([3_000, 10_000, 7_001]);
});

test('a view is a copy that later updates do not change', () => {
  const book = new OrderBook(0.1);
  book.apply({ kind: 'book-snapshot', ...AT, bids: columns([[5, 1]]), asks: columns([[6, 1]]) });
  const view = book.view();
  book.apply({ kind: 'book-delta', ...AT, bids: columns([[5, 9]]), asks: columns([]) });
  expect(view.bids.sizes[0]).toBe(1);
});

test('a side holds more levels than it was made for', () => {
  const book = new OrderBook(0.1);
  const many = Array.from({ length: 5_000 }, (_, i) => [i + 1, i + 1] as const);
  book.apply({ kind: 'book-snapshot', ...AT, bids: columns(many), asks: columns([]) });
  expect(book.view(3).bids).toEqual(
    columns([
      [5_000, 5_000],
      [4_999, 4_999],
      [4_998, 4_998],
    ]),
  );
  expect(book.view().bids.ticks).toHaveLength(5_000);
});
