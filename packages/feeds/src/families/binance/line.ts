import type { ContractKind, Instrument, UnixMs, VenueId } from '@liquidation-heatmap/core';

/** One product line that speaks Binance's futures protocol: what tells USDS-M from COIN-M and from venues that copy it. */
export interface BinanceLine {
  readonly venue: VenueId;
  /** In sentences. */
  readonly name: string;
  readonly kind: ContractKind;
  /** REST origin. */
  readonly restBase: string;
  /** Path of the calls: `/fapi/v1`, or `/dapi/v1` for contracts in coin. */
  readonly path: '/fapi/v1' | '/dapi/v1';
  /** Socket origin. */
  readonly socketBase: string;
  /** Each class of streams flows on its own path only, and a wrong path stays silent. */
  readonly isSplit: boolean;
  readonly quoteAsset: 'USDT' | 'USD';
  readonly tabledSymbols: readonly string[];
  /** A well-known contract by its own name. */
  tabledInstrument(ownSymbol: string, time: UnixMs): Instrument | undefined;
  /** Own name of a well-known contract by its canonical symbol. */
  ownSymbolOf(symbol: string): string | undefined;
}

/** What of a line its addresses depend on. */
export type LineAddress = Pick<BinanceLine, 'restBase' | 'path' | 'socketBase' | 'isSplit' | 'kind'>;

/** Price and size steps of a contract; `contractUsd` is what one inverse contract is worth. */
export interface ContractSteps {
  readonly tickSize: string;
  readonly sizeStep: string;
  readonly contractUsd?: number;
}

/** A contract of a line. `symbol` is canonical: it selects the asset. Inverse contracts are counted, so their USD value multiplies. */
export function instrumentOf(
  { venue, kind }: Pick<BinanceLine, 'venue' | 'kind'>,
  ownSymbol: string,
  symbol: string,
  { tickSize, sizeStep, contractUsd }: ContractSteps,
): Instrument {
  const contractMultiplier = kind === 'linear' ? 1 : contractUsd;
  return { id: `${venue}:${ownSymbol}`, venue, ownSymbol, symbol, kind, tickSize, sizeStep, contractMultiplier };
}
