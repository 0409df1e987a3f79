import { describe, expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { formatAge } from './format-age.js';
import { formatChange, formatPercent } from './format-percent.js';
import { decimalsOfTick, formatPrice } from './format-price.js';
import { formatDate, formatTime } from './format-time.js';
import { formatUsd } from './format-usd.js';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('amounts', () => {
  test.each([
    [1_234_567, 'en', '$1.2M'],
    [950, 'en', '$950'],
    [0, 'en', '$0'],
    [25_300_000, 'de', '25,3 Mio. $'],
    [1_200_000_000, 'en', '$1.2B'],
  ])('%d USD reads in %s as %s', (usd, locale, expected) => {
    expect(plain(formatUsd(usd, locale))).toBe(expected);
  });

  test.each([
    [0.42, '42%'],
    [1, '100%'],
    [0.05, '5%'],
    [0.0025, '0.25%'],
    [0.001, '0.1%'],
    [0, '0%'],
  ])('the fraction %d reads as %s', (fraction, expected) => {
    expect(formatPercent(fraction, 'en')).toBe(expected);
  });

  test('a change carries its sign', () => {
    expect([0.0123, -0.0035, 0].map((change) => formatChange(change, 'en'))).toEqual(['+1.23%', '-0.35%', '0%']);
  });
});

describe('prices', () => {
  test.each([
    ['0.10', 1],
    ['0.01', 2],
    ['0.00001', 5],
    ['1', 0],
    ['5', 0],
    ['0.5', 1],
    ['1e-7', 7],
  ])('a tick size of %s needs %d decimals', (tickSize, decimals) => {
    expect(decimalsOfTick(tickSize)).toBe(decimals);
  });

  test('a price keeps the decimals of its tick', () => {
    expect(formatPrice(61_250, 1, 'en')).toBe('61,250.0');
    expect(formatPrice(0.12345, 5, 'de')).toBe('0,12345');
  });
});

describe('times', () => {
  const time = 1_723_068_000_000; // 2024-08-07T22:00:00Z

  test('a time reads in the zone of the reader', () => {
    expect(formatTime(time, 'minutes', 'en', 'UTC')).toBe('22:00');
    expect(formatTime(time, 'minutes', 'en', 'Europe/Berlin')).toBe('00:00');
    expect(formatTime(time, 'moment', 'en', 'UTC')).toBe('Aug 7, 2024, 22:00:00');
    expect(formatDate(time, 'UTC')).toBe('2024-08-07');
    expect(formatDate(time, 'Asia/Tokyo')).toBe('2024-08-08');
  });

  test.each([
    [34_900, '34 s'],
    [12 * 60_000, '12 min'],
    [5 * 3_600_000 + 1, '5 h'],
    [47 * 3_600_000, '47 h'],
    [72 * 3_600_000, '3 d'],
    [-5, '0 s'],
  ])('an age of %d ms reads as %s', (ageMs, expected) => {
    expect(formatAge(ageMs, en, 'en')).toBe(expected);
  });
});
