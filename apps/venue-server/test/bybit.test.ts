import { expect, test } from 'vitest';
import {
  Listener,
  ReaderBook,
  START,
  bodyOf,
  makeHost,
  modelLevels,
  statusOf,
  type Frame,
  type WireRow,
} from './host-kit.js';

const SOCKET = 'wss://stream.bybit.com/v5/public/linear';
const REST = 'https://api.bybit.com/v5/market';
const subscribe = (...args: string[]): object => ({ op: 'subscribe', args, req_id: 'a' });

interface Book {
  readonly type: string;
  readonly data: { readonly u: number; readonly seq: number; readonly b: WireRow[]; readonly a: WireRow[] };
}
interface Page {
  readonly result: { readonly list: readonly unknown[]; readonly nextPageCursor?: string };
}
const isTopic =
  (topic: string) =>
  (frame: Frame): boolean =>
    frame['topic'] === topic;

test.each([50, 200, 1_000])(
  'orderbook.%i is a snapshot, then deltas that count up by one and keep a reader equal to the model',
  (depth) => {
    const host = makeHost();
    const topic = `orderbook.${String(depth)}.BTCUSDT`;
    const listener = new Listener(host, SOCKET, subscribe(topic));
    host.advance(START + 300_000);
    const frames = listener.those<Book>(isTopic(topic));
    expect(frames.map(({ type }) => type).slice(0, 3)).toEqual(['snapshot', 'delta', 'delta']);
    const book = new ReaderBook();
    book.replace(frames[0]!.data.b, frames[0]!.data.a);
    expect(frames[0]!.data.b).toHaveLength(depth);
    frames.slice(1).forEach(({ data }, index) => {
      expect(data.u).toBe(frames[index]!.data.u + 1);
      expect(data.seq).toBeGreaterThan(frames[index]!.data.seq);
      book.change(data.b, data.a);
      expect(book.isCrossed).toBe(false);
    });
    const market = host.market('bybit', 'BTCUSDT');
    // Everything that is known, not only the best: nothing that left the depth may linger.
    expect(book.levels('bids', 5_000)).toEqual(modelLevels(market, market.book.bids, depth));
    expect(book.levels('asks', 5_000)).toEqual(modelLevels(market, market.book.asks, depth));
  },
);

test('orderbook.1 sends snapshots alone', () => {
  const host = makeHost();
  const listener = new Listener(host, SOCKET, subscribe('orderbook.1.BTCUSDT'));
  host.advance(START + 10_000);
  const types = listener.those<Book>(isTopic('orderbook.1.BTCUSDT')).map(({ type }) => type);
  expect(types.length).toBeGreaterThan(10);
  expect(new Set(types)).toEqual(new Set(['snapshot']));
});

test('tickers are a snapshot, then changed fields alone; merged they are what a new reader is told', () => {
  const host = makeHost();
  const listener = new Listener(host, SOCKET, subscribe('tickers.BTCUSDT'));
  host.advance(START + 30_000);
  const frames = listener.those<{ type: string; data: Record<string, string> }>(isTopic('tickers.BTCUSDT'));
  let merged: Record<string, string> = {};
  for (const { type, data } of frames) {
    const { symbol, ...rest } = data;
    expect(symbol).toBe('BTCUSDT');
    if (type === 'delta') for (const [name, value] of Object.entries(rest)) expect(merged[name]).not.toBe(value);
    merged = { ...merged, ...data };
  }
  const fresh = new Listener(host, SOCKET, subscribe('tickers.BTCUSDT'));
  const [{ data }] = fresh.those<{ data: Record<string, string> }>(isTopic('tickers.BTCUSDT')) as [
    { data: Record<string, string> },
  ];
  expect(merged).toEqual(data);
  expect(Number(data['openInterest'])).toBeCloseTo(2 * Number(data['singleOpenInterest']), 3);
});

test('liquidations come in batches of 500 ms, all of them, with the side of the position and its bankruptcy price', () => {
  const host = makeHost();
  const topic = 'allLiquidation.BTCUSDT';
  const listener = new Listener(host, SOCKET, subscribe(topic));
  host.advance(START + 1_000);
  const market = host.market('bybit', 'BTCUSDT');
  for (const size of [1, 2, 3]) market.addLiquidation(START + 900, size === 2 ? 'short' : 'long', 60_000, size);
  host.advance(START + 2_000);
  const entries = listener
    .those<{ data: { S: string; v: string; p: string; T: number }[] }>(isTopic(topic))
    .flatMap(({ data }) => data.filter(({ T }) => T === START + 900));
  expect(entries.map(({ S, v, p }) => [S, v, p])).toEqual([
    ['Buy', '1.000', '59700.00'],
    ['Sell', '2.000', '60300.00'],
    ['Buy', '3.000', '59700.00'],
  ]);
});

test('fills of one order come in one frame and share their sequence', () => {
  const host = makeHost();
  const topic = 'publicTrade.BTCUSDT';
  const listener = new Listener(host, SOCKET, subscribe(topic));
  host.advance(START + 60_000);
  const frames = listener.those<{ data: { seq: number; T: number; i: string }[] }>(isTopic(topic));
  expect(frames.some(({ data }) => data.length > 1)).toBe(true);
  for (const { data } of frames) expect(new Set(data.map(({ seq, T }) => `${String(seq)} ${String(T)}`)).size).toBe(1);
  const ids = frames.flatMap(({ data }) => data.map(({ i }) => i));
  expect(new Set(ids).size).toBe(ids.length);
  const told = bodyOf<Page>(host, `${REST}/recent-trade?category=linear&symbol=BTCUSDT&limit=20`);
  expect(told.result.list.map((row) => (row as { execId: string }).execId)).toEqual(ids.slice(-20).reverse());
});

test('one unknown topic fails the whole request, and a ping is answered as the public sockets do', () => {
  const host = makeHost();
  const listener = new Listener(host, SOCKET, subscribe('tickers.BTCUSDT', 'tickers.NOPE'), { op: 'ping' });
  host.advance(START + 1_000);
  expect(listener.frames).toMatchObject([
    { success: false, op: 'subscribe', req_id: 'a' },
    { success: true, ret_msg: 'pong', op: 'ping' },
  ]);
});

test('after unsubscribing and subscribing anew a topic begins with a snapshot', () => {
  const host = makeHost();
  const topic = 'orderbook.50.BTCUSDT';
  const listener = new Listener(host, SOCKET, subscribe(topic));
  host.advance(START + 1_000);
  listener.say({ op: 'unsubscribe', args: [topic] });
  const count = listener.those(isTopic(topic)).length;
  host.advance(START + 2_000);
  expect(listener.those(isTopic(topic))).toHaveLength(count);
  listener.say(subscribe(topic));
  expect(listener.those<Book>(isTopic(topic)).at(-1)?.type).toBe('snapshot');
});

test('every list comes newest first, and pages by cursor and by range make up the whole', () => {
  const host = makeHost();
  const whole = bodyOf<Page>(host, `${REST}/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=20`);
  const times = whole.result.list.map((row) => Number((row as { timestamp: string }).timestamp));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const page = bodyOf<Page>(host, `${REST}/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=12`);
  const rest = bodyOf<Page>(
    host,
    `${REST}/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=8&cursor=${page.result.nextPageCursor ?? ''}`,
  );
  expect([...page.result.list, ...rest.result.list]).toEqual(whole.result.list);
  const candles = (query: string): (readonly string[])[] =>
    bodyOf<{ result: { list: string[][] } }>(host, `${REST}/kline?category=linear&symbol=BTCUSDT&interval=1&${query}`)
      .result.list;
  const all = candles('limit=30');
  const newest = candles('limit=18');
  expect([...newest, ...candles(`limit=12&end=${String(Number(newest.at(-1)![0]) - 1)}`)]).toEqual(all);
});

test('instruments come in pages by cursor, and 601 requests within five seconds are refused', () => {
  const host = makeHost({ symbols: ['BTCUSDT', 'ETHUSDT'], historyMs: 0 });
  const first = bodyOf<Page>(host, `${REST}/instruments-info?category=linear&limit=1`);
  expect(first.result.nextPageCursor).toBe('1');
  const second = bodyOf<Page>(host, `${REST}/instruments-info?category=linear&limit=1&cursor=1`);
  expect([first, second].map(({ result }) => (result.list[0] as { symbol: string }).symbol)).toEqual([
    'BTCUSDT',
    'ETHUSDT',
  ]);
  expect(second.result.nextPageCursor).toBe('');
  for (let i = 0; i < 598; i++) host.fetch(`${REST}/time`);
  expect(statusOf(host, `${REST}/time`)).toBe(403);
});
