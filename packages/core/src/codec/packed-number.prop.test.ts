import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from '../numeric/byte-reader.js';
import { ByteWriter } from '../numeric/byte-writer.js';
import { readNear, writeNear } from './packed-number.js';

const decimal = fc
  .tuple(fc.integer(), fc.integer({ min: 0, max: 9 }))
  .map(([digits, decimals]) => digits / 10 ** decimals);
const any = fc.oneof(
  fc.double(),
  decimal,
  fc.maxSafeInteger(),
  fc.constantFrom(Number.NaN, -0, Infinity, -Infinity, 5e-324),
);

function bytesOf(value: number, base: number): Uint8Array {
  const writer = new ByteWriter();
  writeNear(writer, value, base);
  return writer.finish();
}

test('any number comes back exactly, whatever the base', () => {
  fc.assert(
    fc.property(any, any, (value, base) => {
      const bytes = bytesOf(value, base);
      const reader = new ByteReader(bytes);
      expect(readNear(reader, base, 'price')).toBe(value);
      expect([reader.fault, reader.remaining]).toEqual([undefined, 0]);
      expect(bytes.length).toBeLessThanOrEqual(9);
    }),
    { numRuns: 5_000 },
  );
});

test('a price beside another takes two or three bytes instead of eight', () => {
  expect(bytesOf(61_234.6, 61_234.5)).toHaveLength(2);
  expect(bytesOf(61_190.1, 61_234.5)).toHaveLength(3);
  expect(bytesOf(1_723_075_201_000, 1_723_075_200_350)).toHaveLength(3);
});

test('more than eight decimals are refused', () => {
  const reader = new ByteReader(Uint8Array.of(9, 0));
  expect(readNear(reader, 0, 'head.open')).toBe(0);
  expect(reader.fault).toMatchObject({
    field: 'head.open',
    message: 'A packed number must have at most 8 decimals, had 9',
  });
});
