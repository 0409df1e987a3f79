import { expect, test } from 'vitest';
import { PriceRecord } from './price-record.js';

const BAR = 300_000;

test('prices of five minutes make a bar, whose end is the end of its five minutes', () => {
  const record = new PriceRecord();
  record.note(10_000, 99, 101, 100);
  record.note(BAR, 98, 100, 98);
  expect(record.path().endTimes).toHaveLength(0);
  record.note(BAR + 1, 98, 99, 99);
  const { barMs, endTimes, high, low, close } = record.path();
  expect({ barMs, endTimes: [...(endTimes as Float64Array)], high: high[0], low: low[0], close: close[0] }).toEqual({
    barMs: BAR,
    endTimes: [BAR],
    high: 101,
    low: 98,
    close: 98,
  });
});

test('five minutes without a price are missing, and prices that are none change nothing', () => {
  const record = new PriceRecord();
  for (const bar of [1, 2, 4, 5]) record.note(bar * BAR, 99, 101, 100);
  for (const low of [Number.NaN, 0, -1]) record.note(5 * BAR, low, 101, 100);
  record.note(5 * BAR, 102, 101, 100);
  record.note(6 * BAR, 99, 101, 100);
  const { endTimes, low } = record.path();
  expect([...(endTimes as Float64Array)]).toEqual([1, 2, 4, 5].map((bar) => bar * BAR));
  expect([...(low as Float64Array)]).toEqual([99, 99, 99, 99]);
});

test('30 days are kept, and one that was put away and taken up again goes on as if nothing had been', () => {
  const record = new PriceRecord();
  const other = new PriceRecord();
  for (let bar = 1; bar <= 20_000; bar++) {
    record.note(bar * BAR, bar, bar + 2, bar + 1);
    if (bar === 17_000) other.restore(record.state());
    if (bar > 17_000) other.note(bar * BAR, bar, bar + 2, bar + 1);
  }
  const { endTimes, close } = record.path();
  expect(endTimes).toHaveLength(8_640);
  expect([endTimes[0]! / BAR, endTimes[8_639]! / BAR, close[8_639]]).toEqual([11_360, 19_999, 20_000]);
  expect(other.state()).toEqual(record.state());
});
