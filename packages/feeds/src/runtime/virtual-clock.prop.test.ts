import type { UnixMs } from '@liquidation-heatmap/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock, type VirtualTimer } from './virtual-clock.js';

test('timers fire in order of time, equal times in order of asking, cancelled ones never', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ ms: fc.integer({ min: 0, max: 50 }), isCancelled: fc.boolean() })), (timers) => {
      const clock = new VirtualClock(0 as UnixMs);
      const fired: number[] = [];
      const handles: VirtualTimer[] = timers.map(({ ms }, i) => clock.after(ms, () => fired.push(i)));
      for (const [i, { isCancelled }] of timers.entries()) if (isCancelled) handles[i]!.cancel();
      const times: number[] = [];
      while (clock.step(100 as UnixMs)) times.push(clock.now);
      const due = timers
        .map(({ ms, isCancelled }, i) => ({ ms, isCancelled, i }))
        .filter(({ isCancelled }) => !isCancelled);
      const expected = due.sort((a, b) => a.ms - b.ms || a.i - b.i);
      expect(fired).toEqual(expected.map(({ i }) => i));
      expect(times).toEqual(expected.map(({ ms }) => ms));
      expect(clock.pending).toBe(0);
      expect(clock.now).toBe(100);
    }),
  );
});
