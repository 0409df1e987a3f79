import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Timeline } from './timeline.js';

test('actions run in order of time, those of one time in the order in which they were planned', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const timeline = new Timeline(0);
      const ran: (readonly [number, number])[] = [];
      times.forEach((time, index) => timeline.at(time, () => void ran.push([timeline.now, index])));
      timeline.runTo(20);
      const expected = times.map((time, index) => [time, index] as const).sort(([a, i], [b, j]) => a - b || i - j);
      expect(ran).toEqual(expected);
    }),
  );
});

test('a repeated action falls on multiples of its interval until it is cancelled, also by itself', () => {
  const timeline = new Timeline(1_030);
  const ran: number[] = [];
  const cancel = timeline.every(100, () => {
    ran.push(timeline.now);
    if (ran.length === 3) cancel();
  });
  timeline.runTo(5_000);
  expect(ran).toEqual([1_100, 1_200, 1_300]);
  expect(timeline.nextTime).toBe(Number.POSITIVE_INFINITY);
});

test('a cancelled action does not run and is not waited for', () => {
  const timeline = new Timeline(0);
  const cancel = timeline.at(10, () => expect.unreachable());
  timeline.at(30, () => undefined);
  cancel();
  expect(timeline.nextTime).toBe(30);
  timeline.runTo(20);
  expect(timeline.now).toBe(20);
});
