import { expect, test } from 'vitest';
import { createVenueHost, drawFaults, type VenueHost } from '../src/index.js';
import { Listener, ReaderBook, START, bodyOf, makeHost, modelLevels, statusOf, type WireRow } from './host-kit.js';

const BINANCE = 'wss://fstream.binance.com/public/stream?streams=btcusdt@depth@100ms';
const TRADES = 'wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade';
const PING = 'https://fapi.binance.com/fapi/v1/ping';
const OKX = 'wss://ws.okx.com:8443/ws/v5/public';
const OKX_BOOK = { op: 'subscribe', args: [{ channel: 'books', instId: 'BTC-USDT-SWAP' }] };
const at = 10_000;

interface Depth {
  readonly data: {
    readonly E: number;
    readonly U: number;
    readonly u: number;
    readonly pu: number;
    readonly b: WireRow[];
    readonly a: WireRow[];
  };
}

function failing(...faults: object[]): VenueHost {
  return makeHost({ faults });
}

/** Breaks of the chain: a frame that does not name the one before. */
function breaks(listener: Listener): number {
  const frames = listener.frames as unknown as Depth[];
  return frames.slice(1).filter(({ data }, index) => data.pu !== frames[index]!.data.u).length;
}

test('cut ends every socket of the venue with the code asked for, and of no other', () => {
  const host = failing({ at, venue: 'binance', kind: 'cut', code: 1012 });
  const [hit, spared] = [new Listener(host, BINANCE), new Listener(host, OKX, OKX_BOOK)];
  host.advance(START + at);
  expect(hit.socket.closed).toEqual({ code: 1012, reason: '' });
  expect(spared.socket.isOpen).toBe(true);
  expect(host.connect(BINANCE).outcome).toBe('open');
});

test('stall keeps the socket open in silence; with a duration all that waited comes at once and in order', () => {
  const host = failing({ at, venue: 'binance', kind: 'stall', durationMs: 5_000 });
  const listener = new Listener(host, BINANCE);
  host.advance(START + at);
  const before = listener.texts.length;
  host.advance(START + at + 4_900);
  expect([listener.socket.isOpen, listener.texts.length]).toEqual([true, before]);
  host.advance(START + at + 5_000);
  expect(listener.texts.length).toBeGreaterThanOrEqual(before + 49);
  expect(breaks(listener)).toBe(0);
});

test('stall without a duration is for good: nothing comes, nothing is answered, not even the close after a lost pong', () => {
  const host = failing({ at, venue: 'okx', kind: 'stall' });
  const listener = new Listener(host, OKX, OKX_BOOK);
  host.advance(START + at);
  const before = listener.texts.length;
  listener.say('ping');
  host.advance(START + at + 60_000);
  expect(listener.texts).toHaveLength(before);
  const other = new Listener(host, OKX, OKX_BOOK);
  host.advance(START + at + 61_000);
  expect(other.texts.length).toBeGreaterThan(5);
});

test('silent-subscription is acknowledged and sends nothing of its channel while it lasts', () => {
  const host = failing({ at, venue: 'okx', kind: 'silent-subscription', channel: 'book', durationMs: 20_000 });
  host.advance(START + at);
  const listener = new Listener(host, OKX, OKX_BOOK, {
    op: 'subscribe',
    args: [{ channel: 'trades', instId: 'BTC-USDT-SWAP' }],
  });
  host.advance(START + at + 19_000);
  const channels = listener.those<{ event?: string; arg: { channel: string } }>(() => true);
  expect(channels.filter(({ event, arg }) => event === 'subscribe' && arg.channel === 'books')).toHaveLength(1);
  expect(channels.filter(({ event, arg }) => event === undefined && arg.channel === 'books')).toHaveLength(0);
  expect(channels.filter(({ event, arg }) => event === undefined && arg.channel === 'trades').length).toBeGreaterThan(
    5,
  );
});

test('gap loses one delta: the chain breaks once and the reader is wrong until it joins anew', () => {
  const host = failing({ at, venue: 'binance', kind: 'gap', symbol: 'BTCUSDT' });
  const whole = new Listener(makeHost(), BINANCE);
  const listener = new Listener(host, BINANCE);
  host.advance(START + 2 * at);
  expect(breaks(listener)).toBe(1);
  expect(breaks(whole)).toBe(0);
});

test('duplicate sends a delta twice, reorder swaps two', () => {
  const host = failing(
    { at, venue: 'binance', kind: 'duplicate', symbol: 'BTCUSDT' },
    { at: 2 * at, venue: 'binance', kind: 'reorder', symbol: 'BTCUSDT' },
  );
  const listener = new Listener(host, BINANCE);
  host.advance(START + 3 * at);
  const ids = (listener.frames as unknown as Depth[]).map(({ data }) => data.u);
  expect(ids.filter((id, index) => index > 0 && id === ids[index - 1])).toHaveLength(1);
  expect(ids.filter((id, index) => index > 0 && id < ids[index - 1]!)).toHaveLength(1);
  const clean = new Set(ids);
  expect(clean.size).toBe(ids.length - 1);
});

test('a snapshot is never lost, doubled or swapped: faults of the book wait for deltas', () => {
  const host = failing(...['gap', 'duplicate', 'reorder'].map((kind) => ({ at, venue: 'okx', kind })));
  const listener = new Listener(host, OKX);
  host.advance(START + at + 1);
  listener.say(OKX_BOOK);
  expect(listener.frames.map(({ event, action }) => event ?? action)).toEqual(['subscribe', 'snapshot']);
  host.advance(START + at + 5_000);
  const actions = listener.those<{ action: string }>((frame) => 'action' in frame).map(({ action }) => action);
  expect(actions.filter((action) => action === 'snapshot')).toHaveLength(1);
});

test('truncated-frame cuts one data frame in the middle, never an acknowledgment', () => {
  const host = failing({ at, venue: 'okx', kind: 'truncated-frame' });
  const listener = new Listener(host, OKX);
  host.advance(START + at + 1);
  listener.say(OKX_BOOK);
  host.advance(START + at + 5_000);
  expect(JSON.parse(listener.texts[0]!)).toMatchObject({ event: 'subscribe' });
  const halves = listener.texts.filter((text) => !text.endsWith('}'));
  expect(halves).toHaveLength(1);
  expect(() => JSON.parse(halves[0]!) as unknown).toThrow(SyntaxError);
});

test('slow-snapshot answers late with what was true when it was asked', () => {
  const host = failing({ at, venue: 'binance', kind: 'slow-snapshot', delayMs: 3_000, durationMs: 5_000 });
  host.advance(START + at);
  const slow = host.fetch('https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=5');
  expect(slow.delayMs).toBe(3_040);
  expect('body' in slow && (JSON.parse(slow.body) as { E: number }).E).toBe(START + at);
  host.advance(START + at + 5_000);
  expect(host.fetch(PING).delayMs).toBe(40);
});

test.each([429, 418])('rate-limit refuses with %i and the seconds to wait, then lets in again', (status) => {
  const host = failing({ at, venue: 'binance', kind: 'rate-limit', status, retryAfterS: 17, durationMs: 20_000 });
  host.advance(START + at);
  expect(host.fetch(PING)).toMatchObject({ status, headers: { 'retry-after': '17' } });
  host.advance(START + at + 20_000);
  expect(statusOf(host, PING)).toBe(200);
});

test.each([451, 403])(
  'region refuses REST and handshakes with %i and without the header that a page needs',
  (answer) => {
    const host = failing({ at, venue: 'binance', kind: 'region', answer, durationMs: 60_000 });
    host.advance(START + at);
    const refused = host.fetch(PING);
    expect(refused).toMatchObject({ status: answer });
    expect('headers' in refused && refused.headers).not.toHaveProperty('access-control-allow-origin');
    expect(host.connect(BINANCE)).toEqual({ outcome: 'refused', status: answer });
    host.advance(START + at + 60_000);
    expect(host.connect(BINANCE).outcome).toBe('open');
  },
);

test('a region may also be a socket that opens and never sends', () => {
  const host = failing({ at, venue: 'binance', kind: 'region', answer: 'silent' });
  host.advance(START + at);
  const listener = new Listener(host, BINANCE, { method: 'SUBSCRIBE', params: ['btcusdt@trade'], id: 1 });
  host.advance(START + at + 30_000);
  expect([listener.socket.isOpen, listener.texts.length, statusOf(host, PING)]).toEqual([true, 0, 200]);
});

test('clock-skew moves every time the venue writes, and takes it back', () => {
  const host = failing({ at, venue: 'binance', kind: 'clock-skew', skewMs: -1_273, durationMs: 10_000 });
  const listener = new Listener(host, BINANCE);
  host.advance(START + at + 20_000);
  const frames = (listener.frames as unknown as Depth[]).map(({ data }) => data.E);
  expect(frames.filter((time, index) => index > 0 && time < frames[index - 1]!)).toHaveLength(1);
  expect(Math.max(...frames.slice(1).map((time, index) => time - frames[index]!))).toBe(1_373);
  const during = failing({ at: 0, venue: 'bybit', kind: 'clock-skew', skewMs: 600_000 });
  during.advance(START + 1_000);
  expect(bodyOf<{ time: number }>(during, 'https://api.bybit.com/v5/market/time').time).toBe(START + 601_000);
  expect(bodyOf<{ serverTime: number }>(during, 'https://fapi.binance.com/fapi/v1/time').serverTime).toBe(
    START + 1_000,
  );
});

test('burst sends 2,500 frames within a second for one symbol, each a trade that REST knows too', () => {
  const host = failing({ at, venue: 'binance', kind: 'burst' });
  const listener = new Listener(host, TRADES);
  host.advance(START + at - 1);
  const before = listener.texts.length;
  host.advance(START + at + 1_000);
  expect(listener.texts.length - before).toBeGreaterThanOrEqual(2_500);
  const told = bodyOf<unknown[]>(host, 'https://fapi.binance.com/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1000');
  const heard = listener.frames.slice(-1_000).map(({ data }) => (data as { a: number }).a);
  expect(told.map((row) => (row as { a: number }).a)).toEqual(heard);
});

test('down is an hour without sockets and without answers, and the market has moved on when it ends', () => {
  const host = failing({ at, venue: 'okx', kind: 'down' });
  const listener = new Listener(host, OKX, OKX_BOOK);
  host.advance(START + at);
  expect(listener.socket.closed?.code).toBe(1006);
  host.advance(START + at + 3_599_000);
  expect(host.connect(OKX)).toEqual({ outcome: 'refused', status: undefined });
  expect(statusOf(host, 'https://www.okx.com/api/v5/public/time')).toBe('connection refused');
  expect(statusOf(host, PING)).toBe(200);
  host.advance(START + at + 3_600_000);
  const again = new Listener(host, OKX, OKX_BOOK);
  host.advance(START + at + 3_601_000);
  const market = host.market('okx', 'BTCUSDT');
  const book = new ReaderBook();
  const frames = again.those<{ action: string; data: [{ bids: WireRow[]; asks: WireRow[] }] }>(
    (frame) => 'action' in frame,
  );
  for (const { action, data } of frames) {
    if (action === 'snapshot') book.replace(data[0].bids, data[0].asks);
    else book.change(data[0].bids, data[0].asks);
  }
  expect(book.levels('bids', 50)).toEqual(modelLevels(market, market.book.bids, 50));
});

test('listing-change lists another tick size; every book follows and stays right', () => {
  const host = failing(
    ...(['binance', 'bybit', 'okx'] as const).map((venue) => ({
      at,
      venue,
      kind: 'listing-change',
      symbol: 'BTCUSDT',
      tickSize: '0.50',
    })),
  );
  const binance = new Listener(host, BINANCE);
  const bybit = new Listener(host, 'wss://stream.bybit.com/v5/public/linear', {
    op: 'subscribe',
    args: ['orderbook.50.BTCUSDT'],
  });
  const okx = new Listener(host, OKX, OKX_BOOK);
  host.advance(START + 400);
  const snapshot = bodyOf<{ lastUpdateId: number; bids: WireRow[]; asks: WireRow[] }>(
    host,
    'https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=1000',
  );
  host.advance(START + 3 * at);
  const book = new ReaderBook();
  book.replace(snapshot.bids, snapshot.asks);
  for (const { data } of binance.frames as unknown as Depth[])
    if (data.u >= snapshot.lastUpdateId) book.change(data.b, data.a);
  const market = host.market('binance', 'BTCUSDT');
  expect(book.isCrossed).toBe(false);
  expect(book.levels('asks', 200)).toEqual(modelLevels(market, market.book.asks, 200));
  expect(book.levels('bids', 200).every(([price]) => Number.isInteger(2 * price))).toBe(true);
  expect(breaks(binance)).toBe(0);
  expect(bybit.those(({ type }) => type === 'snapshot')).toHaveLength(2);
  const chain = okx.those<{ action: string; data: [{ seqId: number; prevSeqId: number }] }>(
    (frame) => 'action' in frame,
  );
  expect(chain.filter(({ action }) => action === 'snapshot')).toHaveLength(2);
  chain.slice(1).forEach(({ action, data }, index) => {
    expect(data[0].prevSeqId).toBe(action === 'snapshot' ? -1 : chain[index]!.data[0].seqId);
  });
  const { symbols } = bodyOf<{ symbols: { filters: { tickSize?: string }[] }[] }>(
    host,
    'https://fapi.binance.com/fapi/v1/exchangeInfo',
  );
  expect(symbols[0]!.filters[0]!.tickSize).toBe('0.50');
});

test.each([1, 2])('a drawn script of five minutes (seed %i) breaks clients, never the host', (seed) => {
  const faults = drawFaults(seed, 300_000, ['binance', 'bybit', 'okx', 'hyperliquid']);
  const host = createVenueHost({ seed, startTime: START, symbols: ['BTCUSDT'], historyMs: 0, faults });
  const urls = [BINANCE, TRADES, OKX, 'wss://stream.bybit.com/v5/public/linear', 'wss://api.hyperliquid.xyz/ws'];
  const sockets = new Map<string, Listener>();
  let connected = 0;
  for (let time = START; time < START + 300_000; time += 5_000) {
    host.advance(time);
    for (const url of urls) {
      if (sockets.get(url)?.socket.isOpen === true || host.connect(url).outcome === 'refused') continue;
      connected += 1;
      sockets.set(url, new Listener(host, url, OKX_BOOK, { op: 'subscribe', args: ['orderbook.50.BTCUSDT'] }, 'ping'));
    }
    statusOf(host, PING);
  }
  expect(connected).toBeGreaterThan(urls.length);
});
