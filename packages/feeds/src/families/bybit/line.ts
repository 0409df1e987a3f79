import type { ContractKind, Instrument, UnixMs, VenueId } from '@liquidation-heatmap/core';

/** One of Bybit's product lines: what tells linear contracts in USDT from inverse ones. */
export interface BybitLine {
  readonly venue: VenueId;
  /** In sentences. */
  readonly name: string;
  /** As paths and queries name it. */
  readonly category: 'linear' | 'inverse';
  readonly kind: ContractKind;
  /** Coin that prices are in. */
  readonly quoteCoin: 'USDT' | 'USD';
  readonly tabledSymbols: readonly string[];
  /** A well-known contract by its own name. */
  tabledInstrument(ownSymbol: string, time: UnixMs): Instrument | undefined;
  /** Own name of a well-known contract by its canonical symbol. */
  ownSymbolOf(symbol: string): string | undefined;
}

/** Price and size steps of a contract, with what shows them. */
export interface Steps {
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly evidence: string;
}

/** The contract of one line with these steps. `symbol` is canonical: it selects the asset. Quantities are in coin or USD already. */
export function instrumentOf(
  line: Pick<BybitLine, 'venue' | 'kind'>,
  ownSymbol: string,
  symbol: string,
  { tickSize, sizeStep }: Omit<Steps, 'evidence'>,
): Instrument {
  const { venue, kind } = line;
  return { id: `${venue}:${ownSymbol}`, venue, ownSymbol, symbol, kind, tickSize, sizeStep, contractMultiplier: 1 };
}
