import { instrumentOf, type BinanceLine, type ContractSteps } from '../../families/binance/line.js';

/** A contract of the table: its own name, steps, and what shows them. */
interface Listed extends ContractSteps {
  readonly ownSymbol: string;
  readonly contractUsd: number;
  readonly evidence: string;
}

/** Perpetuals by the canonical symbol of their asset. One BTC contract is 100 USD, one of the others 10 USD. */
const CONTRACTS: Readonly<Record<string, Listed>> = {
  BTCUSDT: {
    ownSymbol: 'BTCUSD_PERP',
    tickSize: '0.1',
    sizeStep: '1',
    contractUsd: 100,
    evidence: 'recording of 2024-08-08',
  },
  ETHUSDT: {
    ownSymbol: 'ETHUSD_PERP',
    tickSize: '0.01',
    sizeStep: '1',
    contractUsd: 10,
    evidence: 'recording of 2024-08-08',
  },
  SOLUSDT: {
    ownSymbol: 'SOLUSD_PERP',
    tickSize: '0.001',
    sizeStep: '1',
    contractUsd: 10,
    evidence: 'general knowledge, not verified',
  },
  XRPUSDT: {
    ownSymbol: 'XRPUSD_PERP',
    tickSize: '0.0001',
    sizeStep: '1',
    contractUsd: 10,
    evidence: 'general knowledge, not verified',
  },
  DOGEUSDT: {
    ownSymbol: 'DOGEUSD_PERP',
    tickSize: '0.00001',
    sizeStep: '1',
    contractUsd: 10,
    evidence: 'general knowledge, not verified',
  },
};

/** COIN-M: contracts in USD, counted in pieces, settled in the coin. */
export const LINE: BinanceLine = {
  venue: 'binance-coinm',
  name: 'Binance COIN-M',
  kind: 'inverse',
  restBase: 'https://dapi.binance.com',
  path: '/dapi/v1',
  socketBase: 'wss://dstream.binance.com',
  isSplit: false,
  quoteAsset: 'USD',
  tabledSymbols: Object.keys(CONTRACTS),
  tabledInstrument: (ownSymbol) => {
    const found = Object.entries(CONTRACTS).find(([, contract]) => contract.ownSymbol === ownSymbol);
    if (found === undefined) return undefined;
    return instrumentOf({ venue: 'binance-coinm', kind: 'inverse' }, ownSymbol, found[0], found[1]);
  },
  ownSymbolOf: (symbol) => (Object.hasOwn(CONTRACTS, symbol) ? CONTRACTS[symbol]?.ownSymbol : undefined),
};
