/** A frame or REST body in the venue's shape, written by hand, that follows the ones before it. */
interface VenueFrame {
  /** Socket on which it comes; absent for REST bodies. */
  readonly url?: string;
  readonly restUrl?: string;
  /** Text of frame number `step` at `time`, Unix ms. */
  text(step: number, time: number): string;
}

const PUBLIC = 'wss://fstream.binance.com/public/stream';
const MARKET = 'wss://fstream.binance.com/market/stream';
const REST = 'https://fapi.binance.com/fapi/v1/';
const SYMBOL = 'BTCUSDT';

function frame(url: string, stream: string, data: (step: number, time: number) => object): VenueFrame {
  return { url, text: (step, time) => JSON.stringify({ stream, data: data(step, time) }) };
}

function body(query: string, data: (step: number, time: number) => unknown): VenueFrame {
  return { restUrl: REST + query, text: (step, time) => JSON.stringify(data(step, time)) };
}

const price = (step: number): string => (60_000 + (step % 40) * 2.5).toFixed(2);
const firstId = (step: number): number => 7_000_000_000_000 + 10 * step;

/** Everything the Binance adapter understands, sound. */
export const VENUE_FRAMES: readonly VenueFrame[] = [
  frame(PUBLIC, 'btcusdt@depth@100ms', (step, time) => ({
    ...{
      e: 'depthUpdate',
      E: time,
      T: time - 3,
      s: SYMBOL,
      U: firstId(step),
      u: firstId(step) + 9,
      pu: firstId(step) - 1,
    },
    b: [
      [price(step), '1.250'],
      ['59999.90', '0.000'],
    ],
    a: [['60100.10', '2.500']],
  })),
  frame(MARKET, 'btcusdt@aggTrade', (step, time) => ({
    ...{ e: 'aggTrade', E: time, a: 500 + step, s: SYMBOL, p: price(step), q: '0.015', nq: '0.015' },
    ...{ f: 1, l: 2, T: time - 5, m: step % 2 === 0, st: 1 },
  })),
  frame(MARKET, 'btcusdt@trade', (step, time) => ({
    ...{ e: 'trade', E: time, T: time - 5, s: SYMBOL, t: 900 + step, p: price(step), q: '0.015', X: 'MARKET', m: true },
  })),
  frame(MARKET, 'btcusdt@markPrice@1s', (_step, time) => ({
    ...{ e: 'markPriceUpdate', E: time, s: SYMBOL, p: '60000.12345678', P: '60001.00000000', i: '60003.50000000' },
    ...{ r: '0.00010000', T: time + 3_600_000 },
  })),
  frame(MARKET, '!forceOrder@arr', (_step, time) => ({
    e: 'forceOrder',
    E: time,
    o: {
      ...{ s: SYMBOL, S: 'SELL', o: 'LIMIT', f: 'IOC', q: '0.500', p: '59400.00', ap: '59990.25', X: 'FILLED' },
      ...{ l: '0.100', z: '0.500', T: time - 900, ps: SYMBOL, st: 1 },
    },
  })),
  frame(MARKET, 'btcusdt@kline_1m', (step, time) => ({
    ...{ e: 'kline', E: time, s: SYMBOL },
    k: {
      ...{ t: time - 60_000, T: time - 1, s: SYMBOL, i: '1m', f: 1, L: 9, o: price(step), c: price(step + 1) },
      ...{ h: '60200.00', l: '59900.00', v: '12.5', n: 9, x: true, q: '750000', V: '6.0', Q: '360000', B: '0' },
    },
  })),
  frame(PUBLIC, 'btcusdt@bookTicker', (step, time) => ({
    ...{
      e: 'bookTicker',
      u: firstId(step),
      s: SYMBOL,
      b: price(step),
      B: '1',
      a: '60100.10',
      A: '2',
      T: time,
      E: time,
    },
  })),
  { url: PUBLIC, text: () => '{"result":null,"id":1}' },
  { url: PUBLIC, text: () => '{"error":{"code":2,"msg":"Invalid request: unknown stream"},"id":3}' },
  body(`depth?symbol=${SYMBOL}&limit=1000`, (step, time) => ({
    ...{ lastUpdateId: firstId(step) + 4, E: time, T: time },
    bids: [
      ['60000.00', '1.5'],
      ['59990.00', '10.0'],
    ],
    asks: [
      ['60000.10', '2.0'],
      ['60020.00', '8.0'],
    ],
  })),
  body(`openInterest?symbol=${SYMBOL}`, (step, time) => ({
    openInterest: String(80_000 + step),
    symbol: SYMBOL,
    time,
  })),
  body('exchangeInfo', () => ({
    symbols: [
      {
        ...{
          symbol: SYMBOL,
          pair: SYMBOL,
          contractType: 'PERPETUAL',
          status: 'TRADING',
          baseAsset: 'BTC',
          quoteAsset: 'USDT',
        },
        filters: [
          { filterType: 'PRICE_FILTER', tickSize: '0.10', minPrice: '1', maxPrice: '1000000' },
          { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
        ],
      },
    ],
  })),
  body(`klines?symbol=${SYMBOL}&interval=5m&limit=2`, (step, time) => [
    [
      time - 600_000,
      price(step),
      '60200.00',
      '59900.00',
      price(step + 1),
      '12.5',
      time - 300_001,
      '750000',
      9,
      '6.0',
      '360000',
      '0',
    ],
    [
      time - 300_000,
      price(step),
      '60200.00',
      '59900.00',
      price(step + 2),
      '12.5',
      time - 1,
      '750000',
      9,
      '6.0',
      '360000',
      '0',
    ],
  ]),
];
