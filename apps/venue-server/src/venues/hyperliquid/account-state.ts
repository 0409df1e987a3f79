import { pointed } from '../../market/decimal.js';
import type { HeldPosition } from './accounts.js';
import { priceText, sizeText } from './frames.js';

/** USDC has six decimals. */
const usdc = (amount: number): string => pointed(amount.toFixed(6));
const signOf = ({ side }: HeldPosition): 1 | -1 => (side === 'long' ? 1 : -1);
const valueOf = ({ market, size }: HeldPosition): number => market.mark * size;
const profitOf = (held: HeldPosition): number => signOf(held) * (held.market.mark - held.entry) * held.size;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** `clearinghouseState` of an account. No free money and no funding paid are simulated: an account is worth its margins and profits. */
export function accountState(positions: readonly HeldPosition[], time: number): object {
  const cross = positions.filter(({ isCross }) => isCross);
  return {
    marginSummary: marginSummary(positions),
    crossMarginSummary: marginSummary(cross),
    crossMaintenanceMarginUsed: usdc(sum(cross.map((held) => valueOf(held) / (2 * held.maxLeverage)))),
    withdrawable: usdc(0),
    assetPositions: positions.map((held) => ({ type: 'oneWay', position: positionEntry(held) })),
    time,
  };
}

function marginSummary(positions: readonly HeldPosition[]): object {
  const accountValue = sum(positions.map((held) => held.margin + profitOf(held)));
  return {
    accountValue: usdc(accountValue),
    totalNtlPos: usdc(sum(positions.map(valueOf))),
    totalRawUsd: usdc(accountValue - sum(positions.map((held) => signOf(held) * valueOf(held)))),
    totalMarginUsed: usdc(sum(positions.map(marginUsed))),
  };
}

/** A cross position uses what its leverage asks for at the mark, an isolated one has its own. */
function marginUsed(held: HeldPosition): number {
  return held.isCross ? valueOf(held) / held.leverage : held.margin + profitOf(held);
}

function positionEntry(held: HeldPosition): object {
  const { market, size, entry, leverage, maxLeverage, isCross, margin, liquidation } = held;
  const { listing } = market;
  const profit = profitOf(held);
  const rawUsd = margin + profit - signOf(held) * valueOf(held);
  return {
    coin: listing.ownSymbol,
    szi: sizeText(listing, signOf(held) * size),
    leverage: isCross
      ? { type: 'cross', value: leverage }
      : { type: 'isolated', value: leverage, rawUsd: usdc(rawUsd) },
    entryPx: priceText(listing, entry),
    positionValue: usdc(valueOf(held)),
    unrealizedPnl: usdc(profit),
    returnOnEquity: pointed((profit / ((entry * size) / leverage)).toFixed(10)),
    liquidationPx: liquidation === undefined ? null : priceText(listing, liquidation),
    marginUsed: usdc(marginUsed(held)),
    maxLeverage,
    cumFunding: { allTime: usdc(0), sinceOpen: usdc(0), sinceChange: usdc(0) },
  };
}
