import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { SeenClock } from './seen-clock.js';

const T = 1_790_000_000_000;
const ms = (offset: number) => (T + offset) as UnixMs;

/** A clock that has seen a message received `delay` ms after it was sent, at `at` ms. */
function learned(delay: number, at = 0): SeenClock {
  const clock = new SeenClock();
  clock.observe(ms(at), ms(at - delay));
  return clock;
}

test.each([-1_270, 45, 300_000])('a machine that is %i ms off shows the time of the venue', (delay) => {
  expect(learned(delay).seenTimeOf(ms(100))).toBeCloseTo(T + 100 - delay, 6);
});

test('the fastest message decides, and a slower one changes nothing', () => {
  const clock = learned(50);
  clock.observe(ms(10), ms(-490));
  expect(clock.skewMs).toBe(50);
  clock.observe(ms(20), ms(-20));
  expect(clock.skewMs).toBe(40);
});

test('seenTime never decreases, even when the machine is set back', () => {
  const clock = learned(0);
  const first = clock.seenTimeOf(ms(5_000));
  expect(clock.seenTimeOf(ms(1_000))).toBe(first);
});

test('before any message a time is the machine’s own, and binds nothing', () => {
  const clock = new SeenClock();
  expect(clock.seenTimeOf(ms(300_000))).toBe(T + 300_000);
  clock.observe(ms(300_000), ms(0));
  expect(clock.seenTimeOf(ms(300_010))).toBe(T + 10);
});

test('a lone message from far ahead does not move the clock, three in a row do', () => {
  const clock = learned(20);
  for (const expected of [20, 20, -60_000]) {
    clock.observe(ms(100), ms(60_100));
    expect(clock.skewMs).toBe(expected);
  }
});

test('a message with a wrong date teaches nothing', () => {
  const clock = new SeenClock();
  clock.observe(ms(0), (T - 86_400_000) as UnixMs);
  expect(clock.skewMs).toBe(0);
});

test('a clock that drifts is followed within twenty minutes', () => {
  const clock = learned(0);
  for (let at = 0; at <= 1_260_000; at += 60_000) clock.observe(ms(at), ms(at - 500 - (at > 0 ? 0 : -500)));
  expect(clock.skewMs).toBe(500);
});
