import { describe, expect, test } from 'vitest';
import { crc32 } from '../../crc32.js';
import { TextBook } from './checksum.js';

type Level = readonly [price: string, size: string];

function checksumOf(bids: readonly Level[], asks: readonly Level[], ...more: readonly (readonly Level[])[]): number {
  const book = new TextBook();
  book.apply(bids, asks);
  for (const change of more) book.apply(change, []);
  return book.checksum();
}
const meant = (text: string): number => crc32(text) | 0;

describe('the checksum of a book', () => {
  test('takes both sides in turn from the best price on, in the venue’s own texts', () => {
    const bids = [
      ['9.50', '1.0'],
      ['10', '2'],
    ] as const;
    const asks = [
      ['11.0', '3'],
      ['10.5', '0.40'],
    ] as const;
    expect(checksumOf(bids, asks)).toBe(meant('10:2:10.5:0.40:9.50:1.0:11.0:3'));
  });

  test('goes on with the longer side alone', () => {
    expect(
      checksumOf(
        [
          ['10', '2'],
          ['9', '1'],
          ['8', '5'],
        ],
        [['11', '3']],
      ),
    ).toBe(meant('10:2:11:3:9:1:8:5'));
    expect(
      checksumOf(
        [],
        [
          ['11', '3'],
          ['12', '4'],
        ],
      ),
    ).toBe(meant('11:3:12:4'));
  });

  test('covers 25 levels a side and no more', () => {
    const side = (count: number): Level[] => Array.from({ length: count }, (_, i) => [String(100 - i), '1'] as const);
    expect(checksumOf(side(26), [])).toBe(checksumOf(side(25), []));
    expect(checksumOf(side(25), [])).not.toBe(checksumOf(side(24), []));
  });

  test('is a signed integer', () => {
    expect(checksumOf([['1', '23456789']], [])).toBe(meant('1:23456789'));
    const sums = Array.from({ length: 20 }, (_, i) => checksumOf([[String(i + 1), '1']], []));
    expect(sums.some((sum) => sum < 0)).toBe(true);
    expect(sums.every((sum) => Number.isInteger(sum) && sum >= -(2 ** 31) && sum < 2 ** 31)).toBe(true);
  });

  test('follows changes: a size replaces, a zero of any length deletes, a price is one however it is written', () => {
    const start = [
      ['10', '2'],
      ['9', '1'],
    ] as const;
    expect(checksumOf(start, [], [['9.0', '7']])).toBe(meant('10:2:9.0:7'));
    expect(checksumOf(start, [], [['10', '0.00']])).toBe(meant('9:1'));
    expect(checksumOf(start, [], [['8', '0']])).toBe(meant('10:2:9:1'));
  });
});
