import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openedShare, SideRatio } from './side-ratio.js';

const odds = (share: number) => share / (1 - share);

test('books opened at that share stand at the share that was told', () => {
  const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  const books = fc.double({ min: 0.21, max: 0.79, noNaN: true });
  fc.assert(
    fc.property(share, books, (told, ofBooks) => {
      expect(odds(openedShare(told, ofBooks)) * odds(ofBooks)).toBeCloseTo(odds(told), 6);
    }),
  );
});

test('a share of 0 or 1 and empty books on one side are no reason to open on one side alone', () => {
  for (const told of [0, 1]) {
    for (const ofBooks of [0, 1]) {
      expect(openedShare(told, ofBooks)).toBeGreaterThan(0.004);
      expect(openedShare(told, ofBooks)).toBeLessThan(0.996);
    }
  }
});

test('a ratio is smoothed over an hour', () => {
  const ratio = new SideRatio();
  expect(ratio.note(0.6, 0)).toBe(0.6);
  expect(ratio.note(0.5, 3_600_000)).toBeCloseTo(0.5 + 0.1 * Math.exp(-1), 9);
});
