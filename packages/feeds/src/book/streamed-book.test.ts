import type { BookDelta, BookSnapshot, InstrumentId, UnixMs } from '@liquidation-heatmap/core';
import { describe, expect, test } from 'vitest';
import { StreamedBook, type ChainRules } from './streamed-book.js';

const ID: InstrumentId = 'bybit:BTCUSDT';
const RULES: ChainRules = {
  isRepeated: ({ last }, lastSequence) => last <= lastSequence,
  follows: ({ first }, lastSequence) => first === lastSequence + 1,
};
const levels = (...pairs: readonly (readonly [number, number])[]) => ({
  ticks: Float64Array.from(pairs, ([tick]) => tick),
  sizes: Float64Array.from(pairs, ([, size]) => size),
});
const at = (time: number) => ({ instrument: ID, eventTime: time as UnixMs, seenTime: (time + 5) as UnixMs });

function snapshot(lastSequence: number, time: number, bid = 100) {
  const whole: BookSnapshot = {
    kind: 'book-snapshot',
    ...at(time),
    bids: levels([bid, 1]),
    asks: levels([bid + 1, 1]),
  };
  return { lastSequence, snapshot: whole };
}

function delta(sequence: number, time: number, size = 2) {
  const change: BookDelta = { kind: 'book-delta', ...at(time), bids: levels([100, size]), asks: levels() };
  return { first: sequence, last: sequence, previous: undefined, delta: change };
}

const bestBid = (book: StreamedBook) => book.view()?.bids.sizes[0];

describe('a book whose stream sends its own snapshots', () => {
  test('deltas before any snapshot are left out; a snapshot is served at once', () => {
    const book = new StreamedBook(ID, 0.1, RULES);
    expect(book.onDelta(delta(4, 10))).toEqual([]);
    expect(book.view()).toBeUndefined();
    expect(book.onSnapshot(snapshot(5, 20)).map(({ kind }) => kind)).toEqual(['book-snapshot']);
    expect(bestBid(book)).toBe(1);
    expect(book.state).toMatchObject({ state: 'in-sync', lastSequence: 5, droppedStale: 1 });
  });

  test('a delta that follows is applied, one that repeats changes nothing', () => {
    const book = new StreamedBook(ID, 0.1, RULES);
    book.onSnapshot(snapshot(5, 20));
    expect(book.onDelta(delta(6, 30, 7))).toHaveLength(1);
    expect(book.onDelta(delta(6, 31, 9))).toEqual([]);
    expect(bestBid(book)).toBe(7);
    expect(book.state).toMatchObject({ applied: 1, droppedStale: 1, gaps: 0, lastSequence: 6 });
  });

  test('a missing delta is a gap: nothing is served, and a new subscription is wished for, until a snapshot ends it', () => {
    const book = new StreamedBook(ID, 0.1, RULES);
    book.onSnapshot(snapshot(5, 20));
    expect(book.onDelta(delta(8, 40))).toMatchObject([
      { kind: 'gap', channel: 'book', from: 20, to: 40, seenTime: 45 },
    ]);
    expect(book.view()).toBeUndefined();
    expect([book.takeWish(), book.takeWish()]).toEqual([true, false]);
    expect(book.onDelta(delta(9, 50))).toEqual([]);
    expect(book.onSnapshot(snapshot(12, 60)).map(({ kind }) => kind)).toEqual(['book-snapshot', 'resumed']);
    expect(bestBid(book)).toBe(1);
  });

  test('a snapshot in the middle replaces the book, also one whose count began anew', () => {
    const book = new StreamedBook(ID, 0.1, RULES);
    book.onSnapshot(snapshot(5, 20));
    book.onDelta(delta(6, 30, 7));
    book.onSnapshot(snapshot(1, 40, 200));
    expect(Array.from(book.view()!.bids.ticks)).toEqual([200]);
    expect(book.onDelta(delta(2, 50))).toHaveLength(1);
  });

  test('after a cut the old book is not served, whatever comes, until a snapshot', () => {
    const book = new StreamedBook(ID, 0.1, RULES);
    book.onSnapshot(snapshot(5, 20));
    expect(book.onCut(30 as UnixMs, 'lost')).toMatchObject([{ kind: 'gap', reason: 'lost' }]);
    expect(book.onCut(31 as UnixMs, 'lost')).toEqual([]);
    expect(book.onDelta(delta(6, 40))).toEqual([]);
    expect(book.view()).toBeUndefined();
    expect(book.onSnapshot(snapshot(7, 50)).at(-1)).toMatchObject({ kind: 'resumed', channel: 'book' });
  });
});
