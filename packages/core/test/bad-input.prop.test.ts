import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine, type Engine, type EngineOptions, type MarketEvent, type UnixMs } from '../src/index.js';
import { packState } from '../src/engine/pack-state.js';
import { eventsOf, firstDifference, instrumentOf, START, withTicks } from './market.js';

const OPTIONS: EngineOptions = { symbol: 'BTCUSDT', venues: ['binance'], resolutions: [1_000] as never };
const venue = eventsOf(instrumentOf('binance'));
const NOW = 20_000;

/** Half a minute of every kind of event. */
const session: readonly MarketEvent[] = withTicks(
  [
    venue.listed(),
    ...Array.from({ length: 18 }, (_, s) => [
      venue.mark(s * 1_000 + 100, 60_000 + s * 10),
      venue.trade(s * 1_000 + 200, 60_000 + s * 10, 2),
      venue.bar(s * 1_000 + 300, 1_000, [60_000, 60_100, 59_900, 60_050], 50),
      venue.openInterest(s * 1_000 + 400, 1_000 + s * 20),
      venue.liquidation(s * 1_000 + 500, 0, 60_000, 0.5),
    ]).flat(),
  ],
  18,
);

const at = {
  instrument: 'binance:BTCUSDT',
  eventTime: (START + NOW) as UnixMs,
  seenTime: (START + NOW) as UnixMs,
} as const;
const levels = { ticks: Float64Array.of(600_000, 599_990), sizes: Float64Array.of(1, 2) };
/** One good event of each kind that carries numbers, and the fields that can be spoiled. */
const GOOD: readonly (readonly [MarketEvent, readonly string[]])[] = [
  [venue.mark(NOW, 60_000), ['price', 'seenTime', 'eventTime']],
  [venue.trade(NOW, 60_000, 1), ['priceTicks', 'size', 'seenTime', 'eventTime']],
  [
    venue.bar(NOW, 1_000, [60_000, 60_100, 59_900, 60_050]),
    ['open', 'high', 'low', 'close', 'size', 'takerBuySize', 'durationMs'],
  ],
  [venue.openInterest(NOW, 1_000), ['size', 'seenTime']],
  [venue.liquidation(NOW, 0, 60_000, 1), ['price', 'size', 'eventTime']],
  [{ kind: 'long-short-ratio', ...at, longShare: 0.5, population: 'accounts' } as never, ['longShare']],
  [{ kind: 'funding', ...at, rate: 0.0001, nextTime: at.seenTime } as never, ['rate']],
];
/** What no field may hold; what single fields may not hold stands below. */
const SPOILED: readonly unknown[] = [Number.NaN, Infinity, -Infinity, undefined, null, 'x', '60000', {}, []];

const spoiledField = fc
  .constantFrom(...GOOD)
  .chain(([event, fields]) => fc.tuple(fc.constant(event), fc.constantFrom(...fields), fc.constantFrom(...SPOILED)))
  .map(([event, field, value]) => ({ ...event, [field]: value }) as MarketEvent);
const brokenRule = fc.constantFrom<MarketEvent>(
  { ...venue.openInterest(NOW, 1), size: -1 as never } as MarketEvent,
  { ...venue.mark(NOW, 1), price: 0 as never } as MarketEvent,
  { ...venue.trade(NOW, 1), size: -2 as never } as MarketEvent,
  venue.bar(NOW, 1_000, [60_000, 59_000, 60_100, 60_050]),
  { kind: 'long-short-ratio', ...at, longShare: 1.2, population: 'accounts' } as never,
  venue.mark(1_000, 60_000),
  { ...venue.mark(NOW, 60_000), instrument: 'bybit:BTCUSDT' } as MarketEvent,
  { ...venue.mark(NOW, 60_000), instrument: 'nonsense' } as never,
  { kind: 'instrument', ...at, spec: { ...instrumentOf('binance'), symbol: 'ETHUSDT' } },
  { kind: 'instrument', ...at, instrument: 'okx:BTCUSDT', spec: instrumentOf('okx') },
  { kind: 'instrument', ...at, spec: { ...instrumentOf('binance'), tickSize: '0' } },
  { kind: 'instrument', ...at, spec: { ...instrumentOf('binance'), tickSize: 'a tenth' } },
  { kind: 'book-snapshot', ...at, bids: { ...levels, sizes: Float64Array.of(1) }, asks: levels },
  { kind: 'book-delta', ...at, bids: levels, asks: { ...levels, sizes: Float64Array.of(1, -2) } },
  { kind: 'book-delta', ...at, bids: { ...levels, ticks: Float64Array.of(600_000, Number.NaN) }, asks: levels },
  { kind: 'a kind of tomorrow', ...at } as never,
);
const bad = fc.oneof(spoiledField, brokenRule);

function played(): Engine {
  const engine = createEngine(OPTIONS);
  for (const event of session) expect(engine.apply(event)).toBeUndefined();
  return engine;
}

/** Everything that decides what comes next, without the count of what was refused. */
function futureOf(engine: Engine): Uint8Array {
  return packState({ ...engine.state(), rejections: [] });
}

test('a bad event is refused with field and rule, counted, and changes nothing else', () => {
  const engine = played();
  const before = futureOf(engine);
  fc.assert(
    fc.property(bad, (event) => {
      const counted = engine.facts().rejections;
      const fault = engine.apply(event);
      expect(fault).toBeDefined();
      expect(fault!.message).toContain(fault!.field);
      const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, n) => sum + n, 0);
      expect(total(engine.facts().rejections)).toBe(total(counted) + 1);
      expect(engine.facts().rejections[fault!.code]).toBe((counted[fault!.code] ?? 0) + 1);
      expect(firstDifference(futureOf(engine), before)).toBeUndefined();
    }),
    { numRuns: 80 },
  );
});

test('what comes after bad events is what would have come without them', () => {
  const rest = Array.from({ length: 5 }, (_, s) => [
    venue.mark(NOW + s * 1_000 + 100, 60_200),
    venue.openInterest(NOW + s * 1_000 + 400, 1_500),
  ]).flat();
  const clean = played();
  for (const event of rest) clean.apply(event);
  const expected = futureOf(clean);
  fc.assert(
    fc.property(fc.array(bad, { maxLength: 10 }), (events) => {
      const engine = played();
      for (const event of [...events, ...rest]) engine.apply(event);
      expect(firstDifference(futureOf(engine), expected)).toBeUndefined();
    }),
    { numRuns: 6 },
  );
});
