import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomeLike } from '../../test/cluster-examples.js';
import type { Price, UnixMs, Usd } from '../model/units.js';
import { ClusterArchive } from './cluster-archive.js';

const at = (time: number): UnixMs => time as UnixMs;
const mark = (price: number): Price => price as Price;
const untouched = (i: number) => outcomeLike({ id: `u${i}`, touchedAt: undefined, touchMark: undefined });
const movesOf = (archive: ClusterArchive): readonly (number | undefined)[] =>
  archive.find('a')?.moves.map(({ move }) => move) ?? [];

describe('S70: the archive of clusters', () => {
  test('notes the mark 1, 5, 15 and 60 minutes after the touch, positive where the forced orders push', () => {
    const after = (side: 'long' | 'short'): readonly (number | undefined)[] => {
      const archive = new ClusterArchive();
      archive.update(at(100), mark(1_000), [outcomeLike({ side })]);
      const prices: Readonly<Record<number, number>> = { 60: 990, 300: 980, 900: 1_010, 3_600: 1_000 };
      for (let second = 1; second <= 4_000; second++) {
        archive.update(at(100 + second * 1_000), mark(prices[second] ?? 5), []);
      }
      return movesOf(archive);
    };
    const rises = [Math.log(0.99), Math.log(0.98), Math.log(1.01), 0];
    expect(after('short')).toEqual(rises);
    expect(after('long')).toEqual(rises.map((rise) => 0 - rise));
  });

  test('does not take a mark for that of a moment long past, and leaves what is not known open', () => {
    const archive = new ClusterArchive();
    archive.update(at(100), mark(1_000), [outcomeLike({})]);
    archive.update(at(100 + 72_001), mark(900), []);
    expect(movesOf(archive)).toEqual([undefined, undefined, undefined, undefined]);
    archive.update(at(100 + 360_000), mark(900), []);
    expect(movesOf(archive)).toEqual([undefined, 0 - Math.log(0.9), undefined, undefined]);
    archive.update(at(100 + 900_000), mark(Number.NaN), []);
    expect(movesOf(archive)[2]).toBeUndefined();
  });

  test('a cluster that was never touched has no moves', () => {
    const archive = new ClusterArchive();
    archive.update(at(100), mark(1_000), [
      outcomeLike({ touchedAt: undefined, touchMark: undefined, end: 'dissolve' }),
    ]);
    for (let minute = 1; minute < 70; minute++) archive.update(at(100 + minute * 60_000), mark(900), []);
    expect(movesOf(archive)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('keeps the newest outcomes, filters them, and finds one by its id', () => {
    const archive = new ClusterArchive(3);
    for (let i = 0; i < 5; i++) {
      const chosen = {
        id: `c${i}`,
        side: i % 2 === 0 ? 'long' : 'short',
        end: i < 4 ? 'consume' : 'dissolve',
        endedAt: i * 1_000,
        mergedInto: i === 3 ? 'c1' : undefined,
        peakEnergy: i * 100,
        touchedAt: i === 4 ? undefined : i,
      };
      archive.update(at(i * 1_000), mark(1_000), [outcomeLike(chosen)]);
    }
    const idsOf = (filter: Parameters<ClusterArchive['outcomes']>[0]) => archive.outcomes(filter).map(({ id }) => id);
    expect(idsOf({})).toEqual(['c2', 'c3', 'c4']);
    expect(idsOf({ side: 'long' })).toEqual(['c2', 'c4']);
    expect(idsOf({ end: 'dissolve' })).toEqual(['c4']);
    expect(idsOf({ isTouched: true })).toEqual(['c2', 'c3']);
    expect(idsOf({ from: at(3_000) })).toEqual(['c3', 'c4']);
    expect(idsOf({ to: at(3_000) })).toEqual(['c2']);
    expect(idsOf({ leastPeakEnergy: 300 as Usd })).toEqual(['c3', 'c4']);
    expect(idsOf({ isMergeLeftOut: true })).toEqual(['c2', 'c4']);
    expect([archive.find('c3')?.id, archive.find('c0')]).toEqual(['c3', undefined]);
  });

  test('restored from JSON on the way, it ends as it would have', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        (waits, cut) => {
          const whole = new ClusterArchive(10);
          let other = new ClusterArchive(10);
          let time = 100;
          waits.forEach((seconds, i) => {
            const ended = i % 4 === 0 ? [outcomeLike({ id: `c${i}`, touchedAt: time - 500 }), untouched(i)] : [];
            for (const archive of [whole, other]) archive.update(at(time), mark(900 + seconds), ended);
            time += seconds * 1_000;
            if (i !== cut) return;
            const state = JSON.parse(JSON.stringify(other.state())) as ReturnType<ClusterArchive['state']>;
            other = new ClusterArchive(10);
            other.restore(state);
          });
          expect(other.outcomes()).toStrictEqual(whole.outcomes());
        },
      ),
    );
  });

  test('time may not go back, and room is needed', () => {
    const archive = new ClusterArchive();
    archive.update(at(100), mark(1), []);
    expect(() => archive.update(at(99), mark(1), [])).toThrow('time must not decrease, was 99 after 100');
    expect(() => new ClusterArchive(0)).toThrow('capacity must be a whole number of at least 1, was 0');
  });
});
