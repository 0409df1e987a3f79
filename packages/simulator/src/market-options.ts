import { MS_PER_SECOND, isVenueId, type Fault, type VenueId } from '@liquidation-heatmap/core';
import { ASSETS, assetOf } from './assets.js';
import { publishedBrackets } from './simulated-brackets.js';
import type { World } from './worlds/world.js';

/** One venue of the simulated market. */
export interface VenueOptions {
  readonly id: VenueId;
  /** Relative share of entrants and open interest; shares need not sum to 1. */
  readonly share: number;
  /** Highest leverage the venue's brackets allow. */
  readonly maxLeverage: number;
  /** Mean of last price over the common price - 1, in basis points. */
  readonly basisBps: number;
  /** Whose published brackets it uses; default `binance`. Hyperliquid's are known for BTC and ETH alone. */
  readonly brackets?: 'binance' | 'hyperliquid';
}

/**
 * How much of the forced closes the public sees.
 *   complete           all
 *   throttled          the largest a second per venue and position side
 *   throttled-largest  the largest a second per venue, of both sides together
 *   throttled-latest   the last a second per venue, of both sides together, as Binance's forceOrder stream describes itself
 *   none               none
 * In 1,602 recorded Binance prints no symbol had two in a second.
 */
export type LiquidationFeed = (typeof LIQUIDATION_FEEDS)[number];

/** Every kind of liquidation feed. */
export const LIQUIDATION_FEEDS = ['complete', 'throttled', 'throttled-largest', 'throttled-latest', 'none'] as const;

/** Market seconds before the live part, told in 5-minute bars. */
export interface HistoryOptions {
  readonly durationMs: number;
  /** Step of the market while history runs: whole seconds that divide 5 minutes; default 10 s. Finer is truer and slower. */
  readonly stepMs?: number;
}

/** What a simulated market is made from. The same options give the same events, byte for byte. */
export interface MarketOptions {
  /** Names the hidden world and every draw; `calm-`, `trending-` or `crash-` in front picks a preset world. */
  readonly seed: number | string;
  /** Canonical symbol, one of `ASSETS`. */
  readonly symbol: string;
  /** Unix ms at which the live part begins; taken down to a whole second, with history to a whole 5 minutes. */
  readonly startTime: number;
  /** Default: one venue called `simulated`. */
  readonly venues?: readonly VenueOptions[];
  /** USD at the beginning of the history; default: the asset's invented price. */
  readonly startPrice?: number;
  /** Parameters to use instead of those the seed draws. */
  readonly world?: Partial<World>;
  /** Default `throttled`. */
  readonly liquidations?: LiquidationFeed;
  /** Whether book snapshots and deltas are sent; default true. */
  readonly book?: boolean;
  /** Default: none, the market begins live. */
  readonly history?: HistoryOptions;
}

/** Duration of a bar of history. */
export const BAR_MS = 300_000;
/** Step of the market while it is live. */
export const LIVE_STEP_MS = MS_PER_SECOND;
/** Step of the market while history runs, unless the options say otherwise. */
export const HISTORY_STEP_MS = 10_000;

/** The venue of a market that names none. */
export const DEFAULT_VENUES: readonly VenueOptions[] = [{ id: 'simulated', share: 1, maxLeverage: 125, basisBps: 0 }];

const MAX_HISTORY_MS = 90 * 24 * 3_600_000;
/** With fewer ticks than this in the price, rounding would rule the market. */
const MIN_PRICE_IN_TICKS = 1000;

/** The first option that breaks its rule; undefined when all are usable. */
export function checkMarketOptions(options: MarketOptions): Fault | undefined {
  const asset = assetOf(options.symbol);
  if (asset === undefined) {
    return broken(
      'symbol',
      `The simulator knows ${ASSETS.map(({ symbol }) => symbol).join(', ')}, was "${options.symbol}"`,
    );
  }
  if (!(options.startTime >= 0 && Number.isFinite(options.startTime))) {
    return broken('startTime', `Start time must be unix milliseconds of at least 0, was ${options.startTime}`);
  }
  const least = MIN_PRICE_IN_TICKS * Number(asset.tickSize);
  const { startPrice } = options;
  if (startPrice !== undefined && !(startPrice >= least && Number.isFinite(startPrice))) {
    return broken('startPrice', `Start price must be at least ${least} USD, was ${startPrice}`);
  }
  return checkVenues(options.venues ?? DEFAULT_VENUES, options.symbol) ?? checkHistory(options.history);
}

function checkVenues(venues: readonly VenueOptions[], symbol: string): Fault | undefined {
  if (venues.length === 0) return broken('venues', 'A market must have at least one venue, had 0');
  for (const [index, { id, share, maxLeverage, basisBps, brackets = 'binance' }] of venues.entries()) {
    const at = `venues[${index}]`;
    if (!isVenueId(id)) return broken(`${at}.id`, `A venue's id must be one the project knows, was "${String(id)}"`);
    if (venues.findIndex((venue) => venue.id === id) !== index)
      return broken(`${at}.id`, `A venue may appear once, "${id}" did twice`);
    if (!(share > 0 && Number.isFinite(share)))
      return broken(`${at}.share`, `A venue's share must be above 0, was ${share}`);
    if (!(maxLeverage >= 1 && maxLeverage <= 125)) {
      return broken(`${at}.maxLeverage`, `Highest leverage must be 1 to 125, was ${maxLeverage}`);
    }
    if (!(Math.abs(basisBps) <= 100))
      return broken(`${at}.basisBps`, `Basis must be within 100 basis points, was ${basisBps}`);
    if (publishedBrackets(brackets, symbol) === undefined)
      return broken(`${at}.brackets`, `Brackets must be published for ${symbol}, "${brackets}" are not`);
  }
  return undefined;
}

function checkHistory(history: HistoryOptions | undefined): Fault | undefined {
  if (history === undefined) return undefined;
  const { durationMs, stepMs = HISTORY_STEP_MS } = history;
  if (!(durationMs >= 0 && durationMs <= MAX_HISTORY_MS)) {
    return broken('history.durationMs', `History must last 0 to ${MAX_HISTORY_MS} ms, was ${durationMs}`);
  }
  if (!(stepMs > 0 && stepMs % LIVE_STEP_MS === 0 && BAR_MS % stepMs === 0)) {
    return broken(
      'history.stepMs',
      `The step of history must be whole seconds that divide 5 minutes, was ${stepMs} ms`,
    );
  }
  return undefined;
}

function broken(field: string, message: string): Fault {
  return { code: 'invalid-market-option', field, message };
}
