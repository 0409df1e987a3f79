import type { ContractKind, Instrument } from '@liquidation-heatmap/core';

/** The venue's id. */
export const VENUE = 'deribit';

/** A contract of the table: its own name, its steps, and what shows them. */
interface Listed {
  readonly ownSymbol: string;
  readonly kind: ContractKind;
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly evidence: string;
}

/**
 * Perpetuals by the canonical symbol of their asset; no recording shows one. BTC and ETH are the inverse ones, which are traded most;
 * all others are linear in USDC. Where the tick size is not known the finest plausible one stands here, since it reads every price.
 */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: {
    ownSymbol: 'BTC-PERPETUAL',
    kind: 'inverse',
    tickSize: '0.5',
    sizeStep: '10',
    evidence: 'published instrument: tick_size 0.5, contract_size 10',
  },
  ETHUSDT: {
    ownSymbol: 'ETH-PERPETUAL',
    kind: 'inverse',
    tickSize: '0.01',
    sizeStep: '1',
    evidence: 'published instrument: tick_size 0.05, contract_size 1; finer for safety',
  },
  SOLUSDT: {
    ownSymbol: 'SOL_USDC-PERPETUAL',
    kind: 'linear',
    tickSize: '0.001',
    sizeStep: '0.1',
    evidence: 'general knowledge, not verified',
  },
  XRPUSDT: {
    ownSymbol: 'XRP_USDC-PERPETUAL',
    kind: 'linear',
    tickSize: '0.0001',
    sizeStep: '1',
    evidence: 'general knowledge, not verified',
  },
  DOGEUSDT: {
    ownSymbol: 'DOGE_USDC-PERPETUAL',
    kind: 'linear',
    tickSize: '0.00001',
    sizeStep: '1',
    evidence: 'general knowledge, not verified',
  },
};

/** Canonical symbols whose contract is known without asking. */
export const TABLED_SYMBOLS: readonly string[] = Object.keys(CONTRACTS);

/** A well-known contract by its own name. */
export function tabledInstrument(ownSymbol: string): Instrument | undefined {
  const found = Object.entries(CONTRACTS).find(([, contract]) => contract.ownSymbol === ownSymbol);
  return found && instrumentOf(ownSymbol, found[0], found[1]);
}

/** Own name of a well-known contract by its canonical symbol. */
export function ownSymbolOf(symbol: string): string | undefined {
  return Object.hasOwn(CONTRACTS, symbol) ? CONTRACTS[symbol]?.ownSymbol : undefined;
}

/** A contract of the venue. `symbol` is canonical: it selects the asset. Amounts come in USD or coin, never in contracts. */
export function instrumentOf(
  ownSymbol: string,
  symbol: string,
  { kind, tickSize, sizeStep }: Pick<Instrument, 'kind' | 'tickSize' | 'sizeStep'>,
): Instrument {
  return {
    id: `${VENUE}:${ownSymbol}`,
    venue: VENUE,
    ownSymbol,
    symbol,
    kind,
    tickSize,
    sizeStep,
    contractMultiplier: 1,
  };
}
