import { expect, test } from 'vitest';
import {
  createEngine,
  restoreEngine,
  type CascadeReading,
  type Engine,
  type MarketEvent,
  type UnixMs,
} from '../src/index.js';
import { build, ENTRY, marks, opening, printAt, TIERED } from './cluster-market.js';
import { eventsOf, instrumentOf, START, withTicks } from './market.js';

/** Seven calm minutes in which 50x longs build up 1.3 % below, then 20 s down by 65 a second, then rest. */
const FALL = 420;
const priceOf = (s: number) => {
  if (s < FALL) return s % 2 === 0 ? ENTRY : ENTRY + 30;
  return Math.max(58_700, ENTRY - (s - FALL) * 65);
};
const market = (prints: readonly MarketEvent[]): readonly MarketEvent[] =>
  withTicks([...opening(), ...build(330), ...marks(0, 700, priceOf), ...prints], 700);
/** A long is liquidated every half second while price falls. */
const PRINTS = Array.from({ length: 40 }, (_, i) => printAt(FALL * 1_000 + 600 + i * 500, priceOf(FALL + i / 2), 1));

interface Phase {
  readonly second: number;
  readonly phase: string;
  readonly reading: CascadeReading;
}

function follow(engine: Engine, events: readonly MarketEvent[]): readonly Phase[] {
  const phases: Phase[] = [];
  for (const event of events) {
    engine.apply(event);
    const reading = engine.facts().cascade;
    if (reading.phase === phases.at(-1)?.phase) continue;
    phases.push({ second: Math.floor((event.seenTime - START) / 1_000), phase: reading.phase, reading });
  }
  return phases;
}

test('S51: a cascade of engine events goes idle, armed, running, exhausted, done, and is armed again by the cluster that is left', () => {
  const engine = createEngine(TIERED);
  const phases = follow(engine, market(PRINTS));
  expect(phases.map(({ phase }) => phase)).toEqual(['idle', 'armed', 'running', 'exhausted', 'done', 'armed']);
  const [, armed, running, exhausted, done] = phases as readonly Phase[] & { readonly 4: Phase };
  // Clusters are told 10 s after the first look that finds them, and 50x lies within 3 %.
  expect(armed!.second).toBeGreaterThan(335);
  expect(armed!.second).toBeLessThan(355);
  // The fourth print comes 2.1 s after the fall began, when the mark is 2 x 65 = 0.22 % down: twice the range of 0.05 %.
  expect(running!.second).toBe(FALL + 2);
  expect(running!.reading).toMatchObject({ side: 'long', isLowerBound: false, hasPrints: true });
  expect(running!.reading.remaining!.p50).toBeGreaterThan(0);
  // 20 % of the peak rate is 8 s after the last print (5 s x ln 5), and 10 s of that make it exhausted.
  expect(exhausted!.second).toBeGreaterThanOrEqual(FALL + 20 + 17);
  expect(exhausted!.second).toBeLessThanOrEqual(FALL + 20 + 20);
  expect(done!.second - exhausted!.second).toBeGreaterThanOrEqual(60);
  expect(exhausted!.reading.extremePrice).toBe(58_700);
  const printed = PRINTS.reduce((sum, event) => sum + (event.kind === 'liquidation' ? event.size * event.price : 0), 0);
  expect(exhausted!.reading.printed / printed).toBeCloseTo(1, 4);
});

test('S52: it is exhausted only where the cluster it ran through is used up to 70 %', () => {
  const phases = follow(createEngine(TIERED), market(PRINTS));
  const { reading } = phases.find(({ phase }) => phase === 'exhausted')!;
  expect(reading.consumedShare).toBeGreaterThanOrEqual(0.7);
  expect(reading.printRate).toBeLessThan(0.2 * reading.peakPrintRate);
  // The same prints above every cluster: the run fades, and was never exhausted.
  const high = (event: MarketEvent): MarketEvent =>
    event.kind === 'mark' && event.seenTime >= START + FALL * 1_000
      ? { ...event, price: Math.max(59_500, event.price) as never }
      : event;
  const short = follow(createEngine(TIERED), market(PRINTS).map(high));
  expect(short.map(({ phase }) => phase)).toEqual(['idle', 'armed', 'running', 'done', 'armed']);
});

test('a lost feed is not silence: the run goes on until it is back', () => {
  const at = { instrument: 'binance:BTCUSDT', channel: 'liquidations' } as const;
  const time = (START + 445_000) as UnixMs;
  const span = { eventTime: time, seenTime: time, from: time, to: time };
  const gap: MarketEvent = { kind: 'gap', ...at, ...span, reason: 'disconnected' };
  const events = market([...PRINTS, gap]);
  const phases = follow(createEngine(TIERED), events);
  expect(phases.at(-1)).toMatchObject({ phase: 'running' });
});

test('a gauge restored in the middle of a run goes on as it would have', () => {
  const events = market(PRINTS);
  const whole = createEngine(TIERED);
  const expected = follow(whole, events);
  const until = START + (FALL + 12) * 1_000 + 700;
  const first = createEngine(TIERED);
  for (const event of events.filter(({ seenTime }) => seenTime <= until)) first.apply(event);
  const restored = restoreEngine(first.save(), TIERED);
  if (!restored.ok) throw new Error(restored.fault.message);
  const rest = follow(
    restored.value,
    events.filter(({ seenTime }) => seenTime > until),
  );
  expect(rest.map(({ second, phase }) => [second, phase]).slice(1)).toEqual(
    expected.map(({ second, phase }) => [second, phase]).slice(3),
  );
  expect(restored.value.facts()).toEqual(whole.facts());
});

test('a past filled in from bars says nothing of a cascade: no range, no prints', () => {
  const engine = createEngine(TIERED);
  const venue = eventsOf(instrumentOf('binance'));
  const bars = Array.from({ length: 30 }, (_, i) => [
    venue.bar((i + 1) * 300_000, 300_000, [ENTRY, ENTRY + 30, ENTRY - 30, ENTRY], 10_000),
    venue.openInterest((i + 1) * 300_000, 100 + Math.min(i, 8) * 2_000),
  ]).flat();
  const events = [venue.listed(), ...bars];
  for (const event of events) engine.apply(event);
  expect(engine.clusters().length).toBeGreaterThan(0);
  expect(engine.facts().cascade).toMatchObject({ phase: 'idle', minuteRange: undefined, hasPrints: false });
});
