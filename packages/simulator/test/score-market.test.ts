import { describe, expect, test } from 'vitest';
import type { Liquidation, MarketEvent, OpenInterest } from '@liquidation-heatmap/core';
import {
  SCORE_WORLDS,
  checkScoreMarketOptions,
  createScoreMarket,
  trueDensity,
  type LiquidationFeed,
  type MarketTruth,
  type ScoreMarketOptions,
} from '../src/index.js';
import { hashEvents, must } from './market-kit.js';

const HOUR = 3_600_000;
const NAMES = SCORE_WORLDS.map(({ name }) => name);
/** Few agents for half a day: enough for every path, not for figures. */
const small = (world: string, feed: LiquidationFeed = 'complete', seed = 2): ScoreMarketOptions => ({
  world,
  seed,
  days: 0.5,
  feed,
  population: 600,
});

function ofKind<Kind extends MarketEvent['kind']>(
  events: readonly MarketEvent[],
  kind: Kind,
): Extract<MarketEvent, { kind: Kind }>[] {
  return events.filter((event) => event.kind === kind) as Extract<MarketEvent, { kind: Kind }>[];
}

test.each(NAMES)('%s: the same seed gives the same bytes and the same truth, another seed other ones', (world) => {
  const run = (seed: number): { hash: number; truth: MarketTruth } => {
    const market = createScoreMarket({ ...small(world, 'throttled-largest', seed), population: 300 });
    return { hash: hashEvents(market.events(market.startTime + 2 * HOUR)), truth: market.truth() };
  };
  const once = run(1);
  expect(run(1)).toEqual(once);
  expect(run(2).hash).not.toBe(once.hash);
});

describe('the stream of bars', () => {
  const busy = { ...small('isolated-heavy'), population: 2000 };
  const market = createScoreMarket(busy);
  const events = market.advance(market.endTime);

  test('is one-minute bars, open interest and ratios each 5 minutes, funding each 8 hours, one tick a minute, nothing else', () => {
    const minutes = (market.endTime - market.startTime) / 60_000;
    expect(ofKind(events, 'bar').length).toBe(minutes);
    expect(ofKind(events, 'mark-bar').length).toBe(minutes);
    expect(ofKind(events, 'tick').length).toBe(minutes);
    // The last report is still on its way at the end.
    expect(ofKind(events, 'open-interest').length).toBe(minutes / 5 - 1);
    expect(ofKind(events, 'long-short-ratio').length).toBe(2 * (minutes / 5 - 1));
    expect(ofKind(events, 'funding').length).toBe(1);
    const kinds = new Set(events.map(({ kind }) => kind));
    for (const kind of ['trade', 'mark', 'book-snapshot', 'book-delta'] as const) expect(kinds.has(kind)).toBe(false);
  });

  test('comes in order of when it is seen, and bars follow one another without a step', () => {
    events.forEach((event, i) => must(i === 0 || event.seenTime >= events[i - 1]!.seenTime, `${event.kind} is late`));
    for (const kind of ['bar', 'mark-bar'] as const) {
      const bars = ofKind(events, kind);
      bars.forEach((bar, i) => {
        must(bar.low <= Math.min(bar.open, bar.close), `the low of ${kind} ${i} lies above its ends`);
        must(bar.high >= Math.max(bar.open, bar.close), `the high of ${kind} ${i} lies below its ends`);
        if (i > 0) expect(bar.open).toBe(bars[i - 1]!.close);
      });
    }
  });

  test('the mark-bars reach every liquidation price at which a position was closed', () => {
    const bars = ofKind(events, 'mark-bar');
    const { forcedCloses } = market.truth();
    const within = forcedCloses.filter(({ closedAt }) => closedAt > market.startTime);
    expect(within.length).toBeGreaterThan(10);
    for (const { side, liquidationPrice, closedAt } of within) {
      const bar = bars[Math.ceil((closedAt - market.startTime) / 60_000) - 1]!;
      must(
        side === 'long' ? bar.low <= liquidationPrice : bar.high >= liquidationPrice,
        'a close outside its mark-bar',
      );
    }
  });

  test('a published share of longs is near the true one, and not it', () => {
    const [venue] = market.truth().venues;
    const longs = venue!.positions.filter(({ side }) => side === 'long').length / venue!.positions.length;
    const told = ofKind(events, 'long-short-ratio').filter(({ population }) => population === 'all-accounts');
    expect(Math.abs(told.at(-1)!.longShare - longs)).toBeLessThan(0.12);
    expect(told.at(-1)!.longShare).not.toBeCloseTo(longs, 4);
  });

  test('advancing in pieces gives the same events as advancing at once', () => {
    const parts = createScoreMarket(busy);
    const pieces: MarketEvent[] = [];
    for (let until = parts.startTime; until <= parts.endTime; until += 1_234_567) pieces.push(...parts.advance(until));
    pieces.push(...parts.advance(parts.endTime));
    expect(hashEvents(pieces)).toBe(hashEvents(events));
  });
});

describe('feeds of liquidations', () => {
  const printsOf = (feed: LiquidationFeed, world = 'round-leverage'): { prints: Liquidation[]; truth: MarketTruth } => {
    const market = createScoreMarket({ ...small(world, feed, 1), days: 1, population: 3000 });
    return { prints: ofKind(market.advance(market.endTime), 'liquidation'), truth: market.truth() };
  };
  const all = printsOf('complete');

  test('what is shown does not move the market', () => {
    for (const feed of ['throttled', 'throttled-largest', 'throttled-latest', 'none'] as const)
      expect(printsOf(feed).truth).toEqual(all.truth);
  });

  test.each(['throttled-largest', 'throttled-latest'] as const)('%s prints one a second, of both sides', (feed) => {
    const { prints } = printsOf(feed);
    const secondOf = ({ eventTime }: Liquidation): number => Math.floor(eventTime / 1000);
    expect(new Set(prints.map(secondOf)).size).toBe(prints.length);
    expect(prints.length).toBeLessThan(all.prints.length);
    expect(prints.length).toBe(new Set(all.prints.map(secondOf)).size);
    for (const print of prints) {
      const rivals = all.prints.filter((other) => secondOf(other) === secondOf(print));
      const best = feed === 'throttled-largest' ? Math.max(...rivals.map(({ size }) => size)) : rivals.at(-1)!.size;
      expect(print.size).toBe(best);
      expect(print.completeness).toBe('throttled');
    }
  });

  test('prints are seen about a second late, in order', () => {
    const late = all.prints.map(({ seenTime, eventTime }) => seenTime - eventTime).sort((a, b) => a - b);
    expect(late[0]).toBeGreaterThan(500);
    expect(late[late.length >> 1]).toBeGreaterThan(800);
    expect(late[late.length >> 1]).toBeLessThan(2000);
  });

  test('a feed of none prints nothing, and a venue without prints keeps silent whatever is asked', () => {
    expect(printsOf('none').prints).toEqual([]);
    const { prints, truth } = printsOf('complete', 'several-venues');
    const venues = (list: readonly { venue: string }[]): Set<string> => new Set(list.map(({ venue }) => venue));
    expect(venues(truth.forcedCloses)).toEqual(new Set(['binance', 'bybit', 'hyperliquid']));
    const told = new Map(prints.map(({ instrument, completeness }) => [instrument, completeness]));
    expect(Object.fromEntries(told)).toEqual({ 'binance:BTCUSDT': 'throttled', 'bybit:BTCUSDT': 'complete' });
  });
});

describe('reports of open interest', () => {
  const reportsOf = (world: string): { market: MarketTruth; reports: OpenInterest[]; errors: number[] } => {
    const market = createScoreMarket({ ...small(world), days: 2 });
    const reports: OpenInterest[] = [];
    const errors: number[] = [];
    const right = new Map<number, number>();
    for (let time = market.startTime + 300_000; time <= market.endTime; time += 300_000) {
      for (const event of market.events(time)) if (event.kind === 'open-interest') reports.push(event);
      right.set(time, market.truth().venues[0]!.openInterest);
    }
    for (const { eventTime, size } of reports) errors.push(Math.log(size / right.get(eventTime)!));
    return { market: market.truth(), reports, errors };
  };

  test('are right and within seconds where the world does not say otherwise', () => {
    const { reports, errors } = reportsOf('contrarian');
    expect(Math.max(...errors.map(Math.abs))).toBe(0);
    expect(Math.max(...reports.map(({ seenTime, eventTime }) => seenTime - eventTime))).toBeLessThan(5000);
  });

  test('come minutes late, in order, in the late world', () => {
    const { reports, errors } = reportsOf('late-open-interest');
    expect(Math.max(...errors.map(Math.abs))).toBe(0);
    for (const { seenTime, eventTime } of reports) expect(seenTime - eventTime).toBeGreaterThan(60_000);
    reports.forEach(({ eventTime }, i) => must(i === 0 || eventTime > reports[i - 1]!.eventTime, 'a report overtook'));
  });

  test('err by 2 % and now and then by more in the wrong world, while the truth reconciles', () => {
    const { errors, market } = reportsOf('wrong-open-interest');
    const usual = errors.filter((error) => Math.abs(error) < 0.07);
    const spread = Math.sqrt(usual.reduce((sum, error) => sum + error ** 2, 0) / usual.length);
    expect(spread).toBeGreaterThan(0.015);
    expect(spread).toBeLessThan(0.025);
    const spikes = errors.length - usual.length;
    expect(spikes).toBeGreaterThan(0);
    expect(spikes).toBeLessThan(0.1 * errors.length);
    const [venue] = market.venues;
    expect(venue!.agentSteps.long + venue!.hedgerSteps.long).toBe(venue!.openInterestSteps);
  });
});

test.each([1, 2, 3])(
  'the flash crash takes about half of the open interest within the span, and it stays away, seed %d',
  (seed) => {
    const market = createScoreMarket({ ...small('flash-crash', 'none', seed), days: 2 });
    const [shock] = market.truth().world.shocks;
    const openInterest = (): number => market.truth().venues[0]!.openInterest;
    market.advance(market.startTime + shock!.afterMs);
    const before = openInterest();
    market.advance(market.startTime + shock!.afterMs + shock!.durationMs + 600_000);
    const after = openInterest();
    expect(market.time).toBeLessThan(market.endTime);
    expect(after / before).toBeGreaterThan(0.3);
    expect(after / before).toBeLessThan(0.65);
    market.advance(market.endTime);
    expect(openInterest() / before).toBeLessThan(0.75);
  },
);

test('more agents make the truth smoother: its share in bins of 0.25 % is less ragged', () => {
  const raggedness = (population: number): number => {
    const truth = createScoreMarket({ ...small('momentum'), population }).truth();
    const { mark } = truth.venues[0]!;
    const edges = Float64Array.from({ length: 49 }, (_, i) => mark * (0.88 + 0.0025 * i));
    const { long } = trueDensity(truth, { edges, unit: 'usd' });
    const total = long.reduce((sum, usd) => sum + usd, 0);
    return long.reduce((sum, usd, i) => sum + Math.abs(usd - (long[i - 1] ?? usd)) / total, 0);
  };
  expect(raggedness(12_000)).toBeLessThan(0.75 * raggedness(300));
});

test.each<[string, Partial<ScoreMarketOptions>]>([
  ['world', { world: 'nowhere' }],
  ['days', { days: 0 }],
  ['days', { days: Number.NaN }],
  ['feed', { feed: 'all' as LiquidationFeed }],
  ['symbol', { symbol: 'FOOUSDT' }],
  ['population', { population: 2.5 }],
  ['stepMs', { stepMs: 7000 }],
])('a bad %s is named with its rule', (field, bad) => {
  expect(checkScoreMarketOptions({ ...small('momentum'), ...bad })?.field).toBe(field);
  expect(() => createScoreMarket({ ...small('momentum'), ...bad })).toThrow(`${field}: `);
});
