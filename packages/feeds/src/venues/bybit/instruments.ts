import { instrumentOf, type BybitLine, type Steps } from '../../families/bybit/line.js';

/**
 * Steps of contracts known without asking the venue; `instruments-info` wins wherever it was fetched. A tick size that is too fine reads
 * every price, so where no recording shows the step, the finest plausible one stands here. Steps have no days here yet.
 */
const STEPS: Readonly<Record<string, Steps>> = {
  BTCUSDT: { tickSize: '0.10', sizeStep: '0.001', evidence: 'ticker frames of 2026-08 and 2026-10' },
  ETHUSDT: { tickSize: '0.01', sizeStep: '0.01', evidence: 'general knowledge, not verified' },
  SOLUSDT: { tickSize: '0.001', sizeStep: '0.1', evidence: 'general knowledge, not verified' },
  XRPUSDT: { tickSize: '0.0001', sizeStep: '1', evidence: 'every price of the recording of 2024-12-01' },
  DOGEUSDT: { tickSize: '0.00001', sizeStep: '1', evidence: 'general knowledge, not verified' },
};

/** Linear contracts in USDT: own names are the canonical symbols. */
export const LINE: BybitLine = {
  venue: 'bybit',
  name: 'Bybit',
  category: 'linear',
  kind: 'linear',
  quoteCoin: 'USDT',
  tabledSymbols: Object.keys(STEPS),
  tabledInstrument: (ownSymbol) => {
    const steps = Object.hasOwn(STEPS, ownSymbol) ? STEPS[ownSymbol] : undefined;
    return steps && instrumentOf({ venue: 'bybit', kind: 'linear' }, ownSymbol, ownSymbol, steps);
  },
  ownSymbolOf: (symbol) => (Object.hasOwn(STEPS, symbol) ? symbol : undefined),
};
