import type { MarketEvent } from '@liquidation-heatmap/core';
import { createMarket } from './create-market.js';
import type { MarketOptions } from './market-options.js';

/** How much market there is to be. */
export interface SimulatedSpan {
  /** 5-minute bars before the live part, ms. */
  readonly historyMs: number;
  /** Step of the market while history runs, ms; default 10 s. */
  readonly stepMs?: number;
  /** Length of the live part; default: it never ends. */
  readonly liveMs?: number;
}

/** Public events of a market: contract and brackets, history in bars, then live second by second. Lazy: a market step per pull. */
export function* simulatedEvents(options: MarketOptions, span: SimulatedSpan): Generator<MarketEvent, void, undefined> {
  const { historyMs, stepMs, liveMs = Infinity } = span;
  const history = { durationMs: historyMs, ...(stepMs === undefined ? {} : { stepMs }) };
  const market = createMarket({ ...options, history });
  yield* market.events(market.liveFrom + liveMs);
}
