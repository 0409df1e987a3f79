import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, daysBetween, startOfDay } from './calendar-day.js';

describe('calendar days', () => {
  test('days agree with the calendar of the machine from 1900 to 2199', () => {
    const time = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2199, 11, 31) });
    fc.assert(
      fc.property(time, (at) => {
        const day = new Date(at).toISOString().slice(0, 10);
        expect(dayOf(at)).toBe(day);
        expect(startOfDay(day)).toBe(Date.parse(`${day}T00:00:00Z`));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['2024-02-30', '2023-02-29', '2024-13-01', '2024-00-10', '2024-1-1', 'yesterday', ''])(
    '"%s" is no day',
    (text) => {
      expect(startOfDay(text)).toBeUndefined();
    },
  );

  test('a leap day is a day, and a day later is one day away', () => {
    expect(startOfDay('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
    expect(daysBetween(Date.UTC(2024, 1, 29), Date.UTC(2024, 2, 1))).toBe(1);
    expect(daysBetween(Date.UTC(2024, 1, 29), Date.UTC(2024, 2, 1) - 1)).toBe(0);
    expect(daysBetween(Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 28))).toBe(-1);
  });
});
