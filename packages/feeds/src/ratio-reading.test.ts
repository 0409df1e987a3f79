import { expect, test } from 'vitest';
import type { LongShortRatio, UnixMs } from '@liquidation-heatmap/core';
import { RATIO_PERIOD_MS, RatioReading, ratioRow } from './ratio-reading.js';
import { SessionTally } from './session-tally.js';

const T = 1_790_000_100_000;
const ID = 'binance:BTCUSDT';
const at = (periods: number, population: LongShortRatio['population'] = 'all-accounts') =>
  ratioRow(ID, population, T + periods * RATIO_PERIOD_MS, 0.6);
const now = (periods: number) => (T + periods * RATIO_PERIOD_MS + 20_000) as UnixMs;

function setUp() {
  const tally = new SessionTally();
  const reading = new RatioReading('binance', tally);
  const times = (rows: readonly LongShortRatio[], periods: number) =>
    reading
      .onNewest('/a', rows, now(periods))
      .map((event) => ('eventTime' in event ? event.eventTime - T : 0) / RATIO_PERIOD_MS);
  return { tally, reading, times };
}

test('a row of the past is known one period after its time', () => {
  expect(at(0)).toMatchObject({ eventTime: T, seenTime: T + RATIO_PERIOD_MS });
});

test('of the first answer the newest row of each population is told, then every newer one, in any order sent', () => {
  const { times } = setUp();
  expect(times([at(2), at(0), at(1)], 2)).toEqual([2]);
  expect(times([at(2), at(1)], 2)).toEqual([]);
  expect(times([at(4), at(3), at(2)], 4)).toEqual([3, 4]);
  expect(times([at(4), at(4, 'top-positions'), at(3, 'top-positions')], 4)).toEqual([4]);
});

test('a row is told when it arrives, and never ahead of what the venue says happened', () => {
  const { reading } = setUp();
  const [told] = reading.onNewest('/a', [at(0)], now(0));
  expect(told).toMatchObject({ eventTime: T, seenTime: now(0), longShare: 0.6 });
  // Named by its end, a period may lie ahead by its own length.
  const [ahead] = reading.onNewest('/a', [at(1)], now(0));
  expect(ahead).toMatchObject({ eventTime: now(0), seenTime: now(0) });
});

test('a row of the future is a fault, and later ones are read', () => {
  const { reading, tally, times } = setUp();
  expect(reading.onNewest('/a', [at(3)], now(0))).toMatchObject([
    { kind: 'status', channel: 'ratios', state: 'amber' },
  ]);
  expect(tally.takeFaults()).toMatchObject([{ code: 'bad-time', field: 'ratio.time' }]);
  expect(times([at(1)], 1)).toEqual([(now(1) - T) / RATIO_PERIOD_MS, 1]);
});

test('a newest row of a quarter of an hour ago is no news', () => {
  const { times, tally } = setUp();
  expect(times([at(0)], 3)).toEqual([]);
  expect(tally.drops).toEqual({ 'old-ratio': 1 });
});

test('trouble is told once and ends with a sound body of the same address', () => {
  const { reading, tally } = setUp();
  const fault = { code: 'bad-number', field: 'x', message: 'x must be a share' };
  expect(reading.onFault('/a', fault, now(0))).toMatchObject([
    { kind: 'status', venue: 'binance', channel: 'ratios', state: 'amber', detail: 'x must be a share' },
  ]);
  expect(reading.onFault('/a', fault, now(1))).toEqual([]);
  expect(reading.onNewest('/b', [at(1)], now(1)).map(({ kind }) => kind)).toEqual(['long-short-ratio']);
  expect(reading.onNewest('/a', [at(2)], now(2))).toMatchObject([
    { kind: 'status', state: 'live', detail: '' },
    { kind: 'long-short-ratio' },
  ]);
  expect(tally.faultCount).toBe(2);
});
