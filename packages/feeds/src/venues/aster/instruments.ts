import { instrumentOf, type BinanceLine } from '../../families/binance/line.js';

/** Tick size and size step of the five contracts: the finest plausible ones. General knowledge, not verified. */
const STEPS: Readonly<Record<string, readonly [tickSize: string, sizeStep: string]>> = {
  BTCUSDT: ['0.1', '0.001'],
  ETHUSDT: ['0.01', '0.001'],
  SOLUSDT: ['0.001', '0.01'],
  XRPUSDT: ['0.0001', '0.1'],
  DOGEUSDT: ['0.00001', '1'],
};

/**
 * A venue that copies the USDS-M interface of before the split of streams. Its forced orders were captured in 2026-09; everything else
 * rests on its documentation.
 */
export const LINE: BinanceLine = {
  venue: 'aster',
  name: 'Aster',
  kind: 'linear',
  restBase: 'https://fapi.asterdex.com',
  path: '/fapi/v1',
  socketBase: 'wss://fstream.asterdex.com',
  isSplit: false,
  quoteAsset: 'USDT',
  tabledSymbols: Object.keys(STEPS),
  tabledInstrument: (ownSymbol) => {
    const steps = Object.hasOwn(STEPS, ownSymbol) ? STEPS[ownSymbol] : undefined;
    if (steps === undefined) return undefined;
    const [tickSize, sizeStep] = steps;
    return instrumentOf({ venue: 'aster', kind: 'linear' }, ownSymbol, ownSymbol, { tickSize, sizeStep });
  },
  ownSymbolOf: (symbol) => (Object.hasOwn(STEPS, symbol) ? symbol : undefined),
};
