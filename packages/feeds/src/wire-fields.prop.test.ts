import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf, levelTicksOf, ticksOf, tickScaleOf, numberOf } from './wire-fields.js';

test('a decimal text is the same number as Number reads', () => {
  const digits = fc.stringMatching(/^\d{1,18}$/);
  fc.assert(
    fc.property(fc.constantFrom('', '-'), digits, fc.option(digits), (sign, whole, fraction) => {
      const text = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`;
      expect(decimalOf(text)).toBe(Number(text));
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test('any other text is no number', () => {
  const decimal = /^-?\d+(\.\d+)?$/;
  fc.assert(
    fc.property(fc.string({ maxLength: 6, unit: fc.constantFrom(...'01.-e+x aN') }), (text) => {
      expect(Number.isNaN(decimalOf(text))).toBe(!decimal.test(text));
    }),
    { seed: 4, numRuns: 2_000 },
  );
});

test.each(['0.10', '0.00001', '0.01', '1', '0.5', '0.25', '5'])(
  'every multiple of a tick size of %s is that count of ticks, and nothing between is',
  (tickSize) => {
    const scale = tickScaleOf({ tickSize });
    const decimals = Math.max(tickSize.split('.')[1]?.length ?? 0, 2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000_000 }), (count) => {
        const units = BigInt(count) * BigInt(Math.round(Number(tickSize) * 10 ** decimals));
        const digits = units.toString().padStart(decimals + 1, '0');
        const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
        expect(ticksOf(decimalOf(text), scale)).toBe(count);
        expect(levelTicksOf(decimalOf(text), scale)).toBe(count);
        expect(ticksOf(decimalOf(text) + Number(tickSize) / 3, scale)).toBeNaN();
      }),
      { seed: 5 },
    );
  },
);

test('a tick size that is no positive decimal is a bug of ours and throws', () => {
  expect(() => tickScaleOf({ tickSize: '0' })).toThrow('Tick size must be a positive decimal');
});

test('a JSON number beyond any price, size or time is none', () => {
  expect([0, -7.5, 1e15].map(numberOf)).toEqual([0, -7.5, 1e15]);
  for (const raw of [1e308, -1e16, Number.NaN, Number.POSITIVE_INFINITY, '5', null]) expect(numberOf(raw)).toBeNaN();
});
