import { lineOf } from '../../families/okx/line.js';

const NOT_VERIFIED = 'general knowledge, not verified';

/** Swaps settled in the coin: one BTC contract is 100 USD (measured 2026-08), one of the others 10 USD. */
export const LINE = lineOf(
  { venue: 'okx-inverse', name: 'OKX inverse', kind: 'inverse' },
  {
    BTCUSDT: {
      ownSymbol: 'BTC-USD-SWAP',
      tickSize: '0.1',
      sizeStep: '1',
      contractValue: 100,
      evidence: 'contract value measured 2026-08; steps not verified',
    },
    ETHUSDT: { ownSymbol: 'ETH-USD-SWAP', tickSize: '0.01', sizeStep: '1', contractValue: 10, evidence: NOT_VERIFIED },
    SOLUSDT: { ownSymbol: 'SOL-USD-SWAP', tickSize: '0.001', sizeStep: '1', contractValue: 10, evidence: NOT_VERIFIED },
    XRPUSDT: {
      ownSymbol: 'XRP-USD-SWAP',
      tickSize: '0.0001',
      sizeStep: '1',
      contractValue: 10,
      evidence: NOT_VERIFIED,
    },
    DOGEUSDT: {
      ownSymbol: 'DOGE-USD-SWAP',
      tickSize: '0.00001',
      sizeStep: '1',
      contractValue: 10,
      evidence: NOT_VERIFIED,
    },
  },
);
