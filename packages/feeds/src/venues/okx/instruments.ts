import { lineOf } from '../../families/okx/line.js';

const NOT_VERIFIED = 'general knowledge, not verified';

/** Swaps in USDT: what one BTC contract holds was measured in 2026-08; where no recording shows a step, the finest plausible one. */
export const LINE = lineOf(
  { venue: 'okx', name: 'OKX', kind: 'linear' },
  {
    BTCUSDT: {
      ownSymbol: 'BTC-USDT-SWAP',
      tickSize: '0.1',
      sizeStep: '0.01',
      contractValue: 0.01,
      evidence: 'contract value measured 2026-08; steps not verified',
    },
    ETHUSDT: {
      ownSymbol: 'ETH-USDT-SWAP',
      tickSize: '0.01',
      sizeStep: '0.01',
      contractValue: 0.1,
      evidence: NOT_VERIFIED,
    },
    SOLUSDT: {
      ownSymbol: 'SOL-USDT-SWAP',
      tickSize: '0.001',
      sizeStep: '0.01',
      contractValue: 1,
      evidence: NOT_VERIFIED,
    },
    XRPUSDT: {
      ownSymbol: 'XRP-USDT-SWAP',
      tickSize: '0.0001',
      sizeStep: '0.01',
      contractValue: 100,
      evidence: NOT_VERIFIED,
    },
    DOGEUSDT: {
      ownSymbol: 'DOGE-USDT-SWAP',
      tickSize: '0.00001',
      sizeStep: '0.01',
      contractValue: 1_000,
      evidence: NOT_VERIFIED,
    },
  },
);
