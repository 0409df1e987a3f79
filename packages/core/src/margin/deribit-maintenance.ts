import type { Fraction } from '../model/units.js';
import type { SizedRate } from './deribit-price.js';
import { MarginInputError, requireAtLeast } from './margin-input.js';

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

/** A sized rate with the contract, the day and the page it was read from. */
export interface DatedSizedRate extends SizedRate {
  readonly ownSymbol: string;
  readonly asOf: string;
  readonly source: string;
}

const DATED_PAGE = {
  asOf: '2022-01-11',
  source: 'https://support.deribit.com, help page of 11 January 2022',
} as const;

/** Deribit's inverse perpetuals by own name. SOL is missing: its page bears no date. */
const PERPETUALS: readonly DatedSizedRate[] = [
  { ownSymbol: 'BTC-PERPETUAL', ...RATES['BTC']!, ...DATED_PAGE },
  { ownSymbol: 'ETH-PERPETUAL', ...RATES['ETH']!, ...DATED_PAGE },
];

/** The dated rate of one of Deribit's inverse perpetuals; undefined where none is known. */
export function deribitSizedRate(ownSymbol: string): DatedSizedRate | undefined {
  return PERPETUALS.find((rate) => rate.ownSymbol === ownSymbol);
}
