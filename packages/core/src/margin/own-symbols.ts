import type { VenueId } from '../model/venue.js';

const USDT_PAIRS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'] as const;

/**
 * Names of the contracts whose brackets ship with core, by canonical pair. Written out and never built from parts: two venues'
 * names that look alike need not be the same contract.
 */
const OWN_SYMBOLS: Partial<Record<VenueId, Readonly<Record<string, string>>>> = {
  binance: Object.fromEntries(USDT_PAIRS.map((pair) => [pair, pair])),
  bybit: { BTCUSDT: 'BTCUSDT' },
  gate: {
    BTCUSDT: 'BTC_USDT',
    ETHUSDT: 'ETH_USDT',
    SOLUSDT: 'SOL_USDT',
    XRPUSDT: 'XRP_USDT',
    DOGEUSDT: 'DOGE_USDT',
  },
  hyperliquid: { BTCUSDT: 'BTC', ETHUSDT: 'ETH' },
  deribit: { BTCUSD: 'BTC-PERPETUAL', ETHUSD: 'ETH-PERPETUAL' },
  kraken: { BTCUSD: 'PI_XBTUSD', ETHUSD: 'PI_ETHUSD', XRPUSD: 'PI_XRPUSD' },
};

/** The venue's own name of a canonical pair's contract; undefined where core knows none. */
export function ownSymbolOf(venue: VenueId, symbol: string): string | undefined {
  const names = OWN_SYMBOLS[venue];
  return names !== undefined && Object.hasOwn(names, symbol) ? names[symbol] : undefined;
}
