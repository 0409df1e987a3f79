import { MS_PER_HOUR, MS_PER_MINUTE, type PositionSide } from '@liquidation-heatmap/core';
import { Chance, hexOf } from '../../market/chance.js';
import type { InstrumentMarket } from '../../market/instrument-market.js';

/** Accounts that this venue knows; every public trade is between two of them. Invented. */
const ACCOUNTS = 120;
/** Part of each side's open interest that all of them together would hold if none were flat. Invented. */
const HELD_SHARE = 0.4;
/** A position is held so long and then replaced by another one, or by none. Invented; each account changes at its own time. */
const HELD_MS = 4 * MS_PER_HOUR;
const BAR_MS = 5 * MS_PER_MINUTE;
const FLAT_CHANCE = 0.2;
const CROSS_CHANCE = 0.7;
const LEVERAGES = [1, 2, 3, 5, 10, 20, 40] as const;
/** What a cross account has behind a position, in margins of that position. Invented. */
const CROSS_BACKING = [1, 3] as const;

/** Addresses of the accounts: made up, the same in every run, nobody's. */
export const ACCOUNT_ADDRESSES: readonly string[] = Array.from(
  { length: ACCOUNTS },
  (_, number) => `0x${hexOf(40, 'hyperliquid', 'account', number)}`,
);

/** One position of one account; amounts in coin and USDC. */
export interface HeldPosition {
  readonly market: InstrumentMarket;
  readonly side: PositionSide;
  readonly size: number;
  readonly entry: number;
  readonly leverage: number;
  readonly maxLeverage: number;
  readonly isCross: boolean;
  /** What secures it. */
  readonly margin: number;
  /** Undefined where no price would liquidate it. */
  readonly liquidation: number | undefined;
}

/** Buyer and seller of a trade, two accounts. */
export function tradersOf(coin: string, tradeId: number): readonly [buyer: string, seller: string] {
  const drawn = Number.parseInt(hexOf(12, 'hyperliquid', coin, tradeId, 'traders'), 16);
  const buyer = drawn % ACCOUNTS;
  const seller = (buyer + 1 + (Math.floor(drawn / ACCOUNTS) % (ACCOUNTS - 1))) % ACCOUNTS;
  return [ACCOUNT_ADDRESSES[buyer]!, ACCOUNT_ADDRESSES[seller]!];
}

/** What an address holds at a time; nothing for one that the venue does not know. */
export function positionsOf(
  address: string,
  markets: readonly InstrumentMarket[],
  seed: number | string,
  time: number,
): readonly HeldPosition[] {
  const number = ACCOUNT_ADDRESSES.indexOf(address.toLowerCase());
  if (number < 0) return [];
  return markets.flatMap((market) => positionIn(market, number, seed, time) ?? []);
}

function positionIn(
  market: InstrumentMarket,
  number: number,
  seed: number | string,
  time: number,
): HeldPosition | undefined {
  const { ownSymbol, sizeStep } = market.listing;
  const phase = (number / ACCOUNTS) * HELD_MS;
  const turn = Math.floor((time + phase) / HELD_MS);
  const openTime = turn * HELD_MS - phase;
  const chance = new Chance(seed, 'hyperliquid', ownSymbol, 'account', number, turn);
  if (chance.uniform() < FLAT_CHANCE) return undefined;
  const share = (HELD_SHARE / (ACCOUNTS / 2)) * chance.between(0.2, 1.8);
  const steps = Math.floor((openInterestAt(market, openTime) * share) / sizeStep.value);
  if (steps === 0) return undefined;
  const size = steps * sizeStep.value;
  const side = number % 2 === 0 ? 'long' : 'short';
  const entry = market.bars.oldest(BAR_MS, 1, openTime)[0]?.open ?? market.mark;
  const maxLeverage = market.brackets?.brackets[0]?.maxLeverage ?? 1;
  const leverage = Math.min(chance.pick(LEVERAGES), maxLeverage);
  const isCross = chance.uniform() < CROSS_CHANCE;
  const margin = ((entry * size) / leverage) * (isCross ? chance.between(...CROSS_BACKING) : 1);
  const price = liquidationOf(side, entry, margin / size, maxLeverage);
  const liquidation = price >= market.listing.tick.value ? price : undefined;
  const held = { market, side, size, entry, leverage, maxLeverage, isCross, margin, liquidation } as const;
  return wasLiquidated(held, openTime, time) ? undefined : held;
}

/** Open interest of one side then, as far back as it is known. */
function openInterestAt({ positions, openInterest }: InstrumentMarket, time: number): number {
  return (positions.find((row) => row.time >= time) ?? positions[0])?.openInterest ?? openInterest;
}

/**
 * The venue's own formula (estimation.md): price - s x available margin / size / (1 - l x s), s = 1 for a long and -1 for a short,
 * l = 1 / (2 x highest leverage); available is the margin less what maintenance takes of it at the entry.
 */
function liquidationOf(side: PositionSide, entry: number, marginPerCoin: number, maxLeverage: number): number {
  const s = side === 'long' ? 1 : -1;
  const l = 1 / (2 * maxLeverage);
  return entry - (s * (marginPerCoin - entry * l)) / (1 - l * s);
}

/** Whether the mark has been at the liquidation price since the position was opened. */
function wasLiquidated({ market, side, liquidation }: HeldPosition, from: number, to: number): boolean {
  if (liquidation === undefined) return false;
  const bars = market.markBars.range(BAR_MS, from, to);
  return side === 'long'
    ? Math.min(market.mark, ...bars.map(({ low }) => low)) <= liquidation
    : Math.max(market.mark, ...bars.map(({ high }) => high)) >= liquidation;
}
