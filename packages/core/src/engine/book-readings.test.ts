import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.js';
import { instrumentOf } from '../../test/market.js';
import type { DepthView } from '../model/depth-view.js';
import type { UnixMs } from '../model/units.js';
import { RestingLevels } from '../setups/resting-levels.js';
import { absorbedShare, pathOf, pathSamples, restingOf, type ReadBook } from './book-readings.js';

/** Thirty levels a side, a dollar apart around a price, of one size; tick 0.1. */
function viewAt(price: number, size: number): DepthView {
  const side = (sign: number) => ({
    ticks: Float64Array.from({ length: 30 }, (_, i) => Math.round((price + sign * (i + 0.5)) * 10)),
    sizes: new Float64Array(30).fill(size),
  });
  return { tickSize: 0.1, bids: side(-1), asks: side(1) };
}

function bookOf(venue: 'binance' | 'bybit', price: number, size: number, ratio = 1): ReadBook {
  return { spec: instrumentOf(venue), view: viewAt(price, size), levels: new RestingLevels(), priceRatio: ratio };
}

/** Longs of about 98 % of the price: the band of a cluster in prices of the reference. */
const CLUSTER = sampleCluster({
  low: 980,
  rows: 4,
  usd: 4_000,
  venues: [
    { part: 'binance', share: 0.25 as never },
    { part: 'okx', share: 0.75 as never },
  ],
});
const TIME = 1_000 as UnixMs;

test('S48: the way to a cluster is added over books, each in its own prices', () => {
  const one = pathOf([bookOf('binance', 1_000, 1)], CLUSTER)!;
  const above = Array.from({ length: 30 }, (_, i) => 999.5 - i).filter((price) => price >= CLUSTER.high);
  expect(one).toBeCloseTo(
    above.reduce((sum, price) => sum + price, 0),
    6,
  );
  const both = pathOf([bookOf('binance', 1_000, 1), bookOf('bybit', 1_000, 2)], CLUSTER)!;
  expect(both).toBeCloseTo(3 * one, 6);
  const moved = pathOf([bookOf('binance', 1_000, 1), bookOf('bybit', 1_002, 1, 1_000 / 1_002)], CLUSTER)!;
  // The other book is 0.2 % higher all through, and so is the cluster in its prices.
  expect(moved - one).toBeCloseTo(one + 2 * above.length, 6);
});

test('one book that does not reach leaves the way unknown, and so does none', () => {
  const far = { ...CLUSTER, low: 900 as never, high: 901 as never };
  expect(pathOf([bookOf('binance', 1_000, 1)], far)).toBeUndefined();
  expect(pathOf([], CLUSTER)).toBeUndefined();
  const samples = pathSamples([bookOf('binance', 1_000, 1)], 'sell');
  expect(samples.map((value) => value !== undefined)).toEqual([true, true, true, true, true, false]);
});

test('S60: resting orders over what would be forced, on the venues whose books are known', () => {
  const resting = absorbedShare([bookOf('binance', 1_000, 1)], CLUSTER)!;
  const inside = Array.from({ length: 30 }, (_, i) => 999.5 - i).filter(
    (price) => price >= CLUSTER.low && price <= CLUSTER.high,
  );
  const sum = inside.reduce((total, price) => total + price, 0);
  expect(resting).toBeCloseTo(sum / (4_000 * 0.25), 9);
  expect(absorbedShare([], CLUSTER)).toBeUndefined();
  expect(absorbedShare([bookOf('bybit', 1_000, 1)], CLUSTER)).toBeUndefined();
});

test('S57: of several books the order that has stood beside the cluster counts', () => {
  const withLarge = (venue: 'binance' | 'bybit', price: number, size: number, seconds: number): ReadBook => {
    const book = bookOf(venue, 1_000, 1);
    const at = book.view.bids.ticks.findIndex((tick) => tick === Math.round(price * 10));
    book.view.bids.sizes[at] = size;
    for (let second = 0; second <= seconds; second++) book.levels.sample((second * 1_000) as UnixMs, book.view);
    return book;
  };
  const fresh = withLarge('binance', 982.5, 90, 0);
  const stood = withLarge('bybit', 981.5, 50, 61);
  const far = withLarge('binance', 990.5, 200, 61);
  const time = 61_000 as UnixMs;
  for (const books of [
    [stood, far],
    [far, stood],
  ]) {
    expect(restingOf(books, CLUSTER, time)).toMatchObject({ price: 981.5, persistedMs: 61_000 });
  }
  expect(restingOf([fresh], CLUSTER, TIME)).toMatchObject({ price: 982.5, persistedMs: 1_000 });
  expect(restingOf([], CLUSTER, TIME)).toBeUndefined();
});
