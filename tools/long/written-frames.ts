import type { VenueId } from '@liquidation-heatmap/core';

const T = Date.UTC(2026, 8, 21, 12);
const text = (...frames: readonly object[]): readonly string[] => frames.map((frame) => JSON.stringify(frame));
const coinm = (stream: string, data: object): object => ({ stream: `btcusd_perp@${stream}`, data });
const deribit = (kind: string, data: unknown): object => ({
  jsonrpc: '2.0',
  method: 'subscription',
  params: { channel: `${kind}.BTC-PERPETUAL.100ms`, data },
});
const kraken = (feed: string, more: object): object => ({ feed, product_id: 'PF_XBTUSD', ...more });
const htx = (kind: string, tick: object): object => ({ ch: `market.BTC-USDT.${kind}`, ts: T, tick });

const BYBIT_INVERSE = { symbol: 'BTCUSD', markPrice: '60000.1', indexPrice: '60001', singleOpenInterest: '5000000' };
const LEVELS = { b: [['60000.0', '10']], a: [['60000.1', '12']] };

/** Sound frames in the shape of venues that no venue server speaks for. */
export const WRITTEN_FRAMES: Partial<Record<VenueId, readonly string[]>> = {
  'binance-coinm': text(
    coinm('depth@100ms', { e: 'depthUpdate', E: T, T, s: 'BTCUSD_PERP', U: 1, u: 3, pu: 0, ...LEVELS }),
    coinm('aggTrade', { e: 'aggTrade', E: T, a: 5, s: 'BTCUSD_PERP', p: '60000.1', q: '7', f: 1, l: 2, T, m: true }),
    coinm('markPrice@1s', { e: 'markPriceUpdate', E: T, s: 'BTCUSD_PERP', p: '60000.1', i: '60001', r: '0.0001', T }),
    coinm('forceOrder', {
      e: 'forceOrder',
      E: T,
      o: { s: 'BTCUSD_PERP', S: 'SELL', p: '59000', ap: '59100', z: '3', T },
    }),
  ),
  'aster': text({
    stream: 'btcusdt@forceOrder',
    data: { e: 'forceOrder', E: T, o: { s: 'BTCUSDT', S: 'BUY', p: '61000', ap: '60900', z: '0.5', T } },
  }),
  'bybit-inverse': text(
    { topic: 'tickers.BTCUSD', type: 'snapshot', ts: T, data: BYBIT_INVERSE },
    { topic: 'orderbook.200.BTCUSD', type: 'snapshot', ts: T, data: { s: 'BTCUSD', ...LEVELS, u: 1, seq: 9 } },
    {
      topic: 'publicTrade.BTCUSD',
      type: 'snapshot',
      ts: T,
      data: [{ T, s: 'BTCUSD', S: 'Buy', v: '100', p: '60000.1', i: 'x' }],
    },
  ),
  'deribit': text(
    deribit('book', {
      type: 'snapshot',
      timestamp: T,
      instrument_name: 'BTC-PERPETUAL',
      change_id: 1,
      bids: [['new', 60_000, 30]],
      asks: [['new', 60_000.5, 10]],
    }),
    deribit('book', {
      type: 'change',
      timestamp: T,
      instrument_name: 'BTC-PERPETUAL',
      prev_change_id: 1,
      change_id: 2,
      bids: [['delete', 60_000, 0]],
      asks: [],
    }),
    deribit('trades', [
      {
        trade_id: '1',
        timestamp: T,
        price: 60_000.5,
        instrument_name: 'BTC-PERPETUAL',
        direction: 'buy',
        amount: 320,
        liquidation: 'MT',
      },
    ]),
    deribit('ticker', {
      timestamp: T,
      instrument_name: 'BTC-PERPETUAL',
      mark_price: 60_000.1,
      index_price: 60_001.2,
      open_interest: 4e8,
      current_funding: 1e-5,
    }),
    { jsonrpc: '2.0', method: 'heartbeat', params: { type: 'test_request' } },
  ),
  'kraken': text(
    kraken('book_snapshot', {
      timestamp: T,
      seq: 1,
      tickSize: null,
      bids: [{ price: 60_000, qty: 1.5 }],
      asks: [{ price: 60_000.5, qty: 2 }],
    }),
    kraken('book', { side: 'buy', seq: 2, price: 59_999, qty: 0.3, timestamp: T }),
    kraken('trade', { uid: 'a', side: 'buy', type: 'liquidation', time: T, qty: 0.25, price: 60_000.5 }),
    kraken('ticker', {
      time: T,
      markPrice: 60_000.1,
      index: 59_999.7,
      openInterest: 2_189.7,
      relative_funding_rate: 1e-5,
      next_funding_rate_time: T,
    }),
  ),
  'htx': text(
    htx('depth.step0', { mrid: 1, id: 1, ts: T, version: 1, bids: [[60_000, 1_500]], asks: [[60_000.1, 7]] }),
    htx('trade.detail', {
      id: 1,
      ts: T,
      data: [{ amount: 20, quantity: 0.02, ts: T, id: 7, price: 60_000.1, direction: 'buy' }],
    }),
    htx('mark_price.1min', { id: 1, open: '1', high: '1', low: '1', close: '60000.1', vol: '0' }),
    {
      op: 'notify',
      topic: 'public.BTC-USDT.liquidation_orders',
      ts: T,
      data: [
        {
          contract_code: 'BTC-USDT',
          direction: 'sell',
          offset: 'close',
          volume: 500,
          price: 59_000.5,
          created_at: T,
          amount: 0.5,
        },
      ],
    },
    { ping: T },
  ),
  'gate': text(
    {
      time: 1,
      time_ms: T,
      channel: 'futures.order_book_update',
      event: 'update',
      result: { t: T, s: 'BTC_USDT', U: 1, u: 3, b: [{ p: '60000', s: 7 }], a: [] },
    },
    {
      time: 1,
      time_ms: T,
      channel: 'futures.trades',
      event: 'update',
      result: [{ size: -108, id: 27, create_time_ms: T, price: '60000.1', contract: 'BTC_USDT' }],
    },
    {
      time: 1,
      time_ms: T,
      channel: 'futures.tickers',
      event: 'update',
      result: [
        { contract: 'BTC_USDT', mark_price: '60000.1', index_price: '60001', funding_rate: '0.0001', total_size: '32' },
      ],
    },
  ),
  'bitget': text(
    {
      arg: { instType: 'usdt-futures', topic: 'publicTrade', symbol: 'BTCUSDT' },
      action: 'update',
      data: [{ T: String(T), p: '60000.1', v: '0.5', S: 'buy', i: '9' }],
      ts: T,
    },
    {
      arg: { instType: 'usdt-futures', topic: 'books', symbol: 'BTCUSDT' },
      action: 'snapshot',
      data: [{ a: [['60000.1', '1']], b: [['60000', '2']], seq: 5, pseq: 0, checksum: 0, ts: String(T) }],
      ts: T,
    },
    {
      arg: { instType: 'usdt-futures', topic: 'ticker', symbol: 'BTCUSDT' },
      action: 'snapshot',
      data: [{ markPrice: '60000.1', indexPrice: '60001', openInterest: '900' }],
      ts: T,
    },
  ),
  'okx-inverse': text(
    {
      arg: { channel: 'trades', instId: 'BTC-USD-SWAP' },
      data: [{ tradeId: '1', px: '60000.1', sz: '3', side: 'sell', ts: String(T) }],
    },
    {
      arg: { channel: 'liquidation-orders', instType: 'SWAP' },
      data: [
        { instId: 'BTC-USD-SWAP', details: [{ bkPx: '59000', posSide: 'long', side: 'sell', sz: '5', ts: String(T) }] },
      ],
    },
  ),
};
