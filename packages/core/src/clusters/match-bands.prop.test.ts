import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchBands, type NamedBand } from './match-bands.js';
import type { RowBand } from './row-band.js';

/** Bands one after the other, from pairs of a distance and a width. */
const bands = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 6 })), { maxLength: 6 })
  .map((pairs) => {
    let row = 0;
    return pairs.map(([distance, width]): RowBand => {
      const low = row + distance;
      row = low + width;
      return { low, high: row };
    });
  });
const density = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 60, maxLength: 60 })
  .map((sizes) => Float64Array.from(sizes));
const named = bands.chain((list) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: list.length, maxLength: list.length })
    .map((births) => list.map((band, i): NamedBand => ({ ...band, bornAt: births[i]!, isTold: true }))),
);

test('a name goes to one band and a band takes one name, whatever order the names come in', () => {
  fc.assert(
    fc.property(named, bands, density, (before, found, rows) => {
      const { now } = matchBands(before, found, rows, 0);
      const taken = now.filter((f) => f >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      const reversed = matchBands([...before].reverse(), found, rows, 0).now;
      expect([...reversed].reverse()).toEqual(now);
    }),
  );
});

test('bands that did not change keep their names, and where a band is empty it has none to keep', () => {
  fc.assert(
    fc.property(named, density, (before, rows) => {
      const holds = ({ low, high }: RowBand): boolean => rows.slice(low, high).some((size) => size > 0);
      const { now } = matchBands(before, before, rows, 0);
      before.forEach((band, i) => {
        if (holds(band)) expect(now[i]).toBe(i);
      });
    }),
  );
});
