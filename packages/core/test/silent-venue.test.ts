import { expect, test } from 'vitest';
import { createEngine, restoreEngine, type Engine, type MarketEvent, type VenueId } from '../src/index.js';
import { eventsOf, firstDifference, instrumentOf, START } from './market.js';

const OPTIONS = { symbol: 'BTCUSDT', venues: ['binance', 'bybit'], resolutions: [60_000] } as never;
const MINUTE = 60_000;
/** Bybit trades half a percent higher. */
const BASIS = 1.005;
const SILENT_AT = 5;
/** Long enough for a silent venue's positions to be aged. */
const MINUTES = 22;

/** Marks every ten seconds: flat for five minutes, then down to `low` over five more, and there. */
function priceAt(ms: number, low: number): number {
  const fallen = Math.min(1, Math.max(0, ms / MINUTE - SILENT_AT) / 5);
  return 60_000 + (low - 60_000) * fallen;
}

function session(id: VenueId, ratio: number, low: number, until: number, from = 0): readonly MarketEvent[] {
  const venue = eventsOf(instrumentOf(id));
  const events: MarketEvent[] = from === 0 ? [venue.listed()] : [];
  for (let ms = from; ms < until; ms += 10_000) {
    events.push(venue.mark(ms + 100, priceAt(ms, low) * ratio));
    events.push(venue.trade(ms + 150, priceAt(ms, low) * ratio, 10));
    if (ms % MINUTE === 0) events.push(venue.openInterest(ms + 200, 10_000 + ms / 1_000));
  }
  return events;
}

/** Both venues, of which Bybit is silent from `until` minutes on. */
function marketOf(low: number, until: number, minutes = MINUTES): readonly MarketEvent[] {
  const events = [...session('binance', 1, low, minutes * MINUTE), ...session('bybit', BASIS, low, until * MINUTE)];
  return events.toSorted((a, b) => a.seenTime - b.seenTime);
}

function run(events: readonly MarketEvent[], engine = createEngine(OPTIONS)): Engine {
  for (const event of events) expect(engine.apply(event)).toBeUndefined();
  return engine;
}

/** Bybit's longs between two prices of the reference, USD. */
function longsOf(engine: Engine, from: number, to: number): number {
  return engine.density({ edges: Float64Array.of(from, to), unit: 'usd', venue: 'bybit' }).long[0]!;
}

test('S20: what price passes while a venue is silent is gone from its books too', () => {
  const low = 57_000;
  const before = run(marketOf(low, SILENT_AT, SILENT_AT));
  const silent = run(marketOf(low, SILENT_AT, 15));
  const all = longsOf(before, 40_000, 61_000);
  expect(longsOf(before, low, 61_000)).toBeGreaterThan(0.2 * all);
  expect(longsOf(silent, low + 60, 61_000)).toBeLessThan(1e-3 * all);
  expect(longsOf(silent, 40_000, 61_000)).toBeLessThan(0.9 * all);
});

test('places of a silent venue do not move with the price of another', () => {
  const before = run(marketOf(57_000, SILENT_AT, SILENT_AT));
  const silent = run(marketOf(57_000, SILENT_AT, 15));
  for (const from of [42_000, 43_000, 44_000]) {
    expect(longsOf(silent, from, from + 1_000) / longsOf(before, from, from + 1_000)).toBeCloseTo(1, 1);
  }
});

test('the longer a venue is silent the wider its bands, and its columns say who contributed', () => {
  const widthOf = (minutes: number): number => {
    const engine = run(marketOf(60_000, SILENT_AT, minutes));
    const { long, short, low, high } = engine.density({
      edges: Float64Array.of(55_000, 57_000),
      unit: 'usd',
      venue: 'bybit',
    });
    return (high[0]! - low[0]!) / (long[0]! + short[0]!);
  };
  expect(widthOf(MINUTES)).toBeGreaterThan(1.002 * widthOf(SILENT_AT));
  const { tiles } = run(marketOf(60_000, SILENT_AT)).frame();
  const venues = tiles.flatMap(({ heads }) => heads.map((head) => head.venues));
  expect(venues[SILENT_AT - 2]).toBe(0b11);
  expect(venues.at(-1)).toBe(0b01);
});

test('nothing leads the reference, and a venue that speaks again is taken at its word', () => {
  const engine = run(marketOf(58_200, SILENT_AT));
  const back = session('bybit', 1.01, 58_200, (MINUTES + 1) * MINUTE, MINUTES * MINUTE);
  run(back, engine);
  expect(engine.estimates.get('bybit:BTCUSDT')!.priceAt(engine.clock)).toBeCloseTo(58_200 * 1.01, 3);
  const other = createEngine(OPTIONS);
  const events = [
    ...session('bybit', 1, 58_200, MINUTES * MINUTE),
    ...session('binance', 1, 58_200, SILENT_AT * MINUTE),
  ];
  run(
    events.toSorted((a, b) => a.seenTime - b.seenTime),
    other,
  );
  expect(other.referencePrice()).toBe(60_000);
});

test('what is passed while a venue is silent teaches nothing: its liquidations are not heard either', () => {
  const watched: MarketEvent = {
    kind: 'resumed',
    instrument: 'bybit:BTCUSDT',
    eventTime: START,
    seenTime: START,
    channel: 'liquidations',
  };
  const lessons = (minutes: number): number => {
    const [first, second, ...others] = marketOf(57_000, SILENT_AT, minutes);
    return run([first!, second!, watched, ...others]).estimates.get('bybit:BTCUSDT')!.learner.count;
  };
  expect(lessons(15)).toBe(lessons(SILENT_AT + 1));
});

test('a checkpoint in the middle of a silence goes on to the same bytes', () => {
  const events = marketOf(58_200, SILENT_AT);
  const whole = run(events);
  const cut = events.findIndex(({ seenTime }) => seenTime > events[0]!.seenTime + 12 * MINUTE);
  const restored = restoreEngine(run(events.slice(0, cut)).save(), OPTIONS);
  if (!restored.ok) throw new Error(restored.fault.message);
  run(events.slice(cut), restored.value);
  expect(firstDifference(restored.value.save(), whole.save())).toBeUndefined();
});
