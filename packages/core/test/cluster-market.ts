import {
  createEngine,
  type Engine,
  type EngineOptions,
  type MarketEvent,
  type Price,
  type UnixMs,
} from '../src/index.js';
import { eventsOf, instrumentOf, START, withTicks } from './market.js';

/**
 * An engine without learning and without stops, whose positions gather at common leverages: exposure opened at one price then
 * stands at the distances (1 / leverage - .0045) / (1 - .0045) from it, and clusters can be counted by hand.
 */
export const TIERED: EngineOptions = {
  symbol: 'BTCUSDT',
  venues: ['binance'],
  resolutions: [60_000] as never,
  model: {
    learns: false,
    concentration: 1,
    gatherings: [[], [3, 5, 10, 20, 25, 50, 75, 100, 125]],
    stoppedShare: 0,
    clusterProminence: 2,
  },
};

const LEVERAGES = [5, 10, 20, 25, 50];
const venue = eventsOf(instrumentOf('binance'));

/** Price at which everything is opened. */
export const ENTRY = 60_000;

/** A liquidated long of binance, all of which are reported. */
export function printAt(ms: number, price: number, size: number): MarketEvent {
  return { ...venue.liquidation(ms, 0, price, size), completeness: 'complete' } as MarketEvent;
}

/** The contract, and a liquidation feed that is there. */
export function opening(): readonly MarketEvent[] {
  const at = { instrument: 'binance:BTCUSDT', eventTime: START, seenTime: START } as const;
  return [venue.listed(), { kind: 'resumed', ...at, channel: 'liquidations' } as MarketEvent];
}

/** A mark a second, `from` to `to` (exclusive), at the price of the second. */
export function marks(from: number, to: number, priceOf: (second: number) => number): readonly MarketEvent[] {
  return Array.from({ length: to - from }, (_, i) => venue.mark((from + i) * 1_000 + 100, priceOf(from + i)));
}

/** A minute in which open interest grows by 250 contracts every 5 s, all of them entered at 60,000. */
export function build(from = 0): readonly MarketEvent[] {
  return Array.from({ length: 60 }, (_, s) => [
    venue.bar((from + s) * 1_000 + 200, 1_000, [ENTRY, ENTRY, ENTRY, ENTRY], 200),
    ...(s % 5 === 0 ? [venue.openInterest((from + s) * 1_000 + 300, 100 + s * 50)] : []),
  ]).flat();
}

/** Open interest as of a second. */
export function openInterestAt(second: number, size: number): MarketEvent {
  return venue.openInterest(second * 1_000 + 300, size);
}

/** Applies events and a tick a second; throws on any that is refused. */
export function play(events: readonly MarketEvent[], seconds: number, options: EngineOptions = TIERED): Engine {
  const engine = createEngine(options);
  for (const event of withTicks(events, seconds)) {
    const fault = engine.apply(event);
    if (fault !== undefined) throw new Error(fault.message);
  }
  return engine;
}

/** The leverage whose distance from the entry price is nearest to a price's. */
export function leverageOf(price: Price): string {
  const distance = Math.abs(price / ENTRY - 1);
  const missOf = (leverage: number) => Math.abs((1 / leverage - 0.0045) / (1 - 0.0045) - distance);
  const [nearest] = LEVERAGES.toSorted((a, b) => missOf(a) - missOf(b));
  if (missOf(nearest!) > 0.006) throw new Error(`No leverage has its distance at ${price}`);
  return `${nearest}x`;
}

/** Changes as "second kind side leverage". */
export function toldBy(engine: Engine): readonly string[] {
  return engine
    .clusterChanges(0 as UnixMs)
    .map(
      ({ kind, seenTime, cluster }) =>
        `${(seenTime - START) / 1_000} ${kind} ${cluster.side} ${leverageOf(cluster.peak)}`,
    );
}
