import type {
  DepthLevels,
  DepthView,
  Instrument,
  InstrumentId,
  Liquidation,
  MarketEvent,
  Trade,
} from '@liquidation-heatmap/core';
import type { BookState } from '../feed.js';
import { decimalText, exactDecimal, productOf, sumOf, type ExactDecimal } from './exact-decimal.js';

/** Levels shown a side. */
const TOP_LEVELS = 5;
const ZERO: ExactDecimal = { units: 0n, scale: 0 };

/** Price and size of a level as exact decimals. */
export type LevelFacts = readonly [price: string, size: string];

/** What a recording says of one instrument's trades; sums are exact decimals, amounts in the contract's own unit. */
export interface TradeFacts {
  readonly count: number;
  readonly sizeSum: string;
  readonly takerBuySizeSum: string;
  readonly takerSellSizeSum: string;
  readonly priceTimesSizeSum: string;
  readonly firstId: string | null;
  readonly lastId: string | null;
  readonly firstTime: number | null;
  readonly lastTime: number | null;
}

/** How the book came into step and what it is at the end. `null` where it was not in sync. */
export interface BookFacts {
  readonly state: BookState['state'];
  readonly snapshotUpdateId: number | null;
  readonly snapshotBidLevels: number | null;
  readonly snapshotAskLevels: number | null;
  readonly bufferedBeforeSnapshot: number | null;
  readonly firstApplied: { readonly first: number; readonly last: number; readonly previous: number | null } | null;
  readonly applied: number;
  readonly droppedStale: number;
  readonly pending: number;
  readonly gaps: number;
  readonly finalUpdateId: number | null;
  readonly final: FinalBookFacts | null;
}

/** The book at the end of the recording. */
export interface FinalBookFacts {
  readonly bidLevels: number;
  readonly askLevels: number;
  readonly bestBid: LevelFacts | null;
  readonly bestAsk: LevelFacts | null;
  readonly topBids: readonly LevelFacts[];
  readonly topAsks: readonly LevelFacts[];
  readonly bidSizeSum: string;
  readonly askSizeSum: string;
  readonly crossed: boolean;
}

/** Liquidations by the side of the closed position. */
export interface LiquidationFacts {
  readonly count: number;
  readonly longSizeSum: string;
  readonly shortSizeSum: string;
}

/** Data missing on one channel. */
export interface GapFacts {
  readonly channel: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** Everything a recording says of one instrument. */
export interface SymbolFacts {
  readonly instrument: {
    readonly id: InstrumentId;
    readonly kind: string;
    readonly tickSize: string;
    readonly sizeStep: string;
  };
  readonly trades: TradeFacts;
  readonly book: BookFacts | null;
  readonly liquidations: LiquidationFacts;
  readonly gaps: readonly GapFacts[];
  /** Events by kind. */
  readonly events: Readonly<Record<string, number>>;
}

/** Adds up one instrument's events without rounding. */
export class SymbolFactsSum {
  #spec: Instrument;
  #tick: ExactDecimal;
  readonly #events = new Map<string, number>();
  readonly #gaps: GapFacts[] = [];
  readonly #sizes = { buy: ZERO, sell: ZERO, priceTimesSize: ZERO };
  readonly #liquidated = { long: ZERO, short: ZERO };
  #first: Trade | undefined;
  #last: Trade | undefined;

  constructor(spec: Instrument) {
    this.#spec = spec;
    this.#tick = exactDecimal(spec.tickSize);
  }

  /** Adds one event of this instrument. */
  add(event: MarketEvent): void {
    this.#events.set(event.kind, (this.#events.get(event.kind) ?? 0) + 1);
    if (event.kind === 'instrument') {
      this.#spec = event.spec;
      this.#tick = exactDecimal(event.spec.tickSize);
    }
    if (event.kind === 'trade') this.#addTrade(event);
    if (event.kind === 'liquidation') this.#addLiquidation(event);
    if (event.kind === 'gap') {
      this.#gaps.push({ channel: event.channel, from: event.from, to: event.to, reason: event.reason });
    }
  }

  /** The sums so far, with the book as it stands now. */
  facts(state: BookState | undefined, view: DepthView | undefined): SymbolFacts {
    const { id, kind, tickSize, sizeStep } = this.#spec;
    return {
      instrument: { id, kind, tickSize, sizeStep },
      trades: {
        count: this.#events.get('trade') ?? 0,
        sizeSum: decimalText(sumOf(this.#sizes.buy, this.#sizes.sell)),
        takerBuySizeSum: decimalText(this.#sizes.buy),
        takerSellSizeSum: decimalText(this.#sizes.sell),
        priceTimesSizeSum: decimalText(this.#sizes.priceTimesSize),
        firstId: this.#first?.id ?? null,
        lastId: this.#last?.id ?? null,
        firstTime: this.#first?.eventTime ?? null,
        lastTime: this.#last?.eventTime ?? null,
      },
      book: state === undefined ? null : this.#bookFacts(state, view),
      liquidations: {
        count: this.#events.get('liquidation') ?? 0,
        longSizeSum: decimalText(this.#liquidated.long),
        shortSizeSum: decimalText(this.#liquidated.short),
      },
      gaps: this.#gaps,
      events: Object.fromEntries([...this.#events].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  #addTrade(trade: Trade): void {
    this.#first ??= trade;
    this.#last = trade;
    const size = exactDecimal(trade.size);
    const price = productOf(exactDecimal(trade.priceTicks), this.#tick);
    this.#sizes[trade.takerSide] = sumOf(this.#sizes[trade.takerSide], size);
    this.#sizes.priceTimesSize = sumOf(this.#sizes.priceTimesSize, productOf(price, size));
  }

  #addLiquidation(print: Liquidation): void {
    this.#liquidated[print.positionSide] = sumOf(this.#liquidated[print.positionSide], exactDecimal(print.size));
  }

  #bookFacts(state: BookState, view: DepthView | undefined): BookFacts {
    return {
      state: state.state,
      ...joinFacts(state.join),
      applied: state.applied,
      droppedStale: state.droppedStale,
      pending: state.pending,
      gaps: state.gaps,
      finalUpdateId: state.lastSequence ?? null,
      final: view === undefined ? null : this.#finalBook(view),
    };
  }

  #finalBook({ bids, asks }: DepthView): FinalBookFacts {
    const topBids = this.#top(bids);
    const topAsks = this.#top(asks);
    return {
      bidLevels: bids.ticks.length,
      askLevels: asks.ticks.length,
      bestBid: topBids[0] ?? null,
      bestAsk: topAsks[0] ?? null,
      topBids,
      topAsks,
      bidSizeSum: sizeSum(bids),
      askSizeSum: sizeSum(asks),
      crossed: bids.ticks.length > 0 && asks.ticks.length > 0 && bids.ticks[0]! >= asks.ticks[0]!,
    };
  }

  #top(levels: DepthLevels): readonly LevelFacts[] {
    const count = Math.min(TOP_LEVELS, levels.ticks.length);
    return Array.from({ length: count }, (_, i) => [
      decimalText(productOf(exactDecimal(levels.ticks[i]!), this.#tick)),
      decimalText(exactDecimal(levels.sizes[i]!)),
    ]);
  }
}

function sizeSum(levels: DepthLevels): string {
  return decimalText(levels.sizes.reduce<ExactDecimal>((sum, size) => sumOf(sum, exactDecimal(size)), ZERO));
}

function joinFacts(join: BookState['join']) {
  const first = join?.firstApplied;
  return {
    snapshotUpdateId: join?.snapshotSequence ?? null,
    snapshotBidLevels: join?.snapshotBids ?? null,
    snapshotAskLevels: join?.snapshotAsks ?? null,
    bufferedBeforeSnapshot: join?.buffered ?? null,
    firstApplied:
      first === undefined ? null : { first: first.first, last: first.last, previous: first.previous ?? null },
  };
}
