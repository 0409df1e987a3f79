import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createEngine,
  encodeMessage,
  createFrameStream,
  restoreEngine,
  type EngineOptions,
  type MarketEvent,
  type UnixMs,
} from '../src/index.js';
import { eventsOf, firstDifference, instrumentOf, START, withTicks } from './market.js';

const OPTIONS: EngineOptions = {
  symbol: 'BTCUSDT',
  venues: ['binance', 'bybit'],
  resolutions: [1_000, 5_000] as never,
};
const SECONDS = 40;

interface Move {
  readonly at: number;
  readonly venue: 0 | 1;
  readonly kind: 'trade' | 'mark' | 'open-interest' | 'bar' | 'liquidation';
  readonly step: number;
  readonly size: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  at: fc.integer({ min: 0, max: SECONDS * 1_000 }),
  venue: fc.constantFrom(0, 1),
  kind: fc.constantFrom('trade', 'mark', 'open-interest', 'bar', 'liquidation'),
  step: fc.integer({ min: -80, max: 80 }),
  size: fc.integer({ min: 1, max: 5_000 }),
});

/** A random session of two venues whose prices wander by up to 8 % and whose open interest jumps. */
function session(moves: readonly Move[]): readonly MarketEvent[] {
  const venues = [eventsOf(instrumentOf('binance')), eventsOf(instrumentOf('bybit'))];
  const events: MarketEvent[] = venues.map((venue) => venue.listed());
  for (const { at, venue, kind, step, size } of [...moves].sort((a, b) => a.at - b.at)) {
    const price = 60_000 * (1 + step / 1_000) * (venue === 1 ? 1.0005 : 1);
    const of = venues[venue]!;
    if (kind === 'trade') events.push(of.trade(at, price, size / 100));
    else if (kind === 'mark') events.push(of.mark(at, price));
    else if (kind === 'liquidation') events.push(of.liquidation(at, 0, price, size / 1_000));
    else if (kind === 'open-interest') events.push(of.openInterest(at, 1_000 + size));
    else events.push(of.bar(at, 1_000, [price, price * 1.002, price * 0.997, price * 1.001], size));
  }
  return withTicks(events, SECONDS);
}

const sessions = fc.array(move, { minLength: 5, maxLength: 60 }).map(session);

function run(events: readonly MarketEvent[]) {
  const engine = createEngine(OPTIONS);
  for (const event of events) expect(engine.apply(event)).toBeUndefined();
  return engine;
}

test('the same events give the same bytes', () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const [a, b] = [run(events), run(events)];
      expect(firstDifference(a.save(), b.save())).toBeUndefined();
      const bytes = [a, b].map((engine) => encodeMessage(createFrameStream(engine).snapshot()));
      expect(firstDifference(bytes[0]!, bytes[1]!)).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});

test('S3: truncating the input at t leaves every closed column up to t bit-identical', () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1_000, max: SECONDS * 1_000 }), (events, cut) => {
      const whole = run(events).frame();
      const part = run(events.filter(({ seenTime }) => seenTime <= START + cut)).frame();
      for (const tile of part.tiles) {
        tile.heads.forEach((head, i) => {
          if (head.isOpen) return;
          const [found] = whole.tiles.flatMap((other) =>
            other.resolutionMs === tile.resolutionMs
              ? other.heads.flatMap((otherHead, j) =>
                  otherHead.endTime === head.endTime ? [{ other, otherHead, j }] : [],
                )
              : [],
          );
          expect(found!.otherHead).toEqual(head);
          expect([found!.other.originRow, found!.other.floor, found!.other.step]).toEqual([
            tile.originRow,
            tile.floor,
            tile.step,
          ]);
          const bytes = 640 * 4;
          const theirs = found!.other.cells.subarray(found!.j * bytes, (found!.j + 1) * bytes);
          expect(firstDifference(theirs, tile.cells.subarray(i * bytes, (i + 1) * bytes))).toBeUndefined();
        });
      }
    }),
    { numRuns: 25 },
  );
});

test('saving, restoring and going on equals the uninterrupted run byte for byte', () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 0, max: SECONDS * 1_000 }), (events, cut) => {
      const first = run(events.filter(({ seenTime }) => seenTime <= START + cut));
      const restored = restoreEngine(first.save(), OPTIONS);
      if (!restored.ok) throw new Error(restored.fault.message);
      for (const event of events.filter(({ seenTime }) => seenTime > START + cut)) restored.value.apply(event);
      const whole = run(events);
      expect(firstDifference(restored.value.save(), whole.save())).toBeUndefined();
      expect(restored.value.facts()).toEqual(whole.facts());
    }),
    { numRuns: 20 },
  );
});

test('S43: shown + out of reach + out of window is the open interest, per side and venue, at every moment', () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const engine = createEngine(OPTIONS);
      for (const event of events) {
        engine.apply(event);
        for (const { long, short, reportedOpenInterest, isRelative } of engine.totals()) {
          for (const side of [long, short]) {
            expect(side.shown + side.outOfReach + side.outOfWindow).toBeCloseTo(side.openInterest, 6);
            if (isRelative || side.openInterest === 0) continue;
            expect(Math.abs(side.openInterest / reportedOpenInterest! - 1)).toBeLessThan(1e-9);
          }
        }
      }
    }),
    { numRuns: 15 },
  );
});

test('S7: venue layers sum to the aggregate', () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const engine = run(events);
      const edges = Float64Array.from({ length: 41 }, (_, i) => 60_000 * (0.8 + i * 0.01));
      const whole = engine.density({ edges, unit: 'usd' });
      const parts = (['binance', 'bybit'] as const).map((venue) => engine.density({ edges, unit: 'usd', venue }));
      for (let i = 0; i < 40; i++) {
        const long = parts[0]!.long[i]! + parts[1]!.long[i]!;
        expect(Math.abs(whole.long[i]! - long)).toBeLessThanOrEqual(1e-9 * Math.max(1, long));
      }
      const time = (START + SECONDS * 1_000 - 1) as UnixMs;
      const column = engine.densityAt(time, edges);
      const layers = (['binance', 'bybit'] as const).map((venue) => engine.densityAt(time, edges, venue));
      column?.short.forEach((value, i) => expect(value).toBeCloseTo(layers[0]!.short[i]! + layers[1]!.short[i]!, 6));
    }),
    { numRuns: 15 },
  );
});

test('S37: density is additive over bins, however a stretch is divided', () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1, max: 39 }), (events, cut) => {
      const engine = run(events);
      const edges = Float64Array.from({ length: 41 }, (_, i) => 60_000 * (0.8 + i * 0.01));
      const fine = engine.density({ edges, unit: 'contract' });
      const coarse = engine.density({ edges: Float64Array.of(edges[0]!, edges[cut]!, edges[40]!), unit: 'contract' });
      for (const key of ['long', 'short'] as const) {
        const sum = fine[key].slice(0, cut).reduce((total, value) => total + value, 0);
        expect(coarse[key][0]!).toBeCloseTo(sum, 6);
      }
    }),
    { numRuns: 15 },
  );
});
