import { expect, test } from 'vitest';
import { createEngine, INPUT_BIT, type MarketEvent, type UnixMs } from '../src/index.js';
import { eventsOf, instrumentOf, START, withTicks } from './market.js';

const venue = eventsOf(instrumentOf('binance'));
const engineOf = () => createEngine({ symbol: 'BTCUSDT', venues: ['binance'] });

test('without open interest the frame says relative and prior-only, and still shows exposure', () => {
  const engine = engineOf();
  const trades = Array.from({ length: 30 }, (_, s) => venue.trade(s * 1_000 + 500, 60_000 + s, 10));
  for (const event of withTicks([venue.listed(), ...trades], 30)) engine.apply(event);
  const { facts, now, tiles } = engine.frame();
  expect(facts.scale).toBe('relative');
  expect(facts.basis).toBe('prior-only');
  expect(facts.inputs).toBe(INPUT_BIT.trades);
  expect(now!.long.p50.some((value) => value > 0)).toBe(true);
  expect(tiles.some((tile) => tile.cells.some((code) => code > 0))).toBe(true);
});

test('with open interest the frame is in USD', () => {
  const engine = engineOf();
  for (const event of [venue.listed(), venue.trade(0, 60_000), venue.openInterest(10, 5_000)]) engine.apply(event);
  expect(engine.frame().facts.scale).toBe('usd');
  expect(engine.totals()[0]!.long.openInterest).toBeCloseTo(5_000, 9);
});

test('a late eventTime is placed by its own time and known from its seenTime', () => {
  const engine = engineOf();
  for (const event of withTicks(
    [venue.listed(), venue.trade(0, 60_000), venue.liquidation(9_000, 8_000, 59_000)],
    10,
  )) {
    expect(engine.apply(event)).toBeUndefined();
  }
  const [print] = engine.frame().facts.prints;
  expect(print).toMatchObject({ eventTime: START + 1_000, seenTime: START + 9_000, notional: 118_000 });
});

test('a decreasing seenTime is a counted rejection that changes nothing else', () => {
  const engine = engineOf();
  for (const event of [venue.listed(), venue.trade(5_000, 60_000)]) engine.apply(event);
  const before = engine.frame().now;
  expect(engine.apply(venue.trade(4_999, 50_000))).toMatchObject({ code: 'out-of-order', field: 'trade.seenTime' });
  expect(engine.frame().now).toEqual(before);
  expect(engine.frame().facts.rejections).toEqual({ 'out-of-order': 1 });
});

test.each([
  ['a NaN mark', venue.mark(1, Number.NaN), 'mark.price must be positive, was NaN'],
  ['a trade without size', venue.trade(1, 60_000, 0), 'trade.size must be positive, was 0'],
  [
    'an infinite open interest',
    venue.openInterest(1, Number.POSITIVE_INFINITY),
    'open-interest.size must be not negative, was Infinity',
  ],
  ['a bar upside down', venue.bar(1, 1_000, [5, 4, 6, 5]), 'bar.low must not exceed high, was 6 over 4'],
] as const)('%s is rejected by field and rule', (_, event: MarketEvent, message) => {
  const engine = engineOf();
  engine.apply(venue.listed());
  expect(engine.apply(event)?.message).toBe(message);
});

test('an instrument nobody announced and one of another symbol are rejected by name', () => {
  const engine = engineOf();
  expect(engine.apply(venue.trade(0, 1))?.code).toBe('unknown-instrument');
  const other = { ...instrumentOf('binance'), symbol: 'ETHUSDT' };
  expect(engine.apply(eventsOf(other).listed())?.message).toBe('instrument.spec.symbol must be BTCUSDT, was ETHUSDT');
});

test('bars covered by trades add no volume a second time', () => {
  const totalOf = (events: readonly MarketEvent[]) => {
    const engine = engineOf();
    for (const event of withTicks([venue.listed(), ...events], 70)) engine.apply(event);
    return engine.totals()[0]!.long.openInterest;
  };
  const trades = Array.from({ length: 60 }, (_, s) => venue.trade(s * 1_000 + 1, 60_000, 5));
  const bar = venue.bar(61_000, 60_000, [60_000, 60_000, 60_000, 60_000], 300);
  expect(totalOf([...trades, bar])).toBe(totalOf(trades));
  expect(totalOf([bar])).toBeGreaterThan(0);
});

test('silence longer than a column leaves a gap instead of a stretched column', () => {
  const engine = engineOf();
  engine.apply(venue.listed());
  engine.apply(venue.trade(0, 60_000, 10));
  for (const ms of [1_000, 2_000, 3_000, 60_000, 61_000, 62_000])
    engine.apply({ kind: 'tick', seenTime: (START + ms) as UnixMs });
  const ends = engine
    .frame()
    .tiles.filter((tile) => tile.resolutionMs === 1_000)
    .flatMap((tile) => tile.heads.map((head) => head.endTime - START));
  expect(ends).toEqual([1_000, 2_000, 3_000, 61_000, 62_000]);
});

test.each([
  [{ symbol: 'btc usdt', venues: ['binance'] }, /^symbol must match/],
  [{ symbol: 'BTCUSDT', venues: [] }, /^venues must name at least one venue/],
  [{ symbol: 'BTCUSDT', venues: ['nowhere'] }, /^venues must hold known venue ids, was "nowhere"/],
  [{ symbol: 'BTCUSDT', venues: ['binance'], resolutions: [500] }, /^resolutions must be whole seconds, was 500 ms/],
] as const)('options %j throw a rule', (options, rule) => {
  expect(() => createEngine(options as never)).toThrow(rule);
});

test('without trades or bars, opened positions are entered at the mark', () => {
  const engine = engineOf();
  const reports = [10, 20, 30].map((s, i) => venue.openInterest(s * 1_000, 1_000 + i * 500));
  for (const event of withTicks([venue.listed(), venue.mark(0, 60_000), ...reports], 30)) engine.apply(event);
  const near = engine.density({ edges: Float64Array.of(45_000, 59_820, 60_180, 80_000), unit: 'contract' });
  expect(near.long[0]!).toBeGreaterThan(500);
  expect(near.short[2]!).toBeGreaterThan(500);
  expect(engine.totals()[0]!.long.openInterest).toBeCloseTo(2_000, 6);
});

test('a trade whose size times its price overflows throws nothing', () => {
  const engine = engineOf();
  engine.apply(venue.listed());
  expect(() => engine.apply(venue.trade(0, 60_000, 1e307))).not.toThrow();
});
