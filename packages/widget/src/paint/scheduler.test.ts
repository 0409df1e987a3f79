import { expect, test } from 'vitest';
import { PAINT_LEVEL, type PaintLevel } from './paint-level.js';
import { PaintScheduler, type FrameClock } from './scheduler.js';

function handClock(): FrameClock & { tick(): void; readonly asked: number; readonly errors: unknown[] } {
  const waiting = new Map<number, () => void>();
  let asked = 0;
  const errors: unknown[] = [];
  return {
    errors,
    get asked() {
      return asked;
    },
    request(callback) {
      waiting.set(++asked, callback);
      return asked;
    },
    cancel: (handle) => void waiting.delete(handle),
    report: (error) => void errors.push(error),
    tick() {
      const due = [...waiting.values()];
      waiting.clear();
      for (const callback of due) callback();
    },
  };
}

test('askings of all widgets within one frame become one frame and one paint each, of the largest level', () => {
  const clock = handClock();
  const scheduler = new PaintScheduler(clock);
  const painted: [string, PaintLevel][] = [];
  const a = scheduler.add((level) => painted.push(['a', level]));
  const b = scheduler.add((level) => painted.push(['b', level]));
  a.invalidate(PAINT_LEVEL.view);
  a.invalidate(PAINT_LEVEL.cursor);
  b.invalidate(PAINT_LEVEL.labels);
  expect(clock.asked).toBe(1);
  clock.tick();
  expect(painted).toEqual([
    ['a', PAINT_LEVEL.view],
    ['b', PAINT_LEVEL.labels],
  ]);
});

test('an idle page asks for no frame', () => {
  const clock = handClock();
  const scheduler = new PaintScheduler(clock);
  const handle = scheduler.add(() => undefined);
  expect(scheduler.isWaiting).toBe(false);
  handle.invalidate(PAINT_LEVEL.data);
  clock.tick();
  expect(scheduler.isWaiting).toBe(false);
  expect(clock.asked).toBe(1);
});

test('a widget off screen paints nothing, and once everything it missed when it is seen again', () => {
  const clock = handClock();
  const scheduler = new PaintScheduler(clock);
  const painted: PaintLevel[] = [];
  const handle = scheduler.add((level) => painted.push(level));
  handle.setVisible(false);
  handle.invalidate(PAINT_LEVEL.data);
  handle.invalidate(PAINT_LEVEL.cursor);
  clock.tick();
  expect(painted).toEqual([]);
  expect(scheduler.isWaiting).toBe(false);
  handle.setVisible(true);
  clock.tick();
  expect(painted).toEqual([PAINT_LEVEL.data]);
});

test('what is asked while painting is painted in the next frame, not in this one', () => {
  const clock = handClock();
  const scheduler = new PaintScheduler(clock);
  const painted: PaintLevel[] = [];
  const handle = scheduler.add((level) => {
    painted.push(level);
    if (painted.length === 1) handle.invalidate(PAINT_LEVEL.cursor);
  });
  handle.invalidate(PAINT_LEVEL.full);
  clock.tick();
  expect(painted).toEqual([PAINT_LEVEL.full]);
  clock.tick();
  expect(painted).toEqual([PAINT_LEVEL.full, PAINT_LEVEL.cursor]);
});

test('a widget that throws is reported and does not stop the others', () => {
  const clock = handClock();
  const scheduler = new PaintScheduler(clock);
  let painted = 0;
  const broken = scheduler.add(() => {
    throw new Error('broken');
  });
  const sound = scheduler.add(() => painted++);
  broken.invalidate(PAINT_LEVEL.data);
  sound.invalidate(PAINT_LEVEL.data);
  clock.tick();
  expect(painted).toBe(1);
  expect(clock.errors).toHaveLength(1);
});

test('a removed widget is not painted and a frame asked only for it is given back', () => {
  const clock = handClock();
  const scheduler = new PaintScheduler(clock);
  let painted = 0;
  const handle = scheduler.add(() => painted++);
  handle.invalidate(PAINT_LEVEL.data);
  handle.remove();
  expect(scheduler.isWaiting).toBe(false);
  clock.tick();
  expect(painted).toBe(0);
});
