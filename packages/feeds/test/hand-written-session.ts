/** A short session in Binance's shape, written by hand: both sockets, a snapshot between updates, trades, mark, a forced order, a candle. */

/** Time of the first line. */
export const START = 1_790_000_000_000;
const SYMBOL = 'BTCUSDT';
const STREAM = 'btcusdt';

/** Lines of a recording that a clone without recordings can test with; `updates` depth updates 100 ms apart. */
export function handWrittenSession(updates = 60): string[] {
  const lines = [
    record(0, 'open', { url: 'wss://fstream.binance.com/public/stream' }),
    record(0, 'open', { url: 'wss://fstream.binance.com/market/stream' }),
    record(1, 'out', { url: 'wss://fstream.binance.com/public/stream', d: subscribe([`${STREAM}@depth@100ms`]) }),
    record(1, 'out', {
      url: 'wss://fstream.binance.com/market/stream',
      d: subscribe([`${STREAM}@aggTrade`, `${STREAM}@markPrice@1s`]),
    }),
    record(5, 'in', { d: '{"result":null,"id":1}' }),
  ];
  for (let i = 0; i < updates; i++) {
    const at = 100 * (i + 1);
    lines.push(frame(at, `${STREAM}@depth@100ms`, depthUpdate(i)));
    lines.push(frame(at + 20, `${STREAM}@aggTrade`, aggTrade(i)));
    if (i === 2)
      lines.push(
        record(at + 30, 'rest', {
          url: `https://fapi.binance.com/fapi/v1/depth?symbol=${SYMBOL}&limit=1000`,
          d: snapshot(1),
        }),
      );
    if (i % 10 === 0) lines.push(frame(at + 40, `${STREAM}@markPrice@1s`, markPrice(i)));
    if (i === 30) lines.push(frame(at + 50, '!forceOrder@arr', forceOrder(i)));
    if (i === 31) lines.push(frame(at + 50, `${STREAM}@bookTicker`, bookTicker(i)));
  }
  return lines;
}

/** One recorded line `offset` ms after the start, as the recorder's clock (900 ms behind the venue) saw it. */
export function record(offset: number, k: string, rest: Readonly<Record<string, string>>): string {
  return JSON.stringify({ t: START + offset - 900, k, ...rest });
}

/** A server frame of a combined stream. */
export function frame(offset: number, stream: string, data: object): string {
  return record(offset, 'in', { d: JSON.stringify({ stream, data }) });
}

/** A REST snapshot that is true after update `index`. */
export function snapshot(index: number): string {
  const T = START + 100 * (index + 1);
  return JSON.stringify({
    lastUpdateId: lastId(index),
    E: T,
    T,
    bids: [
      ['60000.00', '1.500'],
      ['59999.90', '0.250'],
      ['59990.00', '10.000'],
    ],
    asks: [
      ['60000.10', '2.000'],
      ['60000.50', '0.125'],
      ['60020.00', '8.000'],
    ],
  });
}

/** Last update id of depth update `index`. */
export function lastId(index: number): number {
  return 7_000_000_000_000 + 10 * index + 9;
}

/** Depth update `index`: touches two bids and one ask, deletes now and then. */
export function depthUpdate(index: number) {
  const T = START + 100 * (index + 1) - 10;
  return {
    e: 'depthUpdate',
    E: T + 3,
    T,
    s: SYMBOL,
    U: lastId(index) - 9,
    u: lastId(index),
    pu: lastId(index - 1),
    b: [
      [`${59_990 + (index % 10)}.00`, index % 7 === 3 ? '0.000' : `${1 + (index % 5)}.250`],
      ['59999.90', `0.${100 + index}`],
    ],
    a: [[`${60_001 + (index % 8)}.10`, index % 6 === 5 ? '0.000' : `2.${100 + index}`]],
  };
}

/** Aggregated trade `index`: takers buy and sell in turn. */
export function aggTrade(index: number) {
  const T = START + 100 * (index + 1) + 10;
  return {
    e: 'aggTrade',
    E: T + 5,
    a: 500 + index,
    s: SYMBOL,
    p: `6000${index % 10}.10`,
    q: `0.0${10 + index}`,
    nq: '0',
    f: 1,
    l: 2,
    T,
    m: index % 2 === 0,
    st: 1,
  };
}

function markPrice(index: number) {
  const E = START + 100 * (index + 1) + 30;
  return {
    e: 'markPriceUpdate',
    E,
    s: SYMBOL,
    p: '60000.12345678',
    P: '60001.00000000',
    i: '60003.50000000',
    r: '0.00010000',
    T: START + 3_600_000,
  };
}

function forceOrder(index: number) {
  const T = START + 100 * (index + 1) - 950;
  const o = {
    s: SYMBOL,
    S: 'SELL',
    o: 'LIMIT',
    f: 'IOC',
    q: '0.500',
    p: '59400.00',
    ap: '59990.25',
    X: 'FILLED',
    l: '0.100',
    z: '0.500',
    T,
    ps: SYMBOL,
    st: 1,
  };
  return { e: 'forceOrder', E: T + 990, o };
}

function bookTicker(index: number) {
  const T = START + 100 * (index + 1) + 45;
  return {
    e: 'bookTicker',
    u: lastId(index),
    s: SYMBOL,
    ps: SYMBOL,
    b: '60000.00',
    B: '1.500',
    a: '60000.10',
    A: '2.000',
    T,
    E: T,
    st: 1,
  };
}

function subscribe(params: readonly string[]): string {
  return JSON.stringify({ method: 'SUBSCRIBE', params, id: 1 });
}
