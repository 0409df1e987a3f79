import { expect, test } from 'vitest';
import { PriceGuard } from './price-guard.js';

const guarded = (price = 60_000) => {
  const guard = new PriceGuard();
  guard.faultOf('mark.price', price, 0);
  return guard;
};

test('one price at a fraction of the last is not believed, and the next usual one is', () => {
  const guard = guarded();
  expect(guard.faultOf('mark.price', 0.01, 1_000)).toMatchObject({ code: 'implausible-price', field: 'mark.price' });
  expect(guard.faultOf('mark.price', 60_010, 2_000)).toBeUndefined();
});

test('a fall to half is believed once three prices agree on it over a second', () => {
  const guard = guarded();
  expect(guard.faultOf('mark.price', 29_000, 1_000)).toBeDefined();
  expect(guard.faultOf('mark.price', 29_100, 1_600)).toBeDefined();
  expect(guard.faultOf('mark.price', 28_900, 2_100)).toBeUndefined();
  expect(guard.faultOf('mark.price', 28_950, 2_200)).toBeUndefined();
});

test('absurd prices of one moment, or that disagree, do not confirm each other', () => {
  const guard = guarded();
  for (let i = 0; i < 5; i++) expect(guard.faultOf('mark.price', 0.01, 1_000)).toBeDefined();
  for (let i = 1; i < 8; i++) expect(guard.faultOf('mark.price', 0.01 * 2 ** i, 2_000 * i)).toBeDefined();
});

test('a fast fall in believable steps is believed', () => {
  const guard = guarded();
  for (let price = 60_000, at = 1_000; price > 10_000; price *= 0.7, at += 200) {
    expect(guard.faultOf('mark.price', price, at)).toBeUndefined();
  }
});

test('after ten minutes of silence any price is believed', () => {
  expect(guarded().faultOf('mark.price', 20_000, 600_001)).toBeUndefined();
});

test('a bar may halve the price within itself, but not begin elsewhere or reach out to a quarter', () => {
  const bar = { open: 60_000, high: 60_000, low: 25_000, close: 26_000 };
  expect(guarded().rangeFaultOf('bar', bar, 300_000)).toBeUndefined();
  expect(guarded().rangeFaultOf('bar', { ...bar, open: 26_000 }, 300_000)).toMatchObject({ field: 'bar.open' });
  expect(guarded().rangeFaultOf('bar', { ...bar, low: 6_000 }, 300_000)).toMatchObject({ field: 'bar.low' });
  expect(guarded().rangeFaultOf('bar', { ...bar, high: 300_000 }, 300_000)).toMatchObject({ field: 'bar.high' });
});
