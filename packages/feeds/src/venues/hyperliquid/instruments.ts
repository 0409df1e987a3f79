import type { Instrument } from '@liquidation-heatmap/core';

/** The venue's id. */
export const VENUE = 'hyperliquid';

/** A price has this many decimals less those of a size; and at most five significant figures, unless it is whole. */
const PRICE_DECIMALS = 6;
/** Most decimals of a size that leave a price at least none. */
export const MOST_SIZE_DECIMALS = PRICE_DECIMALS;

/** A contract of the table: its own name, decimals of a size, and what shows them. */
interface Listed {
  readonly ownSymbol: string;
  readonly sizeDecimals: number;
  readonly evidence: string;
}

/** Perpetuals by the canonical symbol of their asset; all are priced in USDC. */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: {
    ownSymbol: 'BTC',
    sizeDecimals: 5,
    evidence: 'sizes of the recording of 2025-01-26; published list of 2026-09',
  },
  ETHUSDT: { ownSymbol: 'ETH', sizeDecimals: 4, evidence: 'published list of 2026' },
  SOLUSDT: { ownSymbol: 'SOL', sizeDecimals: 2, evidence: 'published list of 2026' },
  XRPUSDT: { ownSymbol: 'XRP', sizeDecimals: 0, evidence: 'general knowledge, not verified' },
  DOGEUSDT: { ownSymbol: 'DOGE', sizeDecimals: 0, evidence: 'general knowledge, not verified' },
};

/** Canonical symbols whose contract is known without asking. */
export const TABLED_SYMBOLS: readonly string[] = Object.keys(CONTRACTS);

/** A well-known contract by its own name. */
export function tabledInstrument(ownSymbol: string): Instrument | undefined {
  const found = Object.entries(CONTRACTS).find(([, contract]) => contract.ownSymbol === ownSymbol);
  return found && instrumentOf(ownSymbol, found[0], found[1].sizeDecimals);
}

/** Own name of a well-known contract by its canonical symbol. */
export function ownSymbolOf(symbol: string): string | undefined {
  return Object.hasOwn(CONTRACTS, symbol) ? CONTRACTS[symbol]?.ownSymbol : undefined;
}

/**
 * A contract of the venue: linear and sized in coin. Five significant figures make real steps coarser as the price rises; the finest
 * one reads every price.
 */
export function instrumentOf(ownSymbol: string, symbol: string, sizeDecimals: number): Instrument {
  return {
    id: `${VENUE}:${ownSymbol}`,
    venue: VENUE,
    ownSymbol,
    symbol,
    kind: 'linear',
    tickSize: stepOf(PRICE_DECIMALS - sizeDecimals),
    sizeStep: stepOf(sizeDecimals),
    contractMultiplier: 1,
  };
}

function stepOf(decimals: number): string {
  return decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`;
}
