import { expect, test } from 'vitest';
import { instrumentOf } from '../../test/market.js';
import { sampleCluster } from '../../test/sample-cluster.js';
import { IDLE_CASCADE } from '../model/cascade.js';
import type { MarketEvent } from '../model/market-event.js';
import type { Price, UnixMs } from '../model/units.js';
import { SetupWatch, type JudgedSecond } from './setup-watch.js';

const SPEC = instrumentOf('binance');
const CLUSTER = sampleCluster({ low: 980, usd: 4_000, venues: [{ part: 'binance', share: 1 as never }] });

function snapshotAt(time: number): Extract<MarketEvent, { kind: 'book-snapshot' }> {
  const side = (sign: number) => ({
    ticks: Float64Array.from({ length: 60 }, (_, i) => Math.round((1_000 + sign * (i + 0.5)) * 10)),
    sizes: Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 9) / 10),
  });
  const at = { instrument: SPEC.id, eventTime: time as UnixMs, seenTime: time as UnixMs };
  return { kind: 'book-snapshot', ...at, bids: side(-1), asks: side(1) };
}

function judged(told: Partial<JudgedSecond> = {}) {
  const watch = new SetupWatch('archive');
  watch.noteBook(snapshotAt(900), SPEC);
  const rows = Float64Array.from({ length: 40 }, (_, row) => row);
  watch.judge({
    time: 1_000 as UnixMs,
    mark: 1_000 as Price,
    clusters: [CLUSTER],
    reached: [],
    outcomes: () => [],
    cascade: IDLE_CASCADE,
    rows: { long: rows, short: rows },
    isStale: false,
    isRelative: false,
    priceRatioOf: () => 1,
    ...told,
  });
  return watch.setups();
}

test('where sizes only compare with each other, no order of the book is held against them', () => {
  const ratioOf = (setups: ReturnType<typeof judged>) =>
    setups.find((setup) => setup.kind === 'confluence')!.absorbRatio;
  expect(ratioOf(judged())).toBeGreaterThan(0);
  expect(ratioOf(judged({ isRelative: true }))).toBeUndefined();
});

test('without a price nothing is judged', () => {
  expect(judged()).toHaveLength(2);
  expect(judged({ mark: Number.NaN as Price })).toEqual([]);
});

test('outcomes carry the source that was given', () => {
  const [confluence] = judged().filter((setup) => setup.kind === 'confluence');
  expect(confluence!.outcomes.map(({ broke }) => broke.source)).toEqual(['archive', 'archive', 'archive']);
});
