import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, exactDecimal, productOf, sumOf } from './exact-decimal.js';

const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

test('text to decimal to text is the same without trailing zeros', () => {
  for (const [text, plain] of [
    ['61659.70', '61659.7'],
    ['0.000', '0'],
    ['-0.50', '-0.5'],
    ['100', '100'],
  ] as const) {
    expect(decimalText(exactDecimal(text))).toBe(plain);
  }
});

test('a double in exponent notation is read exactly', () => {
  expect(decimalText(exactDecimal(1e-7))).toBe('0.0000001');
  expect(decimalText(exactDecimal(1.5e21))).toBe('1500000000000000000000');
});

test('sums and products are those of whole numbers', () => {
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      const [x, y] = [
        { units: a, scale: 2 },
        { units: b, scale: 2 },
      ];
      expect(decimalText(sumOf(x, y))).toBe(decimalText({ units: a + b, scale: 2 }));
      expect(decimalText(productOf(x, y))).toBe(decimalText({ units: a * b, scale: 4 }));
      expect(decimalText(sumOf(x, { units: b, scale: 0 }))).toBe(decimalText({ units: a + b * 100n, scale: 2 }));
    }),
    { seed: 6 },
  );
});

test('what is no finite number has no exact decimal', () => {
  expect(() => exactDecimal(Number.NaN)).toThrow('finite');
});
