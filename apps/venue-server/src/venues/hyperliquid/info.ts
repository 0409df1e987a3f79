import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import { pointed } from '../../market/decimal.js';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import { intervalMs } from '../intervals.js';
import { RequestBudget } from '../request-budget.js';
import { jsonAnswer, jsonObject, type RestAnswer, type RestRequest, type VenueDesk } from '../venue-server.js';
import { accountState } from './account-state.js';
import { positionsOf } from './accounts.js';
import { assetContext, candleEntry, groupingOf, hourlyFunding, levelsOf, middles, tradeEntry } from './frames.js';
import type { Asked } from './channels.js';

/** Weight a minute and address, venues.md 6.5; weights of single requests are from memory. */
const WEIGHT_PER_MINUTE = 1_200;
const LIGHT = 2;
const USUAL = 20;
const LIGHT_TYPES = new Set(['l2Book', 'allMids', 'clearinghouseState']);
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
/** Candles that reach back, venues.md 6.5 (from memory). */
const MOST_CANDLES = 5_000;
const MOST_FUNDING_ROWS = 500;
const BOOK_LEVELS = 20;
const PAST_TRADES = 10;
/** Tables of margins are numbered from here; smaller numbers mean a single tier of that leverage. Invented. */
const FIRST_TABLE = 50;

type Body = object | undefined;

/** `POST /info` of Hyperliquid. */
export class HyperliquidInfo {
  readonly #desk: VenueDesk;
  readonly #budget = new RequestBudget(WEIGHT_PER_MINUTE, MS_PER_MINUTE);

  constructor(desk: VenueDesk) {
    this.#desk = desk;
  }

  /** Answers a request to `api.hyperliquid.xyz`. */
  answer({ method, path, body }: RestRequest): RestAnswer {
    if (path !== '/info') return { status: 404, headers: {}, body: '' };
    if (method !== 'POST') return { status: 405, headers: {}, body: '' };
    const asked = jsonObject(body);
    const type = String(asked?.['type']);
    this.#budget.charge(LIGHT_TYPES.has(type) ? LIGHT : USUAL, this.#desk.now());
    if (this.#budget.isSpent) {
      const seconds = Math.ceil(this.#budget.untilNext(this.#desk.now()) / MS_PER_SECOND);
      return { status: 429, headers: { 'retry-after': String(seconds) }, body: 'null' };
    }
    const answer = asked === undefined ? undefined : this.#answer(type, asked);
    if (answer === undefined) {
      const reason = 'Failed to deserialize the JSON body into the target type';
      return { status: 422, headers: { 'content-type': 'text/plain' }, body: reason };
    }
    return jsonAnswer(answer);
  }

  #answer(type: string, asked: Asked): Body {
    switch (type) {
      case 'meta':
        return this.#meta();
      case 'metaAndAssetCtxs':
        return [this.#meta(), this.#markets().map(assetContext)];
      case 'allMids':
        return middles(this.#markets());
      case 'candleSnapshot':
        return this.#candles(asked['req']);
      case 'clearinghouseState':
        return this.#account(asked['user']);
      default:
        return this.#ofCoin(type, asked);
    }
  }

  #ofCoin(type: string, asked: Asked): Body {
    const market = this.#marketOf(asked['coin']);
    if (market === undefined) return undefined;
    const { listing } = market;
    switch (type) {
      case 'l2Book':
        return {
          coin: listing.ownSymbol,
          time: this.#desk.now(),
          levels: levelsOf(market, BOOK_LEVELS, groupingOf(asked)),
        };
      case 'fundingHistory':
        return this.#funding(market, asked);
      case 'recentTrades':
        return market.trades
          .slice(-PAST_TRADES)
          .reverse()
          .map((trade) => tradeEntry(listing, trade, this.#desk.stamp(trade.time)));
      default:
        return undefined;
    }
  }

  #meta(): object {
    const markets = this.#markets();
    const universe = markets.map(({ listing, brackets }, index) => ({
      szDecimals: listing.sizeStep.decimals,
      name: listing.ownSymbol,
      maxLeverage: brackets?.brackets[0]?.maxLeverage ?? 1,
      marginTableId: FIRST_TABLE + index,
    }));
    const marginTables = markets.map(({ brackets }, index) => [
      FIRST_TABLE + index,
      { description: 'tiered', marginTiers: tiersOf(brackets) },
    ]);
    return { universe, marginTables, collateralToken: 0 };
  }

  /** Any address may be asked for; one that never traded here holds nothing. */
  #account(user: unknown): Body {
    if (typeof user !== 'string' || !ADDRESS.test(user)) return undefined;
    const positions = positionsOf(user, this.#markets(), this.#desk.seed, this.#desk.trueNow());
    return accountState(positions, this.#desk.now());
  }

  /** Candles whose time overlaps the range, oldest first. */
  #candles(asked: unknown): Body {
    if (typeof asked !== 'object' || asked === null) return undefined;
    const { coin, interval, startTime, endTime } = asked as Asked;
    const market = this.#marketOf(coin);
    const lengthMs = intervalMs(String(interval));
    if (market === undefined || lengthMs === undefined || typeof startTime !== 'number') return undefined;
    const to = typeof endTime === 'number' ? endTime : Number.POSITIVE_INFINITY;
    const bars = market.bars.newest(lengthMs, MOST_CANDLES, startTime - lengthMs + 1, to);
    return bars.map((bar) => candleEntry(market.listing, String(interval), lengthMs, bar));
  }

  /** One row an hour, oldest first. */
  #funding(market: InstrumentMarket, { startTime, endTime }: Asked): Body {
    if (typeof startTime !== 'number') return undefined;
    const to = typeof endTime === 'number' ? endTime : Number.POSITIVE_INFINITY;
    const rows = market.positions.filter(({ time }) => time % MS_PER_HOUR === 0 && time >= startTime && time <= to);
    return rows.slice(0, MOST_FUNDING_ROWS).map(({ time, fundingRate }) => ({
      coin: market.listing.ownSymbol,
      fundingRate: hourlyFunding(fundingRate),
      premium: hourlyFunding(fundingRate),
      time,
    }));
  }

  #marketOf(coin: unknown): InstrumentMarket | undefined {
    const symbol = this.#desk.symbolOf(coin);
    return symbol === undefined ? undefined : this.#desk.market(symbol);
  }

  #markets(): readonly InstrumentMarket[] {
    return this.#desk.symbols.map((symbol) => this.#desk.market(symbol));
  }
}

/** This venue's tiers name a lowest notional and a leverage; half the initial margin is maintenance. */
function tiersOf(table: InstrumentMarket['brackets']): object[] {
  const tiers: { lowerBound: string; maxLeverage: number }[] = [];
  for (const { floor, maxLeverage } of table?.brackets ?? []) {
    if (tiers.at(-1)?.maxLeverage !== maxLeverage) tiers.push({ lowerBound: pointed(String(floor)), maxLeverage });
  }
  return tiers;
}
