import type { Instrument } from '@liquidation-heatmap/core';

/** The venue's id. */
export const VENUE = 'gate';

/** Steps of a contract, with what shows them. */
interface Listed {
  readonly ownSymbol: string;
  readonly tickSize: string;
  /** Coins of one contract. */
  readonly contractSize: string;
  readonly evidence: string;
}

/**
 * Perpetuals in USDT by their canonical symbol. Steps are those of the list recorded 2023-05-24; ETH has a finer one here, which reads
 * every price of both, since the venue has changed steps since.
 */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: {
    ownSymbol: 'BTC_USDT',
    tickSize: '0.1',
    contractSize: '0.0001',
    evidence: 'recorded 2023-05-24; prices of frames of 2026-08',
  },
  ETHUSDT: {
    ownSymbol: 'ETH_USDT',
    tickSize: '0.01',
    contractSize: '0.01',
    evidence: 'recorded 2023-05-24 with a tick of 0.05; 0.01 is general knowledge, not verified',
  },
  SOLUSDT: { ownSymbol: 'SOL_USDT', tickSize: '0.0001', contractSize: '1', evidence: 'recorded 2023-05-24' },
  XRPUSDT: { ownSymbol: 'XRP_USDT', tickSize: '0.0001', contractSize: '10', evidence: 'recorded 2023-05-24' },
  DOGEUSDT: { ownSymbol: 'DOGE_USDT', tickSize: '0.000001', contractSize: '10', evidence: 'recorded 2023-05-24' },
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

/** A linear contract of the venue, counted in contracts of `contractSize` coins; sizes come in whole contracts (`wire.ts`). */
export function instrumentOf(ownSymbol: string, symbol: string, tickSize: string, contractSize: string): Instrument {
  const steps = { tickSize, sizeStep: contractSize, contractMultiplier: Number(contractSize) };
  return { id: `${VENUE}:${ownSymbol}`, venue: VENUE, ownSymbol, symbol, kind: 'linear', ...steps };
}
