import type { ContractKind, Instrument, UnixMs, VenueId } from '@liquidation-heatmap/core';

/** One of OKX's swap lines: what tells swaps settled in USDT from those settled in the coin. Both share hosts and sockets. */
export interface OkxLine {
  readonly venue: VenueId;
  /** In sentences. */
  readonly name: string;
  readonly kind: ContractKind;
  readonly tabledSymbols: readonly string[];
  /** A well-known contract by its own name. */
  tabledInstrument(ownSymbol: string, time: UnixMs): Instrument | undefined;
  /** Own name of a well-known contract by its canonical symbol. */
  ownSymbolOf(symbol: string): string | undefined;
}

/** A contract of a table: its own name, its steps and what one contract holds, with what shows them. */
export interface ListedSwap {
  readonly ownSymbol: string;
  readonly tickSize: string;
  /** In contracts. */
  readonly sizeStep: string;
  /** Coins, or USD of an inverse contract, in one contract (`ctVal x ctMult`). */
  readonly contractValue: number;
  readonly evidence: string;
}

/** A line from its table by canonical symbol. Names are written out: two that look alike need not be the same contract. */
export function lineOf(
  line: Pick<OkxLine, 'venue' | 'name' | 'kind'>,
  table: Readonly<Record<string, ListedSwap>>,
): OkxLine {
  return {
    ...line,
    tabledSymbols: Object.keys(table),
    tabledInstrument: (ownSymbol) => {
      const [symbol, listed] = Object.entries(table).find(([, row]) => row.ownSymbol === ownSymbol) ?? [];
      return symbol === undefined || listed === undefined ? undefined : instrumentOf(line, symbol, listed);
    },
    ownSymbolOf: (symbol) => (Object.hasOwn(table, symbol) ? table[symbol]?.ownSymbol : undefined),
  };
}

/** A contract of a line. `symbol` is canonical: it selects the asset. */
export function instrumentOf(
  { venue, kind }: Pick<OkxLine, 'venue' | 'kind'>,
  symbol: string,
  { ownSymbol, tickSize, sizeStep, contractValue }: Omit<ListedSwap, 'evidence'>,
): Instrument {
  const contractMultiplier = contractValue;
  return { id: `${venue}:${ownSymbol}`, venue, ownSymbol, symbol, kind, tickSize, sizeStep, contractMultiplier };
}
