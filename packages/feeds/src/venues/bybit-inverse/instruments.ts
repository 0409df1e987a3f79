import { instrumentOf, type BybitLine, type Steps } from '../../families/bybit/line.js';

/** A contract of the table: its own name and steps. */
interface Listed extends Steps {
  readonly ownSymbol: string;
}

/** Inverse contracts by the canonical symbol of their asset. No recording shows them: the finest plausible steps, not verified. */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: { ownSymbol: 'BTCUSD', tickSize: '0.10', sizeStep: '1', evidence: 'general knowledge, not verified' },
  ETHUSDT: { ownSymbol: 'ETHUSD', tickSize: '0.01', sizeStep: '1', evidence: 'general knowledge, not verified' },
  SOLUSDT: { ownSymbol: 'SOLUSD', tickSize: '0.001', sizeStep: '1', evidence: 'general knowledge, not verified' },
  XRPUSDT: { ownSymbol: 'XRPUSD', tickSize: '0.0001', sizeStep: '1', evidence: 'general knowledge, not verified' },
  DOGEUSDT: { ownSymbol: 'DOGEUSD', tickSize: '0.00001', sizeStep: '1', evidence: 'general knowledge, not verified' },
};

/** Inverse contracts, settled in the coin. */
export const LINE: BybitLine = {
  venue: 'bybit-inverse',
  name: 'Bybit inverse',
  category: 'inverse',
  kind: 'inverse',
  quoteCoin: 'USD',
  tabledSymbols: Object.keys(CONTRACTS),
  tabledInstrument: (ownSymbol) => {
    const found = Object.entries(CONTRACTS).find(([, contract]) => contract.ownSymbol === ownSymbol);
    if (found === undefined) return undefined;
    return instrumentOf({ venue: 'bybit-inverse', kind: 'inverse' }, ownSymbol, found[0], found[1]);
  },
  ownSymbolOf: (symbol) => (Object.hasOwn(CONTRACTS, symbol) ? CONTRACTS[symbol]?.ownSymbol : undefined),
};
