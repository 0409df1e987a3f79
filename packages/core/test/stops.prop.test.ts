import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine } from '../src/index.js';
import { eventsOf, instrumentOf } from './market.js';

const venue = eventsOf(instrumentOf('binance'));
const HOUR = 3_600_000;

function loaded(stoppedShare: number) {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], model: { stoppedShare } });
  engine.apply(venue.listed());
  for (let s = 0; s < 20; s++) engine.apply(venue.trade(s * 1_000, 60_000 + ((s * 37) % 200), 50));
  engine.apply(venue.mark(20_000, 60_000));
  engine.apply(venue.openInterest(20_500, 10_000));
  return engine;
}

/** Longs just beyond 57,500, held against those far below, which price has not come near to. */
function nearToFar(engine: ReturnType<typeof loaded>): number {
  const { long } = engine.density({ edges: Float64Array.of(45_500, 46_500, 56_500, 57_400), unit: 'contract' });
  return long[2]! / long[0]!;
}

test('price that comes near closes a part of what waits beyond, and coming as near again closes nothing more', () => {
  const [engine, unstopped] = [loaded(0.5), loaded(0)];
  const visit = (minute: number) => {
    for (const each of [engine, unstopped]) {
      each.apply(venue.mark(20_500 + minute * 60_000, 57_500));
      each.apply(venue.openInterest(20_500 + (minute + 1) * 60_000, 10_000));
    }
    return nearToFar(engine) / nearToFar(unstopped);
  };
  const once = visit(1);
  expect(once).toBeLessThan(0.8);
  expect(once).toBeGreaterThan(0.45);
  expect(visit(20)).toBeGreaterThan(0.97 * once);
});

test('S43: stops close positions without breaking the accounts', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -0.06, max: 0.06, noNaN: true }), { minLength: 3, maxLength: 8 }), (path) => {
      const engine = loaded(0.55);
      path.forEach((move, i) => {
        engine.apply(venue.mark(21_000 + i * HOUR, 60_000 * (1 + move)));
        engine.apply(venue.openInterest(22_000 + i * HOUR, 10_000 + i));
        for (const side of [engine.totals()[0]!.long, engine.totals()[0]!.short]) {
          expect(Math.abs(side.openInterest / (10_000 + i) - 1)).toBeLessThan(1e-9);
          expect(side.shown).toBeGreaterThanOrEqual(0);
        }
      });
    }),
    { numRuns: 20 },
  );
});
