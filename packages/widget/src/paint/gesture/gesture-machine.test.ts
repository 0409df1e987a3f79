import { describe, expect, test } from 'vitest';
import { GestureMachine, type GestureHost, type GesturePoint, type PointerSample } from './gesture-machine.js';
import type { ViewChange } from './view-change.js';

const PLOT = { x: 0, y: 0, width: 400, height: 300 };

function setUp(isCooperative = false) {
  const views: ViewChange[] = [];
  const cursors: (readonly [number, number] | undefined)[] = [];
  const blocked: string[] = [];
  const taps: (readonly [number, number])[] = [];
  const host: GestureHost = {
    isCooperative,
    zoneAt: ({ x, y }) =>
      x < 0 || y < 0 ? 'outside' : y > PLOT.height ? 'time-axis' : x > PLOT.width ? 'price-axis' : 'plot',
    plot: () => PLOT,
    view: (change) => void views.push(change),
    cursor: (point: GesturePoint | undefined) => void cursors.push(point && [point.x, point.y]),
    tapped: ({ x, y }) => void taps.push([x, y]),
    blocked: (reason) => void blocked.push(reason),
  };
  return { machine: new GestureMachine(host), views, cursors, blocked, taps };
}

function at(x: number, y: number, more: Partial<PointerSample> = {}): PointerSample {
  return { id: 1, type: 'mouse', time: 0, x, y, ...more };
}

function touch(id: number, x: number, y: number, time = 0): PointerSample {
  return { id, type: 'touch', time, x, y };
}

function sum(views: readonly ViewChange[]): readonly [number, number] {
  const pans = views.filter((view) => view.kind === 'pan');
  return [pans.reduce((total, pan) => total + pan.dx, 0), pans.reduce((total, pan) => total + pan.dy, 0)];
}

function product(views: readonly ViewChange[]): readonly [number, number] {
  const zooms = views.filter((view) => view.kind === 'zoom');
  return [zooms.reduce((all, zoom) => all * zoom.factorX, 1), zooms.reduce((all, zoom) => all * zoom.factorY, 1)];
}

describe('one pointer', () => {
  test('a drag moves the content by as much as the pointer, both ways', () => {
    const { machine, views } = setUp();
    machine.down(at(100, 100));
    for (let step = 1; step <= 10; step++) machine.move(at(100 + 7 * step, 100 - 3 * step));
    machine.up(at(170, 70));
    expect(sum(views)).toEqual([70, -30]);
  });

  test('movement within the slop is a tap and moves nothing', () => {
    const { machine, views } = setUp();
    machine.down(at(100, 100));
    machine.move(at(103, 102));
    machine.up(at(103, 102));
    expect(views).toEqual([]);
  });

  test('a tap on the plot is told with its place; a drag, the second of two and one on an axis are not', () => {
    const { machine, taps } = setUp();
    const tap = (x: number, y: number, time: number): void => {
      machine.down(at(x, y, { time }));
      machine.up(at(x, y, { time }));
    };
    tap(100, 120, 0);
    machine.down(at(50, 50, { time: 1_000 }));
    machine.move(at(90, 90, { time: 1_050 }));
    machine.up(at(90, 90, { time: 1_100 }));
    tap(410, 100, 2_000);
    tap(200, 200, 3_000);
    tap(202, 200, 3_100);
    expect(taps).toEqual([
      [100, 120],
      [200, 200],
    ]);
  });

  test('a mouse moves the crosshair over the plot, not over the axes, and takes it along when it leaves', () => {
    const { machine, cursors } = setUp();
    machine.move(at(10, 20));
    machine.move(at(410, 20));
    machine.leave();
    expect(cursors).toEqual([[10, 20], undefined, undefined]);
  });

  test('two taps within 300 ms and 30 px fit the axis they fall on; slower or farther ones do not', () => {
    const { machine, views } = setUp();
    const tap = (x: number, y: number, time: number): void => {
      machine.down(at(x, y, { time }));
      machine.up(at(x, y, { time }));
    };
    tap(100, 100, 0);
    tap(110, 110, 250);
    tap(410, 100, 1_000);
    tap(410, 110, 1_200);
    tap(100, 310, 2_000);
    tap(100, 310, 2_301);
    tap(200, 310, 2_302);
    expect(views).toEqual([
      { kind: 'fit', axis: 'both' },
      { kind: 'fit', axis: 'price' },
    ]);
  });

  test('dragging an axis scales only that axis: the price axis about its middle, the time axis about the newest edge', () => {
    const { machine, views } = setUp();
    machine.down(at(420, 100));
    machine.move(at(420, 250));
    machine.up(at(420, 250));
    machine.down(at(200, 310));
    machine.move(at(0, 310));
    expect(views).toEqual([
      { kind: 'zoom', x: 0, y: 150, factorX: 1, factorY: Math.exp(-1) },
      { kind: 'zoom', x: 400, y: 0, factorX: Math.exp(1), factorY: 1 },
    ]);
  });

  test('what begins outside does nothing', () => {
    const { machine, views } = setUp();
    machine.down(at(-5, 100));
    machine.move(at(100, 100));
    machine.up(at(100, 100));
    expect(views).toEqual([]);
  });
});

describe('touch', () => {
  test('G1: in a page that scrolls one finger pans time only', () => {
    const { machine, views } = setUp(true);
    machine.down(touch(1, 100, 100));
    machine.move(touch(1, 160, 130));
    machine.up(touch(1, 160, 130));
    expect(sum(views)).toEqual([60, 0]);
  });

  test('G1: a pointer the browser took to scroll the page ends the drag and is no tap', () => {
    const { machine, views } = setUp(true);
    machine.down(touch(1, 100, 100));
    machine.cancel(1);
    machine.move(touch(1, 160, 100));
    machine.down(touch(2, 100, 100, 50));
    machine.up(touch(2, 100, 100, 60));
    expect(views).toEqual([]);
  });

  test('G2: a finger held still takes the crosshair along, and the page does not scroll meanwhile', () => {
    const { machine, views, cursors } = setUp(true);
    machine.down(touch(1, 100, 100));
    expect(machine.ownsTouch).toBe(false);
    machine.held(1);
    expect(machine.ownsTouch).toBe(true);
    machine.move(touch(1, 120, 180));
    machine.up(touch(1, 120, 180));
    expect(cursors).toEqual([
      [100, 100],
      [120, 180],
    ]);
    expect(views).toEqual([]);
    machine.down(touch(1, 50, 50, 5_000));
    machine.up(touch(1, 50, 50, 5_050));
    expect(cursors.at(-1)).toBeUndefined();
  });

  test('a finger that already drags does not start the crosshair', () => {
    const { machine, cursors } = setUp();
    machine.down(touch(1, 100, 100));
    machine.move(touch(1, 150, 100));
    machine.held(1);
    expect(cursors).toEqual([]);
  });

  test('two fingers scale each axis by how far they spread on it and move with their middle', () => {
    const { machine, views } = setUp(true);
    machine.down(touch(1, 100, 100));
    machine.down(touch(2, 200, 200));
    expect(machine.ownsTouch).toBe(true);
    machine.move(touch(1, 80, 100));
    machine.move(touch(2, 280, 200));
    expect(product(views)[0]).toBeCloseTo(2, 12);
    expect(product(views)[1]).toBeCloseTo(1, 12);
    expect(sum(views)).toEqual([30, 0]);
  });

  test('fingers nearly in line on an axis leave its scale alone', () => {
    const { machine, views } = setUp();
    machine.down(touch(1, 100, 100));
    machine.down(touch(2, 300, 110));
    machine.move(touch(2, 300, 104));
    expect(product(views)).toEqual([1, 1]);
  });

  test('lifting one of two fingers goes on as a drag without a jump', () => {
    const { machine, views } = setUp();
    machine.down(touch(1, 100, 100));
    machine.down(touch(2, 200, 200));
    machine.up(touch(2, 200, 200));
    machine.move(touch(1, 110, 100));
    expect(views).toEqual([{ kind: 'pan', dx: 10, dy: 0 }]);
  });
});

describe('wheel', () => {
  const turn = { x: 100, y: 50, deltaX: 0, deltaY: -100, hasModifier: false, hasShift: false };

  test('the wheel zooms at the pointer: both axes over the plot, one over an axis', () => {
    const { machine, views } = setUp();
    expect(machine.wheel(turn)).toBe(true);
    machine.wheel({ ...turn, x: 410 });
    machine.wheel({ ...turn, y: 310 });
    const factor = Math.exp(100 / 660);
    expect(views).toEqual([
      { kind: 'zoom', x: 100, y: 50, factorX: factor, factorY: factor },
      { kind: 'zoom', x: 410, y: 50, factorX: 1, factorY: factor },
      { kind: 'zoom', x: 100, y: 310, factorX: factor, factorY: 1 },
    ]);
  });

  test('turning back by as much restores the scale', () => {
    const { machine, views } = setUp();
    machine.wheel(turn);
    machine.wheel({ ...turn, deltaY: 100 });
    expect(product(views)[0]).toBeCloseTo(1, 14);
  });

  test('G1: in a page that scrolls the wheel belongs to the page unless Ctrl or Meta is held, and we say so', () => {
    const { machine, views, blocked } = setUp(true);
    expect(machine.wheel(turn)).toBe(false);
    expect(blocked).toEqual(['wheel']);
    expect(machine.wheel({ ...turn, hasModifier: true })).toBe(true);
    expect(views).toHaveLength(1);
  });

  test('a sideways wheel, or one with Shift, pans time', () => {
    const { machine, views } = setUp();
    machine.wheel({ ...turn, deltaX: 30, deltaY: 4 });
    machine.wheel({ ...turn, deltaY: 20, hasShift: true });
    expect(views).toEqual([
      { kind: 'pan', dx: -30, dy: 0 },
      { kind: 'pan', dx: -20, dy: 0 },
    ]);
  });
});
