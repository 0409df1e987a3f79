import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger } from './ledger.js';

const order = fc.record({
  side: fc.constantFrom('long' as const, 'short' as const),
  kind: fc.constantFrom('open' as const, 'close' as const, 'force' as const),
  size: fc.integer({ min: 1, max: 1e9 }),
});

test('whatever is opened, closed or forced, longs equal shorts and hedgers never go below their base', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.array(order, { maxLength: 60 }), (base, orders) => {
      const ledger = new Ledger(base);
      for (const { side, kind, size } of orders) {
        if (kind === 'open') ledger.open(side, size);
        else if (ledger.agents[side] > 0) ledger[kind](side, Math.min(size, ledger.agents[side]));
        expect(ledger.agents.long + ledger.hedgers.long).toBe(ledger.agents.short + ledger.hedgers.short);
        expect(Math.min(ledger.hedgers.long, ledger.hedgers.short)).toBe(base);
        expect(ledger.openInterest).toBe(base + Math.max(ledger.agents.long, ledger.agents.short));
        for (const one of ['long', 'short'] as const) {
          const { opened, closed, forced } = ledger.turnover;
          expect(base + opened[one] - closed[one] - forced[one]).toBe(ledger.openInterest);
        }
      }
    }),
  );
});
