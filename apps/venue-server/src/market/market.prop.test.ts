import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chance } from './chance.js';
import { DepthWindow } from './depth-window.js';
import { Ladder, type Level } from './ladder.js';
import { MinuteBars, type VenueBar } from './minute-bars.js';
import { PriceLevelBook } from './price-level-book.js';

/** A walk of the best bid in ticks, with leaps. */
const walk = fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 1, maxLength: 30 });

function bookAt(last: number, seed: number): PriceLevelBook {
  return new PriceLevelBook(last, 1_000, 6, new Chance(seed, 'book'));
}

function applied(levels: readonly Level[], change: readonly Level[]): Map<number, number> {
  const side = new Map(levels.map(({ ticks, size }) => [ticks, size]));
  for (const { ticks, size } of change) {
    if (size === 0) side.delete(ticks);
    else side.set(ticks, size);
  }
  return side;
}

test('a book is never crossed, keeps positive sizes and stands around its best prices, wherever they go', () => {
  fc.assert(
    fc.property(walk, fc.integer({ min: 1, max: 99 }), (steps, seed) => {
      let best = 600_000;
      const book = bookAt(best, seed);
      for (const step of steps) {
        best += step;
        book.move(best, best + 1);
        const [bids, asks] = [book.bids.levels(), book.asks.levels()];
        expect([bids[0]!.ticks, asks[0]!.ticks]).toEqual([best, best + 1]);
        expect([...bids, ...asks].every(({ size }) => size >= 1 && Number.isInteger(size))).toBe(true);
        expect(Math.min(bids.length, asks.length)).toBeGreaterThanOrEqual(1_000);
        bids.slice(1).forEach(({ ticks }, index) => expect(ticks).toBeLessThan(bids[index]!.ticks));
      }
    }),
    { numRuns: 20 },
  );
});

test('what a book says changed, and nothing else, leads from one state to the next', () => {
  fc.assert(
    fc.property(walk, fc.integer({ min: 1, max: 99 }), (steps, seed) => {
      let best = 600_000;
      const book = bookAt(best, seed);
      for (const step of steps) {
        const before = book.asks.levels();
        best += step;
        const { asks } = book.move(best, best + 1);
        expect(new Set(asks.map(({ ticks }) => ticks)).size).toBe(asks.length);
        expect(applied(before, asks)).toEqual(applied(book.asks.levels(), []));
      }
    }),
    { numRuns: 20 },
  );
});

test('a reader who applies what a depth window says has the best levels and no others', () => {
  fc.assert(
    fc.property(walk, fc.integer({ min: 1, max: 60 }), (steps, depth) => {
      let best = 600_000;
      const book = bookAt(best, depth);
      const window = new DepthWindow(depth, book);
      let known = applied(window.levels.bids, []);
      for (const step of steps) {
        best += step;
        book.move(best, best + 1);
        const { bids } = window.update(book);
        known = applied(
          [...known].map(([ticks, size]) => ({ ticks, size })),
          bids,
        );
        expect(known).toEqual(applied(book.bids.levels(depth), []));
      }
    }),
    { numRuns: 20 },
  );
});

test('a ladder is what a sorted map would be', () => {
  const action = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(fc.array(action), fc.constantFrom<1 | -1>(1, -1), (actions, away) => {
      const ladder = new Ladder(away);
      for (const [ticks, size] of actions) ladder.set(ticks, size);
      const map = applied(
        [],
        actions.map(([ticks, size]) => ({ ticks, size })),
      );
      const sorted = [...map].sort(([a], [b]) => (a - b) * away);
      expect(ladder.levels().map(({ ticks, size }) => [ticks, size])).toEqual(sorted);
      const dropped = ladder.dropBetterThan(20);
      expect(dropped).toEqual(sorted.map(([ticks]) => ticks).filter((ticks) => (ticks - 20) * away < 0));
    }),
  );
});

test('five minutes made of one candle make that candle again', () => {
  const price = fc.integer({ min: 1, max: 2_000 });
  fc.assert(
    fc.property(price, price, price, price, (a, b, c, d) => {
      const [low, high] = [Math.min(a, b, c, d), Math.max(a, b, c, d)];
      const sizes = { size: 10, takerBuySize: 4, turnover: 700, takerBuyTurnover: 280, trades: 50 };
      const bar: VenueBar = { openTime: 600_000, open: a, high, low, close: b, ...sizes };
      const bars = new MinuteBars(1);
      bars.addFiveMinutes(bar);
      const [whole] = bars.range(300_000, 0, Infinity);
      expect(whole).toMatchObject({ openTime: 600_000, open: a, high, low, close: b, trades: 50 });
      expect([whole!.size, whole!.takerBuySize, whole!.turnover]).toEqual([
        expect.closeTo(10, 9),
        expect.closeTo(4, 9),
        expect.closeTo(700, 9),
      ]);
    }),
  );
});

test('a candle of any length says what its minutes say, across the end of history', () => {
  const path = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(path, fc.constantFrom(5, 15, 30, 60), (prices, minutes) => {
      const bars = new MinuteBars(1);
      const sizes = { size: 1, takerBuySize: 0, turnover: 1, takerBuyTurnover: 0, trades: 7 };
      prices.slice(1).forEach((close, index) => {
        const open = prices[index]!;
        const [high, low] = [Math.max(open, close), Math.min(open, close)];
        bars.addFiveMinutes({ openTime: index * 300_000, open, high, low, close, ...sizes });
      });
      for (let minute = 145; minute < 180; minute += 2) bars.see(minute * 60_000, minute, 1);
      const fine = bars.range(60_000, 0, Infinity);
      expect(fine.map(({ openTime }) => openTime)).toEqual(fine.map((_, index) => index * 60_000));
      for (const bar of bars.range(minutes * 60_000, 0, Infinity)) {
        const inside = fine.filter(
          ({ openTime }) => Math.floor(openTime / (minutes * 60_000)) * minutes * 60_000 === bar.openTime,
        );
        expect(bar).toMatchObject({
          open: inside[0]!.open,
          close: inside.at(-1)!.close,
          high: Math.max(...inside.map(({ high }) => high)),
          low: Math.min(...inside.map(({ low }) => low)),
          trades: inside.reduce((sum, { trades }) => sum + trades, 0),
        });
      }
      const whole = bars.range(300_000, 0, Infinity);
      expect(bars.newest(300_000, 4)).toEqual(whole.slice(-4));
      expect(bars.oldest(300_000, 4, 600_001)).toEqual(whole.slice(3, 7));
    }),
    { numRuns: 30 },
  );
});

test('minutes nobody saw stand still, a trade told late is the close of its own minute, and candles have no hole', () => {
  const bars = new MinuteBars(1);
  bars.see(60_000, 100, 1, 1);
  bars.standStill(240_500);
  bars.see(119_000, 130, 5, 5);
  bars.see(241_000, 90, 2, 0);
  const rows = bars.range(60_000, 0, Infinity);
  expect(rows.map(({ openTime, open, high, close, size }) => [openTime, open, high, close, size])).toEqual([
    [60_000, 100, 130, 130, 6],
    [120_000, 100, 100, 100, 0],
    [180_000, 100, 100, 100, 0],
    [240_000, 90, 90, 90, 2],
  ]);
});
