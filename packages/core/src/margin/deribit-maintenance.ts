import type { Fraction } from '../model/units.js';
import { MarginInputError, requireAtLeast } from './margin-input.js';

/** How Deribit's maintenance rate grows: base + slope x position in coins. */
interface SizedRate {
  readonly base: number;
  /** Per coin of position size. */
  readonly slope: number;
}

/** https://support.deribit.com, page of 11 January 2022, and the page "Linear Perpetual" for SOL. */
const RATES: Readonly<Record<string, SizedRate>> = {
  BTC: { base: 0.01, slope: 0.000_05 },
  ETH: { base: 0.01, slope: 0.000_004 },
  SOL: { base: 0.02, slope: 0.000_005 },
};

/**
 * Maintenance rate of a Deribit perpetual of a size in coins, e.g. 25 BTC: 1 % + 25 x 0.005 % = 1.125 %. Deribit liquidates
 * a cross account in steps until its equity covers the requirement, so there is no price of one position without the account.
 */
export function deribitMaintenanceRate(asset: string, coins: number): Fraction {
  const rate = Object.hasOwn(RATES, asset) ? RATES[asset] : undefined;
  if (rate === undefined) throw new MarginInputError('Asset', `one of ${Object.keys(RATES).join(', ')}`, asset);
  requireAtLeast('Size', coins, 0);
  return (rate.base + rate.slope * coins) as Fraction;
}
