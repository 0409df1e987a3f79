import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandEdge } from '../numeric/gamma-band.js';
import {
  ageOfCode,
  CODE_HEADROOM,
  codeOfAge,
  codeOfBand,
  codeOfSpread,
  codeOfValue,
  exceedsScale,
  scaleFor,
  spreadOfCode,
  valueOfCode,
} from './cell-codes.js';

const brightest = fc.double({ min: Math.log(1e-3), max: Math.log(1e11), noNaN: true }).map(Math.exp);
const code = fc.integer({ min: 1, max: 255 });

describe('exposure codes', () => {
  test('a value within the scale comes back within 2.1 %', () => {
    fc.assert(
      fc.property(brightest, fc.double({ min: 0, max: 1, noNaN: true }), (top, share) => {
        const scale = scaleFor(top);
        const value = Math.exp(scale.floor + share * 254 * scale.step);
        expect(Math.abs(valueOfCode(codeOfValue(value, scale), scale) / value - 1)).toBeLessThan(0.021);
      }),
    );
  });

  test('coding a decoded code gives the code again', () => {
    fc.assert(
      fc.property(brightest, code, (top, value) => {
        expect(codeOfValue(valueOfCode(value, scaleFor(top)), scaleFor(top))).toBe(value);
      }),
    );
  });

  test('more exposure never has a lower code', () => {
    fc.assert(
      fc.property(brightest, brightest, brightest, (top, a, b) => {
        const scale = scaleFor(top);
        expect(codeOfValue(Math.max(a, b), scale)).toBeGreaterThanOrEqual(codeOfValue(Math.min(a, b), scale));
      }),
    );
  });

  test('a scale has room for eight times its brightest value, is exact in 32-bit floats, and says when it is exceeded', () => {
    fc.assert(
      fc.property(brightest, (top) => {
        const scale = scaleFor(top);
        expect([Math.fround(scale.floor), Math.fround(scale.step)]).toEqual([scale.floor, scale.step]);
        expect(exceedsScale(top * CODE_HEADROOM * 0.99, scale)).toBe(false);
        expect(exceedsScale(top * CODE_HEADROOM * 1.03, scale)).toBe(true);
      }),
    );
  });

  test('nothing, less than nothing and NaN are empty', () => {
    const scale = scaleFor(1e6);
    expect([0, -1, Number.NaN, 1e-12].map((value) => codeOfValue(value, scale))).toEqual([0, 0, 0, 0]);
    expect(valueOfCode(0, scale)).toBe(0);
    expect(exceedsScale(Number.NaN, scale)).toBe(false);
    expect(codeOfValue(1e30, scale)).toBe(255);
  });
});

describe('age and spread codes', () => {
  test('an age above a minute comes back within 2.6 %, a younger one as a minute, none as nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 60_000, max: 1e10, noNaN: true }), (ageMs) => {
        expect(Math.abs(ageOfCode(codeOfAge(ageMs)) / ageMs - 1)).toBeLessThan(0.026);
      }),
    );
    expect(ageOfCode(codeOfAge(5))).toBe(60_000);
    expect(ageOfCode(0)).toBe(0);
  });

  test('a spread comes back within 0.01 up to the last code, and one that is not known stays so', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5.08, noNaN: true }), (ratio) => {
        expect(Math.abs(spreadOfCode(codeOfSpread(ratio)) - ratio)).toBeLessThan(0.010_1);
      }),
    );
    expect(codeOfSpread(99)).toBe(254);
    expect(codeOfSpread(Number.NaN)).toBe(255);
    expect(codeOfSpread(Infinity)).toBe(255);
    expect(spreadOfCode(255)).toBeNaN();
  });
});

test('the spread code of an amount is that of its P90 over its mean, within one', () => {
  const deviation = fc.double({ min: 0, max: 20, noNaN: true });
  fc.assert(
    fc.property(brightest, deviation, (mean, relative) => {
      const variance = (relative * mean) ** 2;
      const exact = codeOfSpread(Math.log(bandEdge(mean, variance, 'p90') / mean));
      expect(Math.abs(codeOfBand(mean, variance) - exact)).toBeLessThanOrEqual(1);
    }),
  );
});
