import { bodyOf, Listener, START, makeHost } from './host-kit.js';
import { addShape, kindOf, restKindOf, type Shapes } from './wire-shapes.js';
import { ACCOUNT_ADDRESSES, type VenueHost, type VenueName } from '../src/index.js';

const BTC = { instId: 'BTC-USDT-SWAP' };

/** Everything a client can ask a socket for. */
const SOCKETS: Readonly<Record<VenueName, readonly (readonly [url: string, ...messages: unknown[]])[]>> = {
  binance: [
    [
      'wss://fstream.binance.com/public/stream?streams=btcusdt@depth@100ms/btcusdt@depth5/btcusdt@trade/btcusdt@bookTicker',
      { method: 'SUBSCRIBE', params: [], id: 1 },
      { method: 'NOTHING', id: 2 },
    ],
    [
      'wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade/btcusdt@markPrice@1s/btcusdt@forceOrder/btcusdt@kline_1m',
    ],
  ],
  bybit: [
    [
      'wss://stream.bybit.com/v5/public/linear',
      {
        op: 'subscribe',
        args: ['orderbook.50', 'publicTrade', 'tickers', 'allLiquidation', 'kline.1'].map(
          (topic) => `${topic}.BTCUSDT`,
        ),
      },
      { op: 'ping' },
      { op: 'unsubscribe', args: [] },
    ],
  ],
  okx: [
    [
      'wss://ws.okx.com:8443/ws/v5/public',
      {
        op: 'subscribe',
        args: [
          ...['books', 'trades', 'open-interest', 'mark-price', 'funding-rate'].map((channel) => ({ channel, ...BTC })),
          { channel: 'index-tickers', instId: 'BTC-USDT' },
          { channel: 'liquidation-orders', instType: 'SWAP' },
          { channel: 'liquidation-orders', ...BTC },
        ],
      },
      'ping',
      { op: 'unsubscribe', args: [{ channel: 'trades', ...BTC }] },
      { op: 'subscribe', args: [{ channel: 'trades', ...BTC }] },
    ],
    [
      'wss://ws.okx.com:8443/ws/v5/business',
      { op: 'subscribe', args: ['candle1m', 'trades-all'].map((channel) => ({ channel, ...BTC })) },
    ],
  ],
  hyperliquid: [
    [
      'wss://api.hyperliquid.xyz/ws',
      ...['trades', 'l2Book', 'activeAssetCtx', 'bbo', 'candle', 'allMids', 'nothing'].map((type) => ({
        method: 'subscribe',
        subscription: { type, coin: 'BTC', ...(type === 'candle' ? { interval: '1m' } : {}) },
      })),
      { method: 'subscribe', subscription: { type: 'l2Book', coin: 'BTC', fast: true } },
      { method: 'ping' },
    ],
  ],
};

/** Everything REST answers; Hyperliquid's are bodies of `POST /info`. */
const RESTS: Readonly<Record<VenueName, readonly (string | object)[]>> = {
  binance: [
    ...['ping', 'time', 'exchangeInfo', 'depth?symbol=BTCUSDT', 'klines?symbol=BTCUSDT&interval=5m'],
    ...['markPriceKlines?symbol=BTCUSDT&interval=5m', 'openInterest?symbol=BTCUSDT', 'aggTrades?symbol=BTCUSDT'],
  ]
    .map((path) => `https://fapi.binance.com/fapi/v1/${path}`)
    .concat(
      ['openInterestHist', 'globalLongShortAccountRatio', 'topLongShortAccountRatio', 'topLongShortPositionRatio'].map(
        (name) => `https://fapi.binance.com/futures/data/${name}?symbol=BTCUSDT&period=5m`,
      ),
    ),
  bybit: [
    ...['time', 'kline?symbol=BTCUSDT&interval=5', 'mark-price-kline?symbol=BTCUSDT&interval=5', 'instruments-info'],
    ...['open-interest?symbol=BTCUSDT&intervalTime=5min', 'recent-trade?symbol=BTCUSDT', 'risk-limit?symbol=BTCUSDT'],
    ...['account-ratio?symbol=BTCUSDT&period=5min', 'orderbook?symbol=BTCUSDT', 'funding/history?symbol=BTCUSDT'],
  ].map((path) => `https://api.bybit.com/v5/market/${path}`),
  okx: [
    ...['public/time', 'public/instruments?instType=SWAP', 'public/open-interest?instType=SWAP'],
    ...['public/mark-price?instType=SWAP', 'public/position-tiers?instType=SWAP&tdMode=cross&instFamily=BTC-USDT'],
    ...['public/funding-rate', 'public/funding-rate-history', 'market/candles', 'market/history-candles'].map(ofBtc),
    ...['market/history-mark-price-candles', 'market/trades', 'market/history-trades', 'market/books'].map(ofBtc),
    ...['open-interest-history', 'long-short-account-ratio-contract'].map((name) =>
      ofBtc(`rubik/stat/contracts/${name}`),
    ),
  ].map((path) => `https://www.okx.com/api/v5/${path}`),
  hyperliquid: [
    ...['meta', 'metaAndAssetCtxs', 'allMids'].map((type) => ({ type })),
    ...['l2Book', 'recentTrades'].map((type) => ({ type, coin: 'BTC' })),
    { type: 'fundingHistory', coin: 'BTC', startTime: 0 },
    // Enough of them for both kinds of margin, and for a position that no price would liquidate.
    ...ACCOUNT_ADDRESSES.slice(0, 20).map((user) => ({ type: 'clearinghouseState', user })),
    { type: 'candleSnapshot', req: { coin: 'BTC', interval: '5m', startTime: START - 3_600_000 } },
  ],
};

function ofBtc(path: string): string {
  return `${path}?instId=BTC-USDT-SWAP`;
}

/** Shapes of everything this server's venue sends within a minute to one who asks for all of it. */
export function ownShapes(venue: VenueName): Shapes {
  // Long enough for a settlement of funding.
  const host = makeHost({ historyMs: 9 * 3_600_000 });
  const shapes: Shapes = new Map();
  const listeners = SOCKETS[venue].map(([url, ...messages]) => new Listener(host, url, ...messages));
  for (let second = 1; second <= 60; second++) {
    host.advance(START + second * 1_000);
    if (second % 20 === 0) host.market(venue, 'BTCUSDT').addLiquidation(host.now, 'long', 60_000, 1);
  }
  for (const text of listeners.flatMap(({ texts }) => texts)) {
    const { kind, value } = kindOf(venue, text);
    addShape(shapes, kind, value);
  }
  for (const asked of RESTS[venue]) addRest(host, shapes, asked);
  return shapes;
}

function addRest(host: VenueHost, shapes: Shapes, asked: string | object): void {
  if (typeof asked === 'string') return addShape(shapes, restKindOf(asked), bodyOf(host, asked));
  const kind = `rest ${(asked as { type: string }).type}`;
  addShape(shapes, kind, bodyOf(host, 'https://api.hyperliquid.xyz/info', asked));
}
