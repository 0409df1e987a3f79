import { expect, test } from 'vitest';
import { Listener, ReaderBook, START, bodyOf, makeHost, modelLevels, type Frame, type WireRow } from './host-kit.js';

const PUBLIC = 'wss://ws.okx.com:8443/ws/v5/public';
const BUSINESS = 'wss://ws.okx.com:8443/ws/v5/business';
const REST = 'https://www.okx.com/api/v5';
const BTC = 'BTC-USDT-SWAP';
const subscribe = (...args: object[]): object => ({ op: 'subscribe', args });

interface BookRow {
  readonly asks: WireRow[];
  readonly bids: WireRow[];
  readonly seqId: number;
  readonly prevSeqId: number;
  readonly checksum: number;
}
interface BookFrame {
  readonly action: string;
  readonly data: readonly [BookRow];
}
interface Print {
  readonly instId: string;
  readonly details: readonly {
    readonly posSide: string;
    readonly side: string;
    readonly sz: string;
    readonly ts: string;
    readonly bkPx: string;
  }[];
}
const hasData = (frame: Frame): boolean => 'data' in frame;

test('books is a snapshot, then a chain of updates and heartbeats that keeps a reader equal to the model', () => {
  const host = makeHost();
  const listener = new Listener(host, PUBLIC, subscribe({ channel: 'books', instId: BTC }));
  host.advance(START + 300_000);
  const frames = listener.those<BookFrame>(hasData);
  expect([frames[0]!.action, frames[0]!.data[0].prevSeqId]).toEqual(['snapshot', -1]);
  const book = new ReaderBook();
  let last = -1;
  for (const { action, data } of frames) {
    const [{ asks, bids, seqId, prevSeqId, checksum }] = data;
    expect([prevSeqId, checksum]).toEqual([last, 0]);
    last = seqId;
    if (action === 'snapshot') book.replace(bids, asks);
    else book.change(bids, asks);
    expect(book.isCrossed).toBe(false);
  }
  const heartbeats = frames.filter(({ data }) => data[0].prevSeqId === data[0].seqId);
  expect(heartbeats.length).toBeGreaterThanOrEqual(4);
  expect(heartbeats.every(({ data }) => data[0].asks.length + data[0].bids.length === 0)).toBe(true);
  const market = host.market('okx', 'BTCUSDT');
  expect(book.levels('bids', 5_000)).toEqual(modelLevels(market, market.book.bids, 400));
  expect(book.levels('asks', 5_000)).toEqual(modelLevels(market, market.book.asks, 400));
});

test('sizes are contracts: times their value they are the coins that traded', () => {
  const host = makeHost();
  const listener = new Listener(host, PUBLIC, subscribe({ channel: 'trades', instId: BTC }));
  host.advance(START + 30_000);
  const heard = listener
    .those<{ data: readonly [{ sz: string; px: string; ts: string }] }>(hasData)
    .map(({ data }) => data[0]);
  const [{ ctVal, ctMult, ctValCcy }] = bodyOf<{ data: [{ ctVal: string; ctMult: string; ctValCcy: string }] }>(
    host,
    `${REST}/public/instruments?instType=SWAP&instId=${BTC}`,
  ).data;
  expect([ctVal, ctValCcy]).toEqual(['0.01', 'BTC']);
  const coins = heard.reduce((sum, { sz }) => sum + Number(sz) * Number(ctVal) * Number(ctMult), 0);
  const traded = host.market('okx', 'BTCUSDT').trades.slice(-heard.length);
  expect(heard.length).toBeGreaterThan(30);
  expect(coins).toBeCloseTo(
    traded.reduce((sum, { size }) => sum + size, 0),
    6,
  );
});

test('liquidation-orders: an instId alone is error 60018, and with instType it is dropped from the acknowledgment', () => {
  const host = makeHost();
  const listener = new Listener(host, PUBLIC, subscribe({ channel: 'liquidation-orders', instId: BTC }));
  listener.say(subscribe({ channel: 'liquidation-orders', instType: 'SWAP', instId: BTC }));
  expect(listener.frames[0]).toMatchObject({ event: 'error', code: '60018' });
  expect(listener.frames[1]).toMatchObject({
    event: 'subscribe',
    arg: { channel: 'liquidation-orders', instType: 'SWAP' },
  });
  expect(listener.frames[1]?.['arg']).not.toHaveProperty('instId');
});

test('liquidations are of the whole market, begin with an old one, and are at most one a second and contract', () => {
  const host = makeHost({ symbols: ['BTCUSDT', 'ETHUSDT'] });
  host.advance(START + 1_000);
  const [btc, eth] = [host.market('okx', 'BTCUSDT'), host.market('okx', 'ETHUSDT')];
  eth.addLiquidation(START + 950, 'short', 2_500, 4);
  host.advance(START + 60_000);
  const listener = new Listener(host, PUBLIC, subscribe({ channel: 'liquidation-orders', instType: 'SWAP' }));
  const told = (): Print[] => listener.those<{ data: readonly [Print] }>(hasData).map(({ data }) => data[0]);
  expect(told()).toHaveLength(1);
  expect(Number(told()[0]!.details[0]!.ts)).toBeLessThan(START + 60_000);
  for (const ms of [0, 300, 600, 1_400]) btc.addLiquidation(START + 59_000 + ms, 'long', 60_000, 0.5);
  eth.addLiquidation(START + 59_000, 'short', 2_500, 4);
  const fresh = told().slice(1);
  expect(fresh.map(({ instId, details }) => [instId, Number(details[0]!.ts) - START])).toEqual([
    [BTC, 59_000],
    [BTC, 60_400],
    ['ETH-USDT-SWAP', 59_000],
  ]);
  expect(fresh.map(({ details }) => [details[0]!.side, details[0]!.sz, details[0]!.bkPx])).toEqual([
    ['sell', '50', '59700'],
    ['sell', '50', '59700'],
    ['buy', '40', '2512.5'],
  ]);
  expect(
    fresh.every(({ details }) => ['net', details[0]!.side === 'sell' ? 'long' : 'short'].includes(details[0]!.posSide)),
  ).toBe(true);
});

test('candles belong to the business path and books to the public one', () => {
  const host = makeHost();
  const wrong = [
    new Listener(host, PUBLIC, subscribe({ channel: 'candle1m', instId: BTC })),
    new Listener(host, BUSINESS, subscribe({ channel: 'books', instId: BTC })),
  ];
  for (const { frames } of wrong) expect(frames).toMatchObject([{ event: 'error', code: '60018' }]);
  const right = new Listener(host, BUSINESS, subscribe({ channel: 'candle1m', instId: BTC }));
  host.advance(START + 40_000);
  const rows = right.those<{ data: readonly [readonly string[]] }>(hasData).map(({ data }) => data[0]);
  expect(rows.filter((row) => row.at(-1) === '1')).toHaveLength(1);
  expect(rows.every((row) => row.length === 9)).toBe(true);
});

test('thirty seconds of silence end a connection; a text ping is answered and keeps it', () => {
  const host = makeHost();
  const silent = new Listener(host, PUBLIC);
  const pinging = new Listener(host, PUBLIC);
  for (let second = 25; second <= 100; second += 25) {
    host.advance(START + second * 1_000);
    pinging.say('ping');
  }
  expect(silent.socket.closed?.code).toBe(4004);
  expect(pinging.socket.isOpen).toBe(true);
  expect(pinging.texts).toEqual(['pong', 'pong', 'pong', 'pong']);
});

test('pages go backwards with after and are newest first', () => {
  const host = makeHost();
  const rows = (query: string): string[][] =>
    bodyOf<{ data: string[][] }>(host, `${REST}/market/history-candles?instId=${BTC}&bar=5m&${query}`).data;
  const whole = rows('limit=20');
  const first = rows('limit=12');
  expect([...first, ...rows(`limit=8&after=${first.at(-1)![0]!}`)]).toEqual(whole);
  expect(whole.every(([time], index) => index === 0 || Number(time) < Number(whole[index - 1]![0]))).toBe(true);
  expect(whole.every((row) => row.at(-1) === '1')).toBe(true);
  expect(rows('limit=300').length).toBeLessThanOrEqual(100);
  const trades = (query: string): { tradeId: string }[] =>
    bodyOf<{ data: { tradeId: string }[] }>(host, `${REST}/market/history-trades?instId=${BTC}&${query}`).data;
  const newest = trades('limit=5');
  expect([...newest, ...trades(`limit=5&after=${newest.at(-1)!.tradeId}`)]).toEqual(trades('limit=10'));
});

test('a name that is not listed is an error of the venue, on the socket and in REST', () => {
  const host = makeHost();
  const listener = new Listener(host, PUBLIC, subscribe({ channel: 'books', instId: 'BTC-USD-SWAP' }), 'nonsense');
  expect(listener.frames).toMatchObject([
    { event: 'error', code: '60018' },
    { event: 'error', code: '60012' },
  ]);
  expect(bodyOf(host, `${REST}/market/candles?instId=BTC-USD-SWAP`)).toMatchObject({ code: '51001', data: [] });
});
