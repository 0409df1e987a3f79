import type { Instrument } from '@liquidation-heatmap/core';

/** The venue's id. */
export const VENUE = 'bitget';

/** Steps of a contract, with what shows them. */
interface Listed {
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly evidence: string;
}

const NOT_VERIFIED = 'general knowledge, not verified';

/**
 * Perpetuals in USDT by their canonical symbol, which is also their own name. No recording shows one of them: the finest plausible tick
 * reads every price. The venue's list wins wherever it was fetched.
 */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: { tickSize: '0.1', sizeStep: '0.0001', evidence: 'example of the documentation of `instruments`' },
  ETHUSDT: { tickSize: '0.01', sizeStep: '0.01', evidence: NOT_VERIFIED },
  SOLUSDT: { tickSize: '0.001', sizeStep: '0.1', evidence: NOT_VERIFIED },
  XRPUSDT: { tickSize: '0.0001', sizeStep: '1', evidence: NOT_VERIFIED },
  DOGEUSDT: { tickSize: '0.00001', sizeStep: '1', evidence: NOT_VERIFIED },
};

/** Canonical symbols whose contract is known without asking. */
export const TABLED_SYMBOLS: readonly string[] = Object.keys(CONTRACTS);

/** A well-known contract by its own name; steps have no days here yet. */
export function tabledInstrument(ownSymbol: string): Instrument | undefined {
  const listed = Object.hasOwn(CONTRACTS, ownSymbol) ? CONTRACTS[ownSymbol] : undefined;
  return listed && instrumentOf(ownSymbol, ownSymbol, listed.tickSize, listed.sizeStep);
}

/** Own name of a well-known contract by its canonical symbol. */
export function ownSymbolOf(symbol: string): string | undefined {
  return TABLED_SYMBOLS.find((known) => known === symbol);
}

/** A linear contract of the venue, sized in coin. `symbol` is canonical: it selects the asset. */
export function instrumentOf(ownSymbol: string, symbol: string, tickSize: string, sizeStep: string): Instrument {
  const steps = { tickSize, sizeStep, contractMultiplier: 1 };
  return { id: `${VENUE}:${ownSymbol}`, venue: VENUE, ownSymbol, symbol, kind: 'linear', ...steps };
}
