import type {
  ContractSize,
  DurationMs,
  Instrument,
  MarketEvent,
  Price,
  PriceTicks,
  UnixMs,
  VenueId,
} from '../src/index.js';

/** Start of the hand-made sessions: a whole hour. */
export const START = Date.UTC(2024, 7, 5, 12) as UnixMs;

/** A linear contract of a venue, tick 0.1. */
export function instrumentOf(venue: VenueId, kind: 'linear' | 'inverse' = 'linear'): Instrument {
  return {
    id: `${venue}:BTCUSDT`,
    venue,
    ownSymbol: 'BTCUSDT',
    symbol: 'BTCUSDT',
    kind,
    tickSize: '0.1',
    sizeStep: '0.001',
    contractMultiplier: 1,
  };
}

/** Builds events of one instrument with times in ms after `START`. */
export function eventsOf(spec: Instrument) {
  const at = (ms: number) => ({
    instrument: spec.id,
    eventTime: (START + ms) as UnixMs,
    seenTime: (START + ms) as UnixMs,
  });
  return {
    listed: (ms = 0): MarketEvent => ({ kind: 'instrument', ...at(ms), spec }),
    trade: (ms: number, price: number, size = 1, takerSide: 'buy' | 'sell' = 'buy'): MarketEvent => ({
      kind: 'trade',
      ...at(ms),
      id: `${ms}`,
      priceTicks: Math.round(price * 10) as PriceTicks,
      size: size as ContractSize,
      takerSide,
    }),
    mark: (ms: number, price: number): MarketEvent => ({ kind: 'mark', ...at(ms), price: price as Price }),
    openInterest: (ms: number, size: number): MarketEvent => ({
      kind: 'open-interest',
      ...at(ms),
      size: size as ContractSize,
    }),
    bar: (
      ms: number,
      durationMs: number,
      [open, high, low, close]: readonly [number, number, number, number],
      size = 100,
    ): MarketEvent => ({
      kind: 'bar',
      ...at(ms),
      durationMs: durationMs as DurationMs,
      open: open as Price,
      high: high as Price,
      low: low as Price,
      close: close as Price,
      size: size as ContractSize,
      takerBuySize: (size / 2) as ContractSize,
    }),
    liquidation: (ms: number, lateMs: number, price: number, size = 2): MarketEvent => ({
      kind: 'liquidation',
      ...at(ms),
      eventTime: (START + ms - lateMs) as UnixMs,
      positionSide: 'long',
      price: price as Price,
      priceKind: 'fill',
      size: size as ContractSize,
      completeness: 'throttled',
    }),
  };
}

/** One tick a second over a stretch, merged with other events by time. */
export function withTicks(events: readonly MarketEvent[], seconds: number): readonly MarketEvent[] {
  const ticks: MarketEvent[] = Array.from({ length: seconds + 1 }, (_, s) => ({
    kind: 'tick',
    seenTime: (START + s * 1_000) as UnixMs,
  }));
  return [...events, ...ticks].sort((a, b) => a.seenTime - b.seenTime);
}

/** Index of the first byte in which two arrays differ; undefined when they are equal. Megabytes compare in a millisecond. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return undefined;
}
