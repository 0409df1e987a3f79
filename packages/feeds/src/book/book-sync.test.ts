import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { FUTURES_SEQUENCE } from '../families/binance/sequence-rules.js';
import { BookSync } from './book-sync.js';
import type { SequencedDelta, SequencedSnapshot } from './sequenced.js';

const T = 1_790_000_000_000;
const NO_LEVELS = { ticks: new Float64Array(), sizes: new Float64Array() };
const newSync = () => new BookSync('binance:BTCUSDT', FUTURES_SEQUENCE);

/** An update of ids first..last that goes on after `previous`. */
function delta(first: number, last: number, previous: number, time = T + last): SequencedDelta {
  const at = { instrument: 'binance:BTCUSDT', eventTime: time as UnixMs, seenTime: time as UnixMs } as const;
  return { first, last, previous, delta: { kind: 'book-delta', ...at, bids: NO_LEVELS, asks: NO_LEVELS } };
}

function snapshot(lastSequence: number, seen = T + lastSequence): SequencedSnapshot {
  const at = { instrument: 'binance:BTCUSDT', eventTime: seen as UnixMs, seenTime: seen as UnixMs } as const;
  return { lastSequence, snapshot: { kind: 'book-snapshot', ...at, bids: NO_LEVELS, asks: NO_LEVELS } };
}

const kinds = (events: readonly MarketEvent[]) => events.map((event) => event.kind);

/** A synchronization that has joined at 20 and stands at 30. */
function joined(): BookSync {
  const sync = newSync();
  sync.onDelta(delta(11, 20, 10));
  sync.takeWish();
  sync.onSnapshot(snapshot(20));
  sync.onDelta(delta(21, 30, 20));
  return sync;
}

describe('joining a snapshot', () => {
  test('the first update asks for a snapshot, once, and nothing is let out before it', () => {
    const sync = newSync();
    expect(sync.takeWish()).toBeUndefined();
    expect(sync.onDelta(delta(11, 20, 10))).toEqual([]);
    expect(sync.takeWish()).toEqual({ generation: 1, attempt: 0 });
    sync.onDelta(delta(21, 30, 20));
    expect(sync.takeWish()).toBeUndefined();
    expect(sync.state).toBe('awaiting-snapshot');
  });

  test.each([
    ['straddles the snapshot', delta(11, 20, 10), 15],
    ['ends exactly at the snapshot', delta(11, 20, 10), 20],
    ['begins exactly at the snapshot', delta(11, 20, 10), 11],
    ['goes on exactly after the snapshot', delta(11, 20, 9), 9],
  ])('an update that %s joins it', (_, update, lastSequence) => {
    const sync = newSync();
    sync.onDelta(update);
    expect(kinds(sync.onSnapshot(snapshot(lastSequence)))).toEqual(['book-snapshot', 'book-delta']);
    expect(sync.state).toBe('in-sync');
  });

  test('updates that the snapshot contains are dropped and counted', () => {
    const sync = newSync();
    for (const update of [delta(1, 5, 0), delta(6, 10, 5), delta(11, 20, 10), delta(21, 30, 20)]) sync.onDelta(update);
    expect(kinds(sync.onSnapshot(snapshot(11)))).toEqual(['book-snapshot', 'book-delta', 'book-delta']);
    expect(sync.counts).toEqual({ applied: 2, droppedStale: 2, gaps: 0 });
    expect(sync.joinFacts).toMatchObject({ buffered: 4, firstApplied: { first: 11, last: 20, previous: 10 } });
  });

  test('a snapshot newer than every update waits for one that meets it', () => {
    const sync = newSync();
    sync.onDelta(delta(1, 5, 0));
    expect(sync.onSnapshot(snapshot(15))).toEqual([]);
    expect(sync.state).toBe('awaiting-join');
    expect(sync.onDelta(delta(6, 10, 5))).toEqual([]);
    expect(kinds(sync.onDelta(delta(11, 20, 10)))).toEqual(['book-snapshot', 'book-delta']);
  });

  test('a snapshot older than the stream is asked for again, one attempt later, and the updates are kept', () => {
    const sync = newSync();
    sync.onDelta(delta(11, 20, 10));
    sync.takeWish();
    expect(sync.onSnapshot(snapshot(5))).toEqual([]);
    expect(sync.takeWish()).toEqual({ generation: 1, attempt: 1 });
    expect(sync.pendingCount).toBe(1);
    expect(kinds(sync.onSnapshot(snapshot(12)))).toEqual(['book-snapshot', 'book-delta']);
  });

  test('a snapshot that cannot be used is asked for again', () => {
    const sync = newSync();
    sync.onDelta(delta(11, 20, 10));
    sync.takeWish();
    sync.onSnapshotFailed();
    expect(sync.takeWish()).toEqual({ generation: 1, attempt: 1 });
  });

  test('what was waiting is let out with the time at which it became known', () => {
    const sync = newSync();
    sync.onDelta(delta(11, 20, 10, T));
    const events = sync.onSnapshot(snapshot(15, T + 500));
    expect(events.map((event) => event.seenTime)).toEqual([T + 500, T + 500]);
  });
});

describe('in sync', () => {
  test('an update goes on exactly where the last one ended', () => {
    const sync = joined();
    expect(kinds(sync.onDelta(delta(31, 40, 30)))).toEqual(['book-delta']);
    expect(sync.lastSequence).toBe(40);
  });

  test('a repeated update changes nothing', () => {
    const sync = joined();
    expect(sync.onDelta(delta(21, 30, 20))).toEqual([]);
    expect(sync.counts).toMatchObject({ droppedStale: 1, gaps: 0 });
  });

  test('ids that begin anew are a gap, not a repetition', () => {
    const sync = joined();
    expect(kinds(sync.onDelta(delta(1, 5, 0, T + 60_000)))).toEqual(['gap']);
  });

  test('a missed update is a gap before any later delta, names both ids, and starts a new generation', () => {
    const sync = joined();
    const [gap, ...more] = sync.onDelta(delta(41, 50, 40));
    expect(gap).toMatchObject({
      kind: 'gap',
      channel: 'book',
      from: T + 30,
      to: T + 50,
      reason: expect.stringMatching(/30.*40/) as unknown,
    });
    expect(more).toEqual([]);
    expect(sync.lastSequence).toBeUndefined();
    expect(sync.takeWish()).toEqual({ generation: 2, attempt: 0 });
    expect(sync.onDelta(delta(51, 60, 50))).toEqual([]);
    expect(kinds(sync.onSnapshot(snapshot(45), 2))).toEqual(['book-snapshot', 'book-delta', 'book-delta', 'resumed']);
  });

  test('a snapshot of an older generation changes nothing', () => {
    const sync = joined();
    sync.onDelta(delta(41, 50, 40));
    expect(sync.onSnapshot(snapshot(45), 1)).toEqual([]);
    expect(sync.state).toBe('gapped');
  });

  test('a snapshot nobody asked for changes nothing', () => {
    expect(joined().onSnapshot(snapshot(25))).toEqual([]);
  });

  test('a fresh snapshot asked for in the background replaces the book without a gap', () => {
    const sync = joined();
    sync.refresh();
    expect(sync.takeWish()).toEqual({ generation: 1, attempt: 0 });
    expect(kinds(sync.onDelta(delta(31, 40, 30)))).toEqual(['book-delta']);
    expect(sync.onSnapshot(snapshot(45))).toEqual([]);
    expect(kinds(sync.onDelta(delta(41, 50, 40)))).toEqual(['book-delta', 'book-snapshot', 'book-delta']);
    expect(sync.counts.gaps).toBe(0);
  });
});

describe('a cut', () => {
  test('is a gap that ends without a snapshot when the stream goes on exactly where the book stood', () => {
    const sync = joined();
    expect(kinds(sync.onCut((T + 100) as UnixMs, 'The connection closed'))).toEqual(['gap']);
    expect(sync.state).toBe('gapped');
    expect(sync.onDelta(delta(21, 30, 20))).toEqual([]);
    expect(kinds(sync.onDelta(delta(31, 40, 30)))).toEqual(['book-delta', 'resumed']);
    expect(sync.takeWish()).toBeUndefined();
  });

  test('needs a snapshot when updates were lost in it', () => {
    const sync = joined();
    sync.onCut((T + 100) as UnixMs, 'The connection closed');
    expect(sync.onDelta(delta(51, 60, 50))).toEqual([]);
    expect(sync.takeWish()).toEqual({ generation: 2, attempt: 0 });
    expect(kinds(sync.onSnapshot(snapshot(55)))).toEqual(['book-snapshot', 'book-delta', 'resumed']);
  });

  test('is told once, however often it is cut again', () => {
    const sync = joined();
    sync.onCut((T + 100) as UnixMs, 'The connection closed');
    expect(sync.onCut((T + 200) as UnixMs, 'The connection closed')).toEqual([]);
    expect(sync.counts.gaps).toBe(1);
  });
});

test('updates wait in bounded number, and a snapshot for those that fell out is refused as too old', () => {
  const sync = newSync();
  for (let i = 1; i <= 2_500; i++) sync.onDelta(delta(i, i, i - 1));
  expect(sync.pendingCount).toBe(2_000);
  sync.takeWish();
  expect(sync.onSnapshot(snapshot(100))).toEqual([]);
  expect(sync.takeWish()).toMatchObject({ attempt: 1 });
});
