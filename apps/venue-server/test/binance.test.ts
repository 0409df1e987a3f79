import { expect, test } from 'vitest';
import { Listener, ReaderBook, START, bodyOf, makeHost, modelLevels, statusOf, type WireRow } from './host-kit.js';

const PUBLIC = 'wss://fstream.binance.com/public/stream';
const MARKET = 'wss://fstream.binance.com/market/stream';
const REST = 'https://fapi.binance.com';
const subscribe = (...params: string[]): object => ({ method: 'SUBSCRIBE', params, id: 1 });

interface Depth {
  readonly stream: string;
  readonly data: {
    readonly U: number;
    readonly u: number;
    readonly pu: number;
    readonly b: WireRow[];
    readonly a: WireRow[];
  };
}
interface Snapshot {
  readonly lastUpdateId: number;
  readonly bids: WireRow[];
  readonly asks: WireRow[];
}
interface Forced {
  readonly data: {
    readonly E: number;
    readonly o: { readonly S: string; readonly T: number; readonly p: string; readonly ap: string };
  };
}

test('a stream of the other class is acknowledged and stays silent', () => {
  const host = makeHost();
  const wrong = new Listener(host, PUBLIC, subscribe('btcusdt@aggTrade'));
  const right = new Listener(host, MARKET, subscribe('btcusdt@aggTrade'));
  host.advance(START + 10_000);
  expect(wrong.frames).toEqual([{ result: null, id: 1 }]);
  expect(right.frames.length).toBeGreaterThan(10);
});

test('on a path without a class only public streams flow', () => {
  const host = makeHost();
  const both = new Listener(host, 'wss://fstream.binance.com/stream?streams=btcusdt@aggTrade/btcusdt@depth@100ms');
  host.advance(START + 5_000);
  expect(new Set(both.frames.map(({ stream }) => stream))).toEqual(new Set(['btcusdt@depth@100ms']));
});

test('a bare path sends payloads without their stream, and an unknown or upper-case name never speaks', () => {
  const host = makeHost();
  const bare = new Listener(host, 'wss://fstream.binance.com/market/ws/btcusdt@markPrice@1s');
  const odd = new Listener(host, PUBLIC, subscribe('BTCUSDT@depth', 'btcusdt@nothing'));
  host.advance(START + 3_000);
  expect(bare.frames.map(({ e }) => e)).toEqual(['markPriceUpdate', 'markPriceUpdate', 'markPriceUpdate']);
  expect(odd.frames).toHaveLength(1);
});

test.each(['@depth@100ms', '@depth', '@depth@500ms', '@depth@0ms'])(
  'each frame of btcusdt%s names the last one, and none begins right after it by rule',
  (suffix) => {
    const host = makeHost();
    const listener = new Listener(host, PUBLIC, subscribe(`btcusdt${suffix}`));
    host.advance(START + 60_000);
    const frames = listener.those<Depth>(({ stream }) => stream !== undefined).map(({ data }) => data);
    expect(frames.length).toBeGreaterThan(100);
    frames.slice(1).forEach((frame, index) => expect(frame.pu).toBe(frames[index]!.u));
    expect(frames.every(({ U, u, pu }) => pu < U && U <= u)).toBe(true);
    expect(frames.some(({ U, pu }) => U > pu + 1)).toBe(true);
  },
);

test.each([
  [0, 600],
  [60, 60],
  [100, 60],
  [4_730, 60],
])(
  'a book joined by the venue rules %i ms late equals the model after %i seconds and is never crossed',
  (lateMs, seconds) => {
    const host = makeHost();
    const listener = new Listener(host, PUBLIC, subscribe('btcusdt@depth@100ms'));
    host.advance(START + 500 + lateMs);
    const snapshot = bodyOf<Snapshot>(host, `${REST}/fapi/v1/depth?symbol=BTCUSDT&limit=1000`);
    expect(snapshot.bids).toHaveLength(1_000);
    host.advance(START + seconds * 1_000);
    const book = new ReaderBook();
    book.replace(snapshot.bids, snapshot.asks);
    const frames = listener.those<Depth>(({ stream }) => stream !== undefined).map(({ data }) => data);
    const joined = frames.filter(({ u }) => u >= snapshot.lastUpdateId);
    const first = joined[0]!;
    expect(
      (first.U <= snapshot.lastUpdateId && snapshot.lastUpdateId <= first.u) || first.pu === snapshot.lastUpdateId,
    ).toBe(true);
    for (const { b, a } of joined) {
      book.change(b, a);
      expect(book.isCrossed).toBe(false);
    }
    const market = host.market('binance', 'BTCUSDT');
    expect(book.levels('bids', 300)).toEqual(modelLevels(market, market.book.bids, 300));
    expect(book.levels('asks', 300)).toEqual(modelLevels(market, market.book.asks, 300));
  },
);

test('a symbol has at most one forced order a second, the latest of those in between, on the side of its order', () => {
  const host = makeHost();
  const one = new Listener(host, MARKET, subscribe('btcusdt@forceOrder'));
  const all = new Listener(host, MARKET, subscribe('!forceOrder@arr'));
  host.advance(START + 500);
  const market = host.market('binance', 'BTCUSDT');
  for (let i = 0; i < 30; i++) {
    host.advance(START + 1_000 + i * 170);
    market.addLiquidation(START + i * 170, i % 3 === 0 ? 'short' : 'long', 60_000 + i, 0.5 + i);
  }
  host.advance(START + 20_000);
  const prints = one.those<Forced>(({ stream }) => stream !== undefined).map(({ data }) => data);
  expect(all.frames.slice(1).map(({ data }) => data)).toEqual(prints);
  prints.slice(1).forEach(({ E }, index) => expect(E - prints[index]!.E).toBeGreaterThanOrEqual(1_000));
  const ours = prints.filter(({ o }) => (o.T - START) % 170 === 0 && Number(o.ap) < 60_100);
  expect(ours.map(({ o }) => Number(o.ap) - 60_000)).toEqual([0, 5, 11, 17, 23, 29]);
  expect(ours.map(({ o }) => o.S)).toEqual(['BUY', 'SELL', 'SELL', 'SELL', 'SELL', 'SELL']);
  // A limit that is worse than the fill, on the side of the order.
  for (const { o } of ours) expect(Math.sign(Number(o.p) - Number(o.ap))).toBe(o.S === 'SELL' ? -1 : 1);
});

test('forced orders of the simulator are told about a second after they traded', () => {
  const host = makeHost({ seed: 'crash-13' });
  const all = new Listener(host, MARKET, subscribe('!forceOrder@arr'));
  host.advance(START + 60_000);
  const late = all.those<Forced>(({ stream }) => stream !== undefined).map(({ data }) => data.E - data.o.T);
  expect(late.length).toBeGreaterThan(1);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(800);
});

test('trades of the socket are those of REST, by id without a hole', () => {
  const host = makeHost();
  const listener = new Listener(host, MARKET, subscribe('btcusdt@aggTrade'));
  host.advance(START + 60_000);
  const heard = listener
    .those<{ data: Record<string, unknown> }>(({ stream }) => stream !== undefined)
    .map(({ data }) => data);
  const from = heard[0]!['a'] as number;
  const told = bodyOf<Record<string, unknown>[]>(
    host,
    `${REST}/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=${String(from)}&limit=1000`,
  );
  expect(told.map(({ a, p, q, m, T }) => [a, p, q, m, T])).toEqual(heard.map(({ a, p, q, m, T }) => [a, p, q, m, T]));
  heard.forEach(({ a }, index) => expect(a).toBe(from + index));
  const second = bodyOf<{ T: number }[]>(
    host,
    `${REST}/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=${String(START)}&endTime=${String(START + 999)}`,
  );
  expect(second.every(({ T }) => T >= START && T <= START + 999)).toBe(true);
});

test('five candles of a minute make the candle of five, and pages from a start join', () => {
  const host = makeHost();
  host.advance(START + 1_000);
  const rows = (query: string): (string | number)[][] => bodyOf(host, `${REST}/fapi/v1/klines?symbol=BTCUSDT&${query}`);
  const five = rows('interval=5m&limit=4').slice(0, 3);
  for (const [open, o, h, l, c, volume] of five) {
    const minutes = rows(`interval=1m&startTime=${String(open)}&endTime=${String(Number(open) + 299_999)}`);
    expect(minutes).toHaveLength(5);
    expect([minutes[0]![1], minutes[4]![4]]).toEqual([o, c]);
    expect(Math.max(...minutes.map(([, , high]) => Number(high)))).toBe(Number(h));
    expect(Math.min(...minutes.map(([, , , low]) => Number(low)))).toBe(Number(l));
    expect(minutes.reduce((sum, row) => sum + Number(row[5]), 0)).toBeCloseTo(Number(volume), 2);
  }
  const from = START - 3_600_000;
  const whole = rows(`interval=1m&startTime=${String(from)}&limit=20`);
  const first = rows(`interval=1m&startTime=${String(from)}&limit=8`);
  const rest = rows(`interval=1m&startTime=${String(Number(first.at(-1)![0]) + 1)}&limit=12`);
  expect([...first, ...rest]).toEqual(whole);
});

test('weights add up in the header, then come 429 and 418 with the time to wait', () => {
  const host = makeHost();
  const url = `${REST}/fapi/v1/depth?symbol=BTCUSDT&limit=1000`;
  const answers = Array.from({ length: 145 }, () => host.fetch(url)).filter((answer) => 'status' in answer);
  expect(answers.slice(0, 3).map(({ headers }) => headers['x-mbx-used-weight-1m'])).toEqual(['20', '40', '60']);
  expect([answers[119]!.status, answers[120]!.status, answers[144]!.status]).toEqual([200, 429, 418]);
  expect(answers[120]!.headers['retry-after']).toBe('30');
  expect(answers[144]!.headers['retry-after']).toBe('120');
  host.advance(START + 60_000);
  expect(statusOf(host, url)).toBe(200);
});

test('unknown symbols, paths and limits are refused in the venue words', () => {
  const host = makeHost();
  expect(bodyOf(host, `${REST}/fapi/v1/depth?symbol=NOPE`)).toMatchObject({ code: -1121 });
  expect(bodyOf(host, `${REST}/fapi/v1/depth?symbol=BTCUSDT&limit=7`)).toMatchObject({ code: -4021 });
  expect(bodyOf(host, `${REST}/fapi/v1/klines?interval=1m`)).toMatchObject({ code: -1102 });
  expect(statusOf(host, `${REST}/fapi/v1/nothing`)).toBe(404);
});

test('eleven messages within a second end the connection', () => {
  const host = makeHost();
  const listener = new Listener(host, PUBLIC);
  for (let i = 0; i < 10; i++) listener.say({ method: 'LIST_SUBSCRIPTIONS', id: i });
  expect(listener.socket.isOpen).toBe(true);
  listener.say({ method: 'LIST_SUBSCRIPTIONS', id: 10 });
  expect(listener.socket.closed?.code).toBe(1008);
});

test('a connection lives 24 hours, is pinged each three minutes, and ends sooner for one who does not answer', () => {
  const host = makeHost();
  const good = new Listener(host, PUBLIC);
  const deaf = new Listener(host, PUBLIC);
  let pings = 0;
  deaf.socket.onPing(() => void (pings += 1));
  host.advance(START + 16 * 60_000);
  expect(deaf.socket.closed?.reason).toBe('Pong timeout');
  expect(pings).toBeGreaterThanOrEqual(3);
  host.advance(START + 86_399_999);
  expect(good.socket.isOpen).toBe(true);
  host.advance(START + 86_400_000);
  expect(good.socket.closed?.code).toBe(1001);
});
