import { describe, expect, test } from 'vitest';
import { goldenMessage } from '../../test/golden/golden-messages.js';
import { deltaOfColumns, type ColumnDelta } from '../codec/column-delta.js';
import type { SnapshotMessage } from './frame-message.js';
import { FrameStore } from './frame-store.js';
import { columnOfTile } from './tile-cells.js';
import { TILE_COLUMNS, type Column, type ColumnHead } from './heatmap-frame.js';
import type { UnixMs } from './units.js';

const T = 1_723_075_200_000;
const template = goldenMessage('column').column;
const golden = goldenMessage('snapshot');

function column(second: number, isOpen = false, change: Partial<Column> = {}): Column {
  const head = { ...template.head, endTime: T + second * 1_000, isOpen } as ColumnHead;
  const long = template.long.slice();
  long[second % 640] = 1 + (second % 255);
  return { ...template, head, long, ...change };
}

/** Numbers its messages as one sender does. */
class Sender {
  readonly store = new FrameStore();
  epoch = 1;
  sequence = 0;

  envelope() {
    return { symbolIndex: 0, sequence: this.sequence++, epoch: this.epoch, time: T as UnixMs };
  }

  snapshot(tiles: SnapshotMessage['tiles'] = []) {
    return this.store.apply({ kind: 'snapshot', ...this.envelope(), tiles, now: undefined, facts: golden.facts });
  }

  column(next: Column) {
    return this.store.apply({ kind: 'column', ...this.envelope(), column: next });
  }

  delta(previous: Column, next: Column) {
    return this.store.apply({ kind: 'column-delta', ...this.envelope(), ...deltaOf(previous, next) });
  }

  newest(): Column {
    const tile = this.store.tiles(1_000).at(-1)!;
    return columnOfTile(tile, tile.heads.length - 1);
  }

  ends(): readonly number[] {
    return this.store.tiles(1_000).flatMap((tile) => tile.heads.map(({ endTime }) => (endTime - T) / 1_000));
  }
}

function deltaOf(previous: Column, next: Column): ColumnDelta {
  const delta = deltaOfColumns(previous, next);
  if (delta === undefined) throw new Error('Expected a delta');
  return delta;
}

function started(): Sender {
  const sender = new Sender();
  sender.snapshot();
  return sender;
}

describe('what the store shows', () => {
  test('nothing before the first snapshot, and everything sent before it is ignored', () => {
    const sender = new Sender();
    expect(sender.column(column(1))).toEqual({ kind: 'ignored', reason: 'before-snapshot' });
    expect(sender.store.frame()).toBeUndefined();
    expect(sender.snapshot()).toEqual({ kind: 'reset' });
    expect(sender.store.frame()).toMatchObject({ tiles: [], now: undefined, facts: golden.facts });
  });

  test('a snapshot replaces everything, and the store keeps its own copy of the cells', () => {
    const sender = started();
    sender.column(column(5));
    const cells = golden.tiles[0]!.cells.slice();
    sender.snapshot([{ ...golden.tiles[0]!, cells }]);
    expect(sender.ends()).toEqual([1]);
    const before = sender.newest().long.slice();
    cells.fill(9);
    expect(sender.newest().long).toEqual(before);
  });

  test('columns in order, each as it was sent', () => {
    const sender = started();
    for (const second of [1, 2, 3]) {
      expect(sender.column(column(second))).toMatchObject({ kind: 'column', resolutionMs: 1_000, isNew: true });
      expect(sender.newest()).toEqual(column(second));
    }
    expect(sender.ends()).toEqual([1, 2, 3]);
    expect(sender.store.newestHead(1_000)).toEqual(column(3).head);
    expect(sender.store.resolutions).toEqual([1_000]);
  });

  test('a newer version of the open column in its place', () => {
    const sender = started();
    sender.column(column(1));
    sender.column(column(2, true));
    const brighter = column(2, false, { short: column(2).short.map((code) => Math.min(255, code + 1)) });
    expect(sender.column(brighter)).toMatchObject({ kind: 'column', isNew: false });
    expect(sender.ends()).toEqual([1, 2]);
    expect(sender.newest()).toEqual(brighter);
  });

  test('an open column that moved to another window stands in a new tile and nowhere else', () => {
    const sender = started();
    sender.column(column(1));
    sender.column(column(2, true));
    const moved = column(2, false, { originRow: (template.originRow + 64) as Column['originRow'] });
    sender.column(moved);
    expect(sender.store.tiles(1_000).map((tile) => tile.heads.length)).toEqual([1, 1]);
    expect(sender.newest()).toEqual(moved);
  });

  test('a closed column never changes: a late one is ignored', () => {
    const sender = started();
    sender.column(column(1));
    sender.column(column(2));
    const frozen = sender.newest();
    expect(sender.column(column(2, false, { long: new Uint8Array(640).fill(200) }))).toEqual({
      kind: 'ignored',
      reason: 'late-column',
    });
    expect(sender.column(column(1, true))).toEqual({ kind: 'ignored', reason: 'late-column' });
    expect(sender.newest()).toEqual(frozen);
    expect(sender.ends()).toEqual([1, 2]);
  });

  test('a full tile is followed by a new one, a moved window or code scale begins one', () => {
    const sender = started();
    for (let second = 1; second <= TILE_COLUMNS + 1; second++) sender.column(column(second));
    sender.column(column(100, false, { originRow: (template.originRow + 1) as Column['originRow'] }));
    sender.column(column(101, false, { originRow: (template.originRow + 1) as Column['originRow'], floor: 1 }));
    expect(sender.store.tiles(1_000).map((tile) => tile.heads.length)).toEqual([TILE_COLUMNS, 1, 1, 1]);
    expect(sender.store.tiles(1_000).every((tile) => tile.cells.length === TILE_COLUMNS * 640 * 4)).toBe(true);
  });
});

describe('deltas', () => {
  test('a delta gives the same store as the whole column, for the next column and for the open one', () => {
    const whole = started();
    const sparse = started();
    const steps = [
      column(1),
      column(2, true),
      column(2, true, { age: new Uint8Array(640).fill(3) }),
      column(2),
      column(3, true),
    ];
    for (const [i, next] of steps.entries()) {
      const changed = whole.column(next);
      expect(i === 0 ? sparse.column(next) : sparse.delta(steps[i - 1]!, next)).toEqual(changed);
      expect(sparse.newest()).toEqual(next);
    }
    expect(sparse.store.tiles(1_000)).toEqual(whole.store.tiles(1_000));
  });

  test('a delta without a base is ignored', () => {
    expect(started().delta(column(1), column(2))).toEqual({ kind: 'ignored', reason: 'no-base' });
  });
});

describe('the sequence', () => {
  test('after a hole nothing is applied until a snapshot comes', () => {
    const sender = started();
    sender.column(column(1));
    sender.sequence++;
    expect(sender.column(column(3))).toEqual({ kind: 'ignored', reason: 'lost' });
    expect(sender.store.needsSnapshot).toBe(true);
    expect(sender.column(column(4))).toEqual({ kind: 'ignored', reason: 'lost' });
    expect(sender.ends()).toEqual([1]);
    sender.snapshot();
    expect(sender.store.needsSnapshot).toBe(false);
    expect(sender.column(column(5))).toMatchObject({ kind: 'column' });
  });

  test('a repeated message counts as lost, never as data', () => {
    const sender = started();
    sender.column(column(1));
    sender.sequence--;
    expect(sender.column(column(2))).toEqual({ kind: 'ignored', reason: 'lost' });
  });

  test('a new epoch needs a snapshot, an old one is ignored', () => {
    const sender = started();
    sender.epoch = 0;
    expect(sender.column(column(1))).toEqual({ kind: 'ignored', reason: 'old-epoch' });
    expect(sender.store.needsSnapshot).toBe(false);
    sender.epoch = 2;
    expect(sender.column(column(1))).toEqual({ kind: 'ignored', reason: 'lost' });
    sender.snapshot();
    expect(sender.column(column(2))).toMatchObject({ kind: 'column' });
  });

  test('a status is taken at any time and keeps its place in the sequence', () => {
    const sender = new Sender();
    const status = goldenMessage('status').status;
    const send = () => sender.store.apply({ kind: 'status', ...sender.envelope(), status });
    expect(send()).toEqual({ kind: 'status' });
    expect(sender.store.status).toBe(status);
    sender.snapshot();
    send();
    expect(sender.column(column(1))).toMatchObject({ kind: 'column' });
  });

  test('a status after a lost message does not hide the hole', () => {
    const sender = started();
    const status = goldenMessage('status').status;
    sender.sequence++;
    sender.store.apply({ kind: 'status', ...sender.envelope(), status });
    expect(sender.column(column(2))).toEqual({ kind: 'ignored', reason: 'lost' });
  });
});

describe('the frame as of a time', () => {
  test('dropping after a time leaves no column that ends later, and no later present', () => {
    const sender = started();
    for (const second of [1, 2, 3, 4]) sender.column(column(second));
    sender.store.apply({ kind: 'now', ...sender.envelope(), now: goldenMessage('now').now });
    sender.store.dropAfter((T + 3_000) as UnixMs);
    expect(sender.ends()).toEqual([1, 2, 3]);
    expect(sender.store.now).toBe(goldenMessage('now').now);
    sender.store.dropAfter((T + 500) as UnixMs);
    expect(sender.ends()).toEqual([]);
    expect(sender.store.now).toBeUndefined();
  });

  test('dropping before a time forgets only whole tiles that ended by then', () => {
    const sender = started();
    for (let second = 1; second <= TILE_COLUMNS + 5; second++) sender.column(column(second));
    sender.store.dropBefore((T + TILE_COLUMNS * 1_000) as UnixMs);
    expect(sender.ends()).toHaveLength(TILE_COLUMNS + 5);
    sender.store.dropBefore((T + (TILE_COLUMNS + 1) * 1_000) as UnixMs);
    expect(sender.ends()).toEqual([65, 66, 67, 68, 69]);
  });
});
