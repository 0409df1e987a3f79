import type { PriceTicks, Price, ContractSize, Usd } from './units.js';
import type { VenueId } from './venue.js';

/** One contract on one venue, `venue:ownSymbol`, e.g. `binance:BTCUSDT`. */
export type InstrumentId = `${VenueId}:${string}`;

/** Linear contracts are sized in the base coin and settle in the quote; inverse ones are sized in USD and settle in the coin. */
export type ContractKind = 'linear' | 'inverse';

/** What has to be known of a contract before one of its numbers means anything. */
export interface Instrument {
  readonly id: InstrumentId;
  readonly venue: VenueId;
  /** The venue's own name of the contract. */
  readonly ownSymbol: string;
  /** Canonical name of the asset pair, e.g. `BTCUSDT`: what the element's `symbol` attribute selects by. */
  readonly symbol: string;
  readonly kind: ContractKind;
  /** Smallest price step as an exact decimal, e.g. `0.10`. */
  readonly tickSize: string;
  /** Smallest size step in the contract's unit as an exact decimal, e.g. `0.001`. */
  readonly sizeStep: string;
  /** Contract units per venue unit of quantity (1 where the venue already sends coins or USD); undefined = unknown, never assumed. */
  readonly contractMultiplier: number | undefined;
}

/** The venue part of an instrument id. */
export function venueOf(id: InstrumentId): VenueId {
  return id.slice(0, id.indexOf(':')) as VenueId;
}

/** Price of an integer count of ticks. Divides by the reciprocal where that is an integer, so that 0.1-steps stay exact decimals. */
export function priceOfTicks(ticks: PriceTicks, tickSize: number): Price {
  const perUnit = Math.round(1 / tickSize);
  const isReciprocal = Math.abs(perUnit * tickSize - 1) < 1e-9;
  return (isReciprocal ? ticks / perUnit : ticks * tickSize) as Price;
}

/** USD notional of a size at a price: size x price for linear contracts, the size itself for inverse ones. */
export function notionalUsd(kind: ContractKind, size: ContractSize, price: Price): Usd {
  return (kind === 'linear' ? size * price : size) as number as Usd;
}
