import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RingBuffer } from './ring-buffer.js';

test('a ring holds the newest values in order and hands back what it forgets', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer()), (capacity, values) => {
      const ring = new RingBuffer<number>(capacity);
      const forgotten = values.map((value) => ring.push(value)).filter((value) => value !== undefined);
      expect([...ring]).toEqual(values.slice(-capacity));
      expect([...forgotten, ...ring]).toEqual(values);
      expect(ring.at(-1)).toBe(values.at(-1));
      expect(ring.at(0)).toBe(values.slice(-capacity)[0]);
      expect(ring.at(ring.length)).toBeUndefined();
      expect(ring.at(-ring.length - 1)).toBeUndefined();
      ring.clear();
      expect([...ring, ring.length]).toEqual([0]);
    }),
  );
});

test('a ring without room is refused', () => {
  expect(() => new RingBuffer(0)).toThrow('Capacity must be an integer of at least 1, was 0');
});
