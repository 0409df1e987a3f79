import { expect, test } from 'vitest';
import { ACCOUNT_ADDRESSES } from '../src/index.js';
import { Listener, START, bodyOf, makeHost, modelLevels, type Frame } from './host-kit.js';

const SOCKET = 'wss://api.hyperliquid.xyz/ws';
const INFO = 'https://api.hyperliquid.xyz/info';
const subscribe = (subscription: object): object => ({ method: 'subscribe', subscription });

interface WireLevel {
  readonly px: string;
  readonly sz: string;
  readonly n: number;
}
interface Book {
  readonly data: {
    readonly time: number;
    readonly fast?: boolean;
    readonly levels: readonly [WireLevel[], WireLevel[]];
  };
}
interface Trades {
  readonly data: readonly {
    readonly tid: number | string;
    readonly time: number;
    readonly side: string;
    readonly sz: string;
  }[];
}
const isChannel =
  (channel: string) =>
  (frame: Frame): boolean =>
    frame['channel'] === channel;

test('the book is whole in every frame: twenty levels each five seconds, or five levels each half second', () => {
  const host = makeHost();
  const slow = new Listener(host, SOCKET, subscribe({ type: 'l2Book', coin: 'BTC' }));
  const fast = new Listener(host, SOCKET, subscribe({ type: 'l2Book', coin: 'BTC', fast: true }));
  host.advance(START + 60_000);
  const [slowBooks, fastBooks] = [slow, fast].map((listener) =>
    listener.those<Book>(isChannel('l2Book')).map(({ data }) => data),
  );
  expect([slowBooks!.length, fastBooks!.length]).toEqual([13, 121]);
  expect(
    slowBooks!.every(
      ({ levels, fast: isFast }) => levels[0].length === 20 && levels[1].length === 20 && isFast === undefined,
    ),
  ).toBe(true);
  expect(fastBooks!.every(({ levels, fast: isFast }) => levels[0].length === 5 && isFast === true)).toBe(true);
  for (const { levels } of [...slowBooks!, ...fastBooks!])
    expect(Number(levels[0][0]!.px)).toBeLessThan(Number(levels[1][0]!.px));
  const market = host.market('hyperliquid', 'BTCUSDT');
  const numbers = slowBooks!.at(-1)!.levels.map((side) => side.map(({ px, sz }) => [Number(px), Number(sz)]));
  expect(numbers).toEqual([modelLevels(market, market.book.bids, 20), modelLevels(market, market.book.asks, 20)]);
});

test('fewer significant figures put levels together, lose no size and never cross', () => {
  const host = makeHost();
  host.advance(START + 1_000);
  const market = host.market('hyperliquid', 'BTCUSDT');
  const { levels } = bodyOf<{ levels: [WireLevel[], WireLevel[]] }>(host, INFO, {
    type: 'l2Book',
    coin: 'BTC',
    nSigFigs: 3,
  });
  expect(levels.flat().every(({ px }) => Number(px) % 100 === 0)).toBe(true);
  expect(Number(levels[0][0]!.px)).toBeLessThan(Number(levels[1][0]!.px));
  const first = Number(levels[0][0]!.px);
  const inBand = modelLevels(market, market.book.bids, 2_000).filter(
    ([price]) => price >= first && price < first + 100,
  );
  expect(Number(levels[0][0]!.sz)).toBeCloseTo(
    inBand.reduce((sum, [, size]) => sum + size, 0),
    4,
  );
});

test('the first trades frame is past, and comes again with every subscription', () => {
  const host = makeHost();
  host.advance(START + 5_000);
  const listener = new Listener(host, SOCKET, subscribe({ type: 'trades', coin: 'BTC' }));
  const [history] = listener.those<Trades>(isChannel('trades'));
  expect(history!.data).toHaveLength(30);
  expect(history!.data.every(({ time }) => time <= START + 5_000)).toBe(true);
  host.advance(START + 20_000);
  const again = new Listener(host, SOCKET, subscribe({ type: 'trades', coin: 'BTC' }));
  const heard = listener.those<Trades>(isChannel('trades')).flatMap(({ data }) => data);
  const repeated = again.those<Trades>(isChannel('trades')).flatMap(({ data }) => data);
  expect(heard.slice(-30)).toEqual(repeated);
  const ids = heard.map(({ tid }) => String(tid));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(heard.map(({ tid }) => typeof tid))).toEqual(new Set(['number', 'string']));
});

test('a subscription is acknowledged as it was asked; a second of the same and one of another case are errors', () => {
  const host = makeHost();
  const wish = { type: 'trades', coin: 'BTC' };
  const listener = new Listener(
    host,
    SOCKET,
    subscribe(wish),
    subscribe({ coin: 'BTC', type: 'trades' }),
    subscribe({ type: 'trades', coin: 'btc' }),
  );
  const control = listener.frames.filter(({ channel }) => channel !== 'trades');
  expect(control).toMatchObject([
    { channel: 'subscriptionResponse', data: { method: 'subscribe', subscription: wish } },
    { channel: 'error' },
    { channel: 'error' },
  ]);
  listener.say({ method: 'unsubscribe', subscription: wish });
  const count = listener.frames.length;
  host.advance(START + 10_000);
  expect(listener.frames).toHaveLength(count);
});

test('a minute without a frame from the venue ends the connection; a ping is answered and keeps it', () => {
  const host = makeHost();
  const silent = new Listener(host, SOCKET);
  const pinging = new Listener(host, SOCKET);
  for (let second = 30; second <= 120; second += 30) {
    host.advance(START + second * 1_000);
    pinging.say({ method: 'ping' });
  }
  expect(silent.socket.isOpen).toBe(false);
  expect(pinging.socket.isOpen).toBe(true);
  expect(pinging.frames).toEqual(Array.from({ length: 4 }, () => ({ channel: 'pong' })));
});

test('open interest is of one side in coins, and funding of one hour', () => {
  const host = makeHost();
  host.advance(START + 1_000);
  const market = host.market('hyperliquid', 'BTCUSDT');
  const [meta, contexts] = bodyOf<
    [{ universe: { name: string; szDecimals: number }[] }, { openInterest: string; funding: string }[]]
  >(host, INFO, { type: 'metaAndAssetCtxs' });
  expect(meta.universe).toMatchObject([{ name: 'BTC', szDecimals: 5 }]);
  expect(Number(contexts[0]!.openInterest)).toBeCloseTo(market.openInterest, 4);
  expect(Number(contexts[0]!.funding)).toBeCloseTo(market.fundingRate / 8, 9);
});

test('candles of a range are told oldest first, and a body that says nothing is refused', () => {
  const host = makeHost();
  const req = { coin: 'BTC', interval: '5m', startTime: START - 3_600_000, endTime: START };
  const bars = bodyOf<{ t: number; T: number; i: string }[]>(host, INFO, { type: 'candleSnapshot', req });
  expect(bars.length).toBeGreaterThanOrEqual(12);
  bars.slice(1).forEach(({ t }, index) => expect(t).toBe(bars[index]!.t + 300_000));
  expect(host.fetch(INFO, { method: 'POST', body: '{}' })).toMatchObject({ status: 422 });
  expect(host.fetch(INFO)).toMatchObject({ status: 405 });
});

interface Account {
  readonly time: number;
  readonly assetPositions: readonly {
    readonly position: {
      readonly coin: string;
      readonly szi: string;
      readonly entryPx: string;
      readonly liquidationPx: string | null;
    };
  }[];
}

test('accounts hold a part of the open interest of each side, liquidated behind the mark, and traded with each other', () => {
  const host = makeHost();
  host.advance(START + 60_000);
  const market = host.market('hyperliquid', 'BTCUSDT');
  const accounts = ACCOUNT_ADDRESSES.map((user) => bodyOf<Account>(host, INFO, { type: 'clearinghouseState', user }));
  const held = accounts.flatMap(({ assetPositions }) => assetPositions.map(({ position }) => position));
  const sizes = held.map(({ szi }) => Number(szi));
  for (const side of [1, -1]) {
    const total = sizes.filter((size) => size * side > 0).reduce((sum, size) => sum + Math.abs(size), 0);
    expect(total / market.openInterest).toBeGreaterThan(0.1);
    expect(total / market.openInterest).toBeLessThan(0.72);
  }
  const priced = held.filter(({ liquidationPx }) => liquidationPx !== null);
  for (const { szi, liquidationPx } of priced)
    expect(Math.sign(market.mark - Number(liquidationPx)), liquidationPx ?? '').toBe(Math.sign(Number(szi)));
  expect(priced.length).toBeLessThan(held.length);
  expect(accounts[0]).toMatchObject({ time: START + 60_000 });
  const trades = bodyOf<{ users: [string, string] }[]>(host, INFO, { type: 'recentTrades', coin: 'BTC' });
  for (const { users } of trades) {
    expect(ACCOUNT_ADDRESSES).toEqual(expect.arrayContaining(users));
    expect(users[0]).not.toBe(users[1]);
  }
});

test('a position stays as it is while it is held, an unknown address holds nothing, and what is no address is refused', () => {
  const host = makeHost();
  const ask = (user: string): Account => bodyOf<Account>(host, INFO, { type: 'clearinghouseState', user });
  host.advance(START + 1_000);
  const before = ACCOUNT_ADDRESSES.map(ask);
  host.advance(START + 60_000);
  const after = ACCOUNT_ADDRESSES.map(ask);
  const same = before.filter(({ assetPositions }, i) => {
    const [was, is] = [assetPositions[0]?.position, after[i]!.assetPositions[0]?.position];
    return was?.szi === is?.szi && was?.entryPx === is?.entryPx && was?.liquidationPx === is?.liquidationPx;
  });
  expect(same.length).toBeGreaterThan(110);
  expect(ask(`0x${'0'.repeat(40)}`).assetPositions).toEqual([]);
  const body = JSON.stringify({ type: 'clearinghouseState', user: '0x12' });
  expect(host.fetch(INFO, { method: 'POST', body })).toMatchObject({ status: 422 });
});
