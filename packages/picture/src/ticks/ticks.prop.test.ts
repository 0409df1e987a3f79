import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aView } from '../../test/sketches.js';
import { xOfTime } from '../viewport.js';
import { priceTicks } from './price-ticks.js';
import { textWidth } from './text-width.js';
import { timeTicks } from './time-ticks.js';
import { civilOfDays, daysOfCivil, timeOfWall, wallTime } from './zone-clock.js';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const size = { width: fc.integer({ min: 150, max: 4_096 }), height: fc.integer({ min: 60, max: 2_160 }) };

const priceViews = fc.record({
  ...size,
  low: fc.double({ min: -4, max: 5, noNaN: true }).map((log) => 10 ** log),
  ratio: fc.oneof(fc.double({ min: 1.0005, max: 1.4, noNaN: true }), fc.double({ min: 1.4, max: 50, noNaN: true })),
  tickSize: fc.constantFrom('0.10', '0.01', '0.0001', '0.00001', '0.5', '0.25', '5'),
  minGapPx: fc.integer({ min: 18, max: 60 }),
});

test('S77: price ticks keep their distance, stay in view and have labels of their own at any size', () => {
  let count = 0;
  fc.assert(
    fc.property(priceViews, ({ width, height, low, ratio, tickSize, minGapPx }) => {
      const view = aView({ from: 0, to: 1, low, high: low * ratio, width, height });
      const ticks = priceTicks(view, { minGapPx, tickSize, locale: 'en' });
      count += ticks.length;
      expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
      for (const [i, tick] of ticks.entries()) {
        expect(tick.y).toBeGreaterThanOrEqual(-1e-6);
        expect(tick.y).toBeLessThanOrEqual(height + 1e-6);
        const inTicks = tick.price / Number(tickSize);
        expect(Math.abs(inTicks - Math.round(inTicks))).toBeLessThan(1e-4);
        if (i > 0) expect(ticks[i - 1]!.y - tick.y).toBeGreaterThanOrEqual(minGapPx - 1e-6);
      }
    }),
    { numRuns: 500 },
  );
  expect(count).toBeGreaterThan(2_000);
});

test('a price just below the view gets no tick', () => {
  const view = aView({ from: 0, to: 1, low: 1.0000000000066651, high: 1.0005, width: 150, height: 75 });
  const ticks = priceTicks(view, { minGapPx: 18, tickSize: '0.10', locale: 'en' });
  expect(ticks.every(({ price }) => price >= view.low)).toBe(true);
});

test('an ordinary view of 400 px or more has at least three price ticks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 400, max: 2_160 }),
      fc.double({ min: 1.02, max: 1.5, noNaN: true }),
      fc.double({ min: 1, max: 1e5, noNaN: true }),
      (height, ratio, low) => {
        const view = aView({ from: 0, to: 1, low, high: low * ratio, width: 800, height });
        expect(priceTicks(view, { minGapPx: 40, tickSize: '0.0001', locale: 'en' }).length).toBeGreaterThanOrEqual(3);
      },
    ),
  );
});

test('a view of BTC gets round prices with the decimals that its step needs', () => {
  const view = aView({ from: 0, to: 1, low: 60_130, high: 62_240, width: 800, height: 300 });
  expect(priceTicks(view, { minGapPx: 40, tickSize: '0.10', locale: 'en' }).map((tick) => tick.label)).toEqual([
    '60,500',
    '61,000',
    '61,500',
    '62,000',
  ]);
});

const timeViews = fc.record({
  ...size,
  from: fc.integer({ min: 1_600_000_000, max: 1_800_000_000 }).map((s) => s * 1_000 + 137),
  span: fc.double({ min: Math.log(5_000), max: Math.log(3 * 365 * 86_400_000), noNaN: true }).map(Math.exp),
  timeZone: fc.constantFrom(...ZONES),
  locale: fc.constantFrom('en', 'de', 'ja', 'ar-EG'),
});

test('S77: time labels never touch and never leave the plot, from 150 px to 4k, in any zone', () => {
  let count = 0;
  fc.assert(
    fc.property(timeViews, ({ width, height, from, span, timeZone, locale }) => {
      const view = aView({ from, to: from + span, low: 1, high: 2, width, height });
      const ticks = timeTicks(view, { minGapPx: 12, fontSize: 11, locale, timeZone });
      count += ticks.length;
      let right = 0;
      for (const tick of ticks) {
        const half = textWidth(tick.label, 11) / 2;
        expect(tick.x).toBeCloseTo(xOfTime(view, tick.time), 9);
        expect(tick.x - half).toBeGreaterThanOrEqual(right);
        right = tick.x + half + 12 - 1e-6;
      }
      expect(right).toBeLessThanOrEqual(width + 12);
      if (width >= 600 && span <= 365 * 86_400_000) expect(ticks.length).toBeGreaterThanOrEqual(2);
    }),
    { numRuns: 300 },
  );
  expect(count).toBeGreaterThan(1_000);
});

test('a day begins at the midnight of the zone, and is emphasized', () => {
  const midnight = 1_723_068_000_000; // 2024-08-07T22:00Z = 2024-08-08 00:00 in Berlin
  const view = aView({
    from: midnight - 6 * 3_600_000,
    to: midnight + 6 * 3_600_000,
    low: 1,
    high: 2,
    width: 700,
    height: 300,
  });
  const ticks = timeTicks(view, { minGapPx: 12, fontSize: 11, locale: 'en', timeZone: 'Europe/Berlin' });
  expect(ticks.filter((tick) => tick.isMajor)).toEqual([{ time: midnight, x: 350, label: 'Aug 8', isMajor: true }]);
  expect(ticks.map((tick) => tick.label)).toContain('22:00');
});

test('wall-clock time and Unix time are inverse except in the hour that a clock change skips or repeats', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom(...ZONES), (second, zone) => {
      const time = second * 1_000;
      const back = timeOfWall(wallTime(time, zone), zone);
      expect(back === time || Math.abs(back! - time) <= 3_600_000).toBe(true);
      expect(wallTime(back!, zone)).toBe(wallTime(time, zone));
    }),
  );
  const skipped = daysOfCivil({ year: 2024, month: 3, day: 31 }) * 86_400_000 + 2.5 * 3_600_000;
  expect(timeOfWall(skipped, 'Europe/Berlin')).toBeUndefined();
});

test('calendar days and day counts are inverse over leap years and centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -300_000, max: 300_000 }), (days) => {
      expect(daysOfCivil(civilOfDays(days))).toBe(days);
    }),
  );
  expect(civilOfDays(0)).toEqual({ year: 1970, month: 1, day: 1 });
  expect(daysOfCivil({ year: 2024, month: 2, day: 29 })).toBe(19_782);
});
