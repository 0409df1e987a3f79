import { expect, test } from 'vitest';
import { crc32 } from '../../crc32.js';
import { TextBook } from './checksum.js';

const signed = (text: string): number => crc32(text) | 0;

test('the checksum is the CRC-32 whose check value is known, as a signed integer', () => {
  expect(signed('123456789')).toBe(0xcbf43926 | 0);
  expect(signed('123456789')).toBeLessThan(0);
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
  expect(book.checksum()).toBe(signed('100.0:2:101:3:99.50:1.0:102:4.10:103:5'));
  book.apply([['100.00', '0']], [['101.0', '7']]);
  expect(book.checksum()).toBe(signed('99.50:1.0:101.0:7:102:4.10:103:5'));
  book.clear();
  expect(book.checksum()).toBe(signed(''));
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
