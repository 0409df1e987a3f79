import { expect, test } from 'vitest';
import type { ContractSize, InstrumentId, Liquidation, Price, UnixMs } from '../index.js';
import { PrintIntake } from './print-intake.js';

const print = (second: number, size: number, completeness: Liquidation['completeness'] = 'complete'): Liquidation => ({
  kind: 'liquidation',
  instrument: 'binance:BTCUSDT' as InstrumentId,
  eventTime: (second * 1_000) as UnixMs,
  seenTime: (second * 1_000 + 900) as UnixMs,
  positionSide: 'long',
  price: 60_000 as Price,
  priceKind: 'fill',
  size: size as ContractSize,
  completeness,
});

test('a complete feed is taken at its word', () => {
  const intake = new PrintIntake();
  for (let second = 0; second < 30; second++) intake.note(print(second, 2));
  expect(intake.take(60_000)).toEqual([60, 0]);
  expect(intake.take(60_000)).toEqual([0, 0]);
});

test('a throttled feed is credited more the busier it was, and little when it was calm', () => {
  const credit = (seconds: number) => {
    const intake = new PrintIntake();
    for (let second = 0; second < seconds; second++) intake.note(print(second, 1, 'throttled'));
    return intake.take(60_000)[0] / seconds;
  };
  expect(credit(1)).toBeLessThan(1.01);
  expect(credit(30)).toBeCloseTo(1 + 0.6 * (Math.log(2) / 0.5 - 1), 9);
  expect(credit(60)).toBeGreaterThan(credit(30));
  expect(credit(60)).toBeLessThan(3);
});

test('silence means nothing until the feed is known to deliver, and again after a gap', () => {
  const intake = new PrintIntake();
  expect(intake.isWatched).toBe(false);
  intake.note(print(1, 1));
  expect(intake.isWatched).toBe(true);
  intake.watch(false);
  expect(intake.isWatched).toBe(false);
  expect(intake.take(60_000)).toEqual([0, 0]);
  intake.watch(true);
  expect(intake.isWatched).toBe(true);
});
