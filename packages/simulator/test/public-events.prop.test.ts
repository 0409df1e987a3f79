import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkBrackets,
  venueOf,
  type DepthLevels,
  type Liquidation,
  type MarketEvent,
} from '@liquidation-heatmap/core';
import { createMarket, simulatedEvents, type TrueForcedClose } from '../src/index.js';
import { NERVOUS, START, THREE_VENUES, anyMarket, must } from './market-kit.js';

/** Every field an event may carry: those of core's model and nothing of the truth. */
const FIELDS: Partial<Record<MarketEvent['kind'], readonly string[]>> = {
  'trade': ['id', 'priceTicks', 'size', 'takerSide'],
  'bar': ['durationMs', 'open', 'high', 'low', 'close', 'size', 'takerBuySize'],
  'mark': ['price'],
  'mark-bar': ['durationMs', 'open', 'high', 'low', 'close'],
  'open-interest': ['size'],
  'funding': ['rate', 'nextTime'],
  'liquidation': ['positionSide', 'price', 'priceKind', 'size', 'completeness'],
  'book-snapshot': ['bids', 'asks'],
  'book-delta': ['bids', 'asks'],
  'instrument': ['spec'],
  'brackets': ['table'],
};

function checkFields(event: MarketEvent): void {
  const expected =
    event.kind === 'tick'
      ? ['kind', 'seenTime']
      : ['kind', 'instrument', 'eventTime', 'seenTime', ...FIELDS[event.kind]!];
  const found = Object.keys(event);
  must(
    found.length === expected.length && found.every((field) => expected.includes(field)),
    `${event.kind} has the fields ${found.join(' ')}`,
  );
}

function isCandle({ open, high, low, close }: { open: number; high: number; low: number; close: number }): boolean {
  return low > 0 && high < Infinity && low <= Math.min(open, close) && high >= Math.max(open, close);
}

/** The simulated market always knows what takers bought. */
function isPart(part: number | undefined, whole: number): boolean {
  return part !== undefined && part >= 0 && part <= whole;
}

function isAmount(...values: number[]): boolean {
  return values.every((value) => value > 0 && Number.isFinite(value));
}

function isValid(event: MarketEvent): boolean {
  switch (event.kind) {
    case 'trade':
      return Number.isInteger(event.priceTicks) && isAmount(event.priceTicks, event.size);
    case 'mark':
      return isAmount(event.price);
    case 'liquidation':
      return isAmount(event.price, event.size);
    case 'open-interest':
      return isAmount(event.size);
    case 'bar':
      return isCandle(event) && isAmount(event.size) && isPart(event.takerBuySize, event.size);
    case 'mark-bar':
      return isCandle(event);
    case 'brackets':
      return checkBrackets(event.table).ok;
    default:
      return true;
  }
}

test('public events are ordered by seenTime, none is seen before it happened, values are valid, and nothing of the truth is in them', () => {
  fc.assert(
    fc.property(anyMarket, (options) => {
      let seen = -Infinity;
      let ticks = 0;
      const ids = new Map<string, number>();
      for (const event of simulatedEvents(options, { historyMs: 1_800_000, stepMs: 60_000, liveMs: 60_000 })) {
        must(event.seenTime >= seen, `${event.kind} was seen at ${event.seenTime}, after ${seen}`);
        seen = event.seenTime;
        if (event.kind === 'tick') ticks++;
        else must(event.eventTime <= event.seenTime, `${event.kind} was seen before it happened`);
        checkFields(event);
        must(isValid(event), `${event.kind} has a value without meaning: ${JSON.stringify(event)}`);
        if (event.kind !== 'trade') continue;
        must(Number(event.id) === (ids.get(event.instrument) ?? 0) + 1, `trade ${event.id} is out of order`);
        ids.set(event.instrument, Number(event.id));
      }
      expect(ticks).toBe(6 + 60);
    }),
    { numRuns: 12 },
  );
});

test('snapshot and deltas keep about 100 levels a side, never crossed, nothing deleted that is not there', () => {
  fc.assert(
    fc.property(anyMarket, (options) => {
      const books = new Map<string, { bids: Map<number, number>; asks: Map<number, number> }>();
      const market = createMarket(options);
      for (const event of market.events(market.time + 60_000)) {
        if (event.kind !== 'book-snapshot' && event.kind !== 'book-delta') continue;
        const book = books.get(event.instrument) ?? {
          bids: new Map<number, number>(),
          asks: new Map<number, number>(),
        };
        expect(books.has(event.instrument)).toBe(event.kind === 'book-delta');
        books.set(event.instrument, book);
        applyLevels(book.bids, event.bids);
        applyLevels(book.asks, event.asks);
        expect(book.bids.size).toBe(100);
        expect(book.asks.size).toBe(100);
        expect(Math.max(...book.bids.keys())).toBeLessThan(Math.min(...book.asks.keys()));
      }
      expect(books.size).toBe(options.venues!.length);
    }),
    { numRuns: 8 },
  );
});

function applyLevels(side: Map<number, number>, { ticks, sizes }: DepthLevels): void {
  expect(new Set(ticks).size).toBe(ticks.length);
  for (let i = 0; i < ticks.length; i++) {
    must(Number.isInteger(ticks[i]) && ticks[i]! > 0, `a level at ${ticks[i]} ticks`);
    if (sizes[i]! > 0) side.set(ticks[i]!, sizes[i]!);
    else must(side.delete(ticks[i]!), `a level at ${ticks[i]} ticks was deleted that is not there`);
  }
}

describe('every print has truth behind it', () => {
  const options = { seed: 'prints', symbol: 'BTCUSDT', startTime: START, venues: THREE_VENUES, world: NERVOUS };
  const isBehind = (print: Liquidation) => (close: TrueForcedClose) =>
    close.venue === venueOf(print.instrument) &&
    close.side === print.positionSide &&
    close.size === print.size &&
    close.closedAt <= print.eventTime &&
    print.eventTime <= close.closedAt + 1000;

  test('a complete feed prints each forced close once', () => {
    const market = createMarket({ ...options, liquidations: 'complete' });
    const until = market.time + 60_000;
    const prints = [...market.events(until)].filter((event) => event.kind === 'liquidation');
    const left = [...market.truth().forcedCloses];
    for (const print of prints) {
      const index = left.findIndex(isBehind(print));
      expect(index).toBeGreaterThanOrEqual(0);
      left.splice(index, 1);
    }
    expect(prints.length).toBeGreaterThan(30);
    expect(left.filter(({ closedAt }) => closedAt < until - 10_000)).toEqual([]);
  });

  test('a throttled feed prints the largest forced close a second, venue and side', () => {
    const market = createMarket(options);
    const prints = market.advance(market.time + 60_000).filter((event) => event.kind === 'liquidation');
    const { forcedCloses } = market.truth();
    const seconds = new Set<string>();
    for (const print of prints) {
      const close = forcedCloses.find(isBehind(print))!;
      const second = `${close.venue} ${close.side} ${close.closedAt}`;
      expect(seconds.has(second)).toBe(false);
      seconds.add(second);
      const rivals = forcedCloses.filter(({ venue, side, closedAt }) => `${venue} ${side} ${closedAt}` === second);
      expect(print.size).toBe(Math.max(...rivals.map(({ size }) => size)));
      expect(print.completeness).toBe('throttled');
    }
    expect(prints.length).toBeGreaterThan(15);
    expect(prints.length).toBeLessThan(forcedCloses.length);
  });

  test('a market without a print feed prints nothing though positions are closed by force', () => {
    const market = createMarket({ ...options, liquidations: 'none' });
    expect(market.advance(market.time + 60_000).some(({ kind }) => kind === 'liquidation')).toBe(false);
    expect(market.truth().forcedCount).toBeGreaterThan(0);
  });
});
