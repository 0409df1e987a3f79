import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TriggerHeap } from './trigger-heap.js';

test('the heap yields live entries up to a limit in ascending order, and no stale one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.boolean()), { maxLength: 3000 }),
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      (entries, limit) => {
        const heap = new TriggerHeap();
        const generations = new Int32Array(entries.length + 1);
        entries.forEach(([key], slot) => heap.push(key, slot, 0));
        entries.forEach(([, isClosed], slot) => (generations[slot] = isClosed ? 1 : 0));
        heap.tidy(0, generations);
        const keys: number[] = [];
        for (let slot = heap.popUpTo(limit, generations); slot >= 0; slot = heap.popUpTo(limit, generations))
          keys.push(entries[slot]![0]);
        const expected = entries.filter(([key, isClosed]) => !isClosed && key <= limit).map(([key]) => key);
        expect(keys).toEqual(expected.sort((a, b) => a - b));
      },
    ),
  );
});
