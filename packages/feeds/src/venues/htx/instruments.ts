import type { Instrument } from '@liquidation-heatmap/core';

/** The venue's id. */
export const VENUE = 'htx';

/** Steps of a contract, with what shows them. */
interface Listed {
  readonly ownSymbol: string;
  readonly tickSize: string;
  /** Coins of one contract, which is also the smallest size. */
  readonly contractSize: string;
  readonly evidence: string;
}

/**
 * Perpetuals in USDT by their canonical symbol. SOL and XRP are left out: nobody has published their contract size, which is never
 * guessed, so the venue's own list has to be asked. No recording shows a tick size: the finest plausible one reads every price.
 */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: {
    ownSymbol: 'BTC-USDT',
    tickSize: '0.1',
    contractSize: '0.001',
    evidence: 'lists published in 2026-08 and 2026-09',
  },
  ETHUSDT: {
    ownSymbol: 'ETH-USDT',
    tickSize: '0.01',
    contractSize: '0.01',
    evidence: 'liquidation frame of 2026-09-18: 500 contracts of 5 ETH at 2446.26',
  },
  DOGEUSDT: {
    ownSymbol: 'DOGE-USDT',
    tickSize: '0.00001',
    contractSize: '100',
    evidence: 'contract size published in 2026-09; tick general knowledge, not verified',
  },
};

/** Canonical symbols whose contract is known without asking. */
export const TABLED_SYMBOLS: readonly string[] = Object.keys(CONTRACTS);

/** A well-known contract by its own name; steps have no days here yet. */
export function tabledInstrument(ownSymbol: string): Instrument | undefined {
  const found = Object.entries(CONTRACTS).find(([, contract]) => contract.ownSymbol === ownSymbol);
  if (found === undefined) return undefined;
  const [symbol, { tickSize, contractSize }] = found;
  return instrumentOf(ownSymbol, symbol, tickSize, contractSize);
}

/** Own name of a well-known contract by its canonical symbol. */
export function ownSymbolOf(symbol: string): string | undefined {
  return Object.hasOwn(CONTRACTS, symbol) ? CONTRACTS[symbol]?.ownSymbol : undefined;
}

/** A linear contract of the venue, counted in contracts of `contractSize` coins. */
export function instrumentOf(ownSymbol: string, symbol: string, tickSize: string, contractSize: string): Instrument {
  const steps = { tickSize, sizeStep: contractSize, contractMultiplier: Number(contractSize) };
  return { id: `${VENUE}:${ownSymbol}`, venue: VENUE, ownSymbol, symbol, kind: 'linear', ...steps };
}
