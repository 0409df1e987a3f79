import type { ContractKind, Instrument } from '@liquidation-heatmap/core';

/** The venue's id. */
export const VENUE = 'kraken';

/** A contract of the table: its own name, its steps, and what shows them. */
interface Listed {
  readonly ownSymbol: string;
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly evidence: string;
}

/**
 * Linear perpetuals by the canonical symbol of their asset; no recording shows one. A tick size that is too fine reads every price,
 * so the finest plausible one stands here. The venue's list wins wherever it was fetched.
 */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: {
    ownSymbol: 'PF_XBTUSD',
    tickSize: '0.5',
    sizeStep: '0.0001',
    evidence: 'published lists: tick 0.5 in 2024, 1 since, four decimals',
  },
  ETHUSDT: {
    ownSymbol: 'PF_ETHUSD',
    tickSize: '0.01',
    sizeStep: '0.001',
    evidence: 'published list of 2026-09-21: three decimals; tick general knowledge, not verified',
  },
  SOLUSDT: {
    ownSymbol: 'PF_SOLUSD',
    tickSize: '0.001',
    sizeStep: '0.01',
    evidence: 'general knowledge, not verified',
  },
  XRPUSDT: {
    ownSymbol: 'PF_XRPUSD',
    tickSize: '0.00001',
    sizeStep: '1',
    evidence: 'general knowledge, not verified',
  },
  DOGEUSDT: {
    ownSymbol: 'PF_DOGEUSD',
    tickSize: '0.00001',
    sizeStep: '1',
    evidence: 'published list of 2026-09-25',
  },
};

/** Canonical symbols whose contract is known without asking. */
export const TABLED_SYMBOLS: readonly string[] = Object.keys(CONTRACTS);

/** A well-known contract by its own name; steps have no days here yet. Whether a contract is inverse is the venue's list to say. */
export function tabledInstrument(ownSymbol: string): Instrument | undefined {
  const found = Object.entries(CONTRACTS).find(([, contract]) => contract.ownSymbol === ownSymbol);
  if (found === undefined) return undefined;
  const [symbol, { tickSize, sizeStep }] = found;
  return instrumentOf(ownSymbol, symbol, 'linear', { tickSize, sizeStep, contractMultiplier: 1 });
}

/** Own name of a well-known contract by its canonical symbol. */
export function ownSymbolOf(symbol: string): string | undefined {
  return CONTRACTS[symbol]?.ownSymbol;
}

/** A contract of the venue. `symbol` is canonical: it selects the asset, also for contracts in USD. */
export function instrumentOf(
  ownSymbol: string,
  symbol: string,
  kind: ContractKind,
  steps: Pick<Instrument, 'tickSize' | 'sizeStep' | 'contractMultiplier'>,
): Instrument {
  return { id: `${VENUE}:${ownSymbol}`, venue: VENUE, ownSymbol, symbol, kind, ...steps };
}
