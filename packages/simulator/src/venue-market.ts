import {
  priceOfTicks,
  type BracketTable,
  type Instrument,
  type InstrumentId,
  type PositionSide,
  type PriceTicks,
  type TakerSide,
} from '@liquidation-heatmap/core';
import type { Asset } from './assets.js';
import type { ExitLaw } from './agents/exit-law.js';
import type { EntrySetting } from './agents/entrant.js';
import { toppedUp } from './agents/top-up.js';
import { ForcedBurst, winnersAgainst } from './deleveraging.js';
import { Ledger, oppositeOf } from './ledger.js';
import type { VenueOptions } from './market-options.js';
import { firstPiece, restAfter, type PartialSetting } from './partial-liquidation.js';
import { Positions, type NewPosition } from './positions.js';
import type { MarketRandom } from './random.js';
import { simulatedBrackets } from './simulated-brackets.js';
import type { Deleveraging, TopUps, World } from './worlds/world.js';

/** The mark follows the last price with this memory. */
const MARK_MEMORY_MS = 6_000;
const BASIS_MEMORY_MS = 30 * 60_000;
const BASIS_SPREAD = 0.0002;

/** A position, or a piece of one, that the venue closed by force: the truth behind a print. Size in whole size steps. */
export interface ForcedClose extends NewPosition {
  /** Mark and moment that closed it. */
  readonly mark: number;
  readonly closedAt: number;
  /** False where winners were closed against it, so that no order was sent. */
  readonly reachesBook: boolean;
}

/** An order that trades within the running step. */
export interface Order {
  readonly takerSide: TakerSide;
  readonly size: number;
  /** Moment within the step, 0..1. */
  readonly moment: number;
  readonly forced: ForcedClose | undefined;
}

/** Volume that fast traders passed among themselves within a step, in whole size steps. */
export interface Churn {
  readonly bought: number;
  readonly sold: number;
}

/** One venue: its instrument, its prices, its agents' positions and its accounts. */
export class VenueMarket {
  readonly options: VenueOptions;
  readonly share: number;
  readonly spec: Instrument;
  readonly table: BracketTable;
  readonly tickSize: number;
  readonly stepsPerUnit: number;
  /** How large positions are closed. */
  readonly partial: PartialSetting;
  readonly #deleveraging: Deleveraging | undefined;
  readonly #burst: ForcedBurst | undefined;
  readonly positions = new Positions();
  readonly ledger: Ledger;
  /** Orders of the step just made, unordered. */
  orders: Order[] = [];
  /** Forced closes and stops decided at the end of the step just made; they trade in the next one. */
  pending: Order[] = [];
  churn: Churn = { bought: 0, sold: 0 };
  lastBefore = Number.NaN;
  last = Number.NaN;
  mark = Number.NaN;
  #basis = 0;
  #setting: EntrySetting | undefined;

  constructor(options: VenueOptions, share: number, asset: Asset, hedgedSize: number, world: World) {
    this.options = options;
    this.share = share;
    this.tickSize = Number(asset.tickSize);
    this.stepsPerUnit = 1 / Number(asset.sizeStep);
    if (this.stepsPerUnit > 1) this.stepsPerUnit = Math.round(this.stepsPerUnit);
    this.table = simulatedBrackets(options, asset.symbol);
    this.partial = { rule: world.partialLiquidation, table: this.table, stepsPerUnit: this.stepsPerUnit };
    this.#deleveraging = world.deleveraging;
    this.#burst = world.deleveraging && new ForcedBurst(world.deleveraging);
    this.spec = {
      id: `${options.id}:${asset.symbol}` as InstrumentId,
      venue: options.id,
      ownSymbol: asset.symbol,
      symbol: asset.symbol,
      kind: 'linear',
      tickSize: asset.tickSize,
      sizeStep: asset.sizeStep,
      contractMultiplier: 1,
    };
    this.ledger = new Ledger(Math.round(hedgedSize * this.stepsPerUnit));
  }

  /** What an entrant of this venue meets now; made once, because there is an entrant in most steps. */
  setting(world: World, exitLaw: ExitLaw, asset: Asset, meanNotional: number): EntrySetting {
    const setting = (this.#setting ??= {
      world,
      table: this.table,
      exitLaw,
      tierLeverages: world.tiers.map(({ leverage }) => leverage),
      tierWeights: world.tiers.map(({ weight }) => weight),
      tickSize: this.tickSize,
      stepsPerUnit: this.stepsPerUnit,
      dailyVolatility: asset.dailyVolatility * world.volatility,
      meanNotional,
      openInterest: 0,
    });
    setting.openInterest = this.ledger.openInterest;
    return setting;
  }

  /** Takes the common log price over: own basis, last price on a tick, mark behind it. */
  reprice(logPrice: number, stepMs: number, random: MarketRandom): void {
    const kept = Math.exp(-stepMs / BASIS_MEMORY_MS);
    this.#basis = this.#basis * kept + BASIS_SPREAD * Math.sqrt(1 - kept * kept) * random.normal();
    const price = Math.exp(logPrice + this.#basis + this.options.basisBps / 10_000);
    this.lastBefore = Number.isNaN(this.last) ? this.onTick(price) : this.last;
    this.last = this.onTick(price);
    const follow = 1 - Math.exp(-stepMs / MARK_MEMORY_MS);
    this.mark = Number.isNaN(this.mark) ? this.last : this.mark + (this.last - this.mark) * follow;
  }

  /** The nearest price on a tick, at least one. */
  onTick(price: number): number {
    return priceOfTicks(Math.max(1, Math.round(price / this.tickSize)) as PriceTicks, this.tickSize);
  }

  /** Opens a position; its order trades within this step. */
  open(position: NewPosition, moment: number): void {
    this.ledger.open(position.side, position.size);
    this.positions.add(position);
    this.orders.push({
      takerSide: position.side === 'long' ? 'buy' : 'sell',
      size: position.size,
      moment,
      forced: undefined,
    });
  }

  /** Closes a position by its owner's choice. */
  close(slot: number, position: NewPosition): Order {
    this.ledger.close(position.side, position.size);
    this.positions.remove(slot);
    return { takerSide: closingSide(position.side), size: position.size, moment: 0, forced: undefined };
  }

  /** Closes every position whose liquidation price the mark has reached, whole or in pieces; they trade in the next step. */
  liquidate(time: number, random: MarketRandom): ForcedClose[] {
    const closed: ForcedClose[] = [];
    for (
      let slot = this.positions.nextLiquidation(this.mark);
      slot >= 0;
      slot = this.positions.nextLiquidation(this.mark)
    ) {
      const position = this.positions.at(slot);
      const piece = firstPiece(position, this.mark, time, this.partial);
      const rest = restAfter(position, piece, this.mark, time, this.partial);
      const size = rest === undefined ? position.size : piece;
      const isTaken = this.#closeAgainstWinners(position.side, size, time, random);
      const forced = { ...position, size, mark: this.mark, closedAt: time, reachesBook: !isTaken };
      if (!isTaken) this.ledger.force(position.side, size);
      if (rest === undefined) this.positions.remove(slot);
      else this.positions.amend(slot, rest);
      closed.push(forced);
      if (isTaken) continue;
      this.pending.push({ takerSide: closingSide(position.side), size, moment: random.between(0, 0.6), forced });
    }
    return closed;
  }

  /** In an extreme burst, closes winners of the other side instead of sending an order; false where it does not come to that. */
  #closeAgainstWinners(side: PositionSide, size: number, time: number, random: MarketRandom): boolean {
    const [rule, burst] = [this.#deleveraging, this.#burst];
    if (rule === undefined || burst === undefined) return false;
    burst.note(size, time);
    if (!burst.isExtreme(time, this.ledger.openInterest) || !random.chance(rule.share)) return false;
    const winners = winnersAgainst(this.positions, oppositeOf(side), this.mark, size);
    if (winners.reduce((sum, winner) => sum + winner.size, 0) < size) return false;
    for (const winner of winners) {
      const position = this.positions.at(winner.slot);
      const rest = position.size - winner.size;
      if (rest === 0) this.positions.remove(winner.slot);
      // The piece takes its part of the margin along, so the liquidation price of the rest stays.
      else
        this.positions.amend(winner.slot, {
          ...position,
          size: rest,
          margin: (position.margin * rest) / position.size,
        });
    }
    this.ledger.deleverage(side, size);
    return true;
  }

  /** Owners whom the mark has called add margin, or never will. */
  topUp(topUps: TopUps, random: MarketRandom): void {
    for (let slot = this.positions.nextCalled(this.mark); slot >= 0; slot = this.positions.nextCalled(this.mark)) {
      const position = this.positions.at(slot);
      const answers = random.chance(topUps.chance);
      this.positions.amend(
        slot,
        answers
          ? toppedUp(position, topUps, this.coins(position.size), this.table)
          : { ...position, callPrice: Number.NaN },
      );
    }
  }

  /** A count of size steps as an amount of coins. */
  coins(steps: number): number {
    return steps / this.stepsPerUnit;
  }
}

/** Taker side of the order that closes a position: a liquidated long sells. */
export function closingSide(side: PositionSide): TakerSide {
  return side === 'long' ? 'sell' : 'buy';
}
