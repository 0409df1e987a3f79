import { describe, expect, test } from 'vitest';
import { crc32 } from '../crc32.js';
import { TextBook } from './text-book.js';

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

test('the checksum is the CRC-32 whose check value is known, as a signed integer', () => {
  expect(meant('123456789')).toBe(0xcbf43926 | 0);
  expect(meant('123456789')).toBeLessThan(0);
});

test('bids and asks alternate from the best, letter by letter as they were sent; the longer side goes on alone', () => {
  const book = new TextBook();
  book.apply(
    [
      ['99.50', '1.0'],
      ['100.0', '2'],
    ],
    [
      ['102', '4.10'],
      ['101', '3'],
      ['103', '5'],
    ],
  );
  expect(book.checksum()).toBe(meant('100.0:2:101:3:99.50:1.0:102:4.10:103:5'));
  book.apply([['100.00', '0']], [['101.0', '7']]);
  expect(book.checksum()).toBe(meant('99.50:1.0:101.0:7:102:4.10:103:5'));
  book.clear();
  expect(book.checksum()).toBe(meant(''));
});

test('twenty-five levels a side are covered', () => {
  const levels = Array.from({ length: 30 }, (_, i) => [String(100 + i), '1']);
  const [book, fewer] = [new TextBook(), new TextBook()];
  book.apply([], levels);
  fewer.apply([], levels.slice(0, 25));
  expect(book.checksum()).toBe(fewer.checksum());
  fewer.apply(
    [],
    levels.slice(24, 25).map(([price]) => [price, '0']),
  );
  expect(book.checksum()).not.toBe(fewer.checksum());
});
