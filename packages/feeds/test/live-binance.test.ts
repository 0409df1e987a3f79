import { beforeAll, expect, test } from 'vitest';
import { START } from './binance-host.js';
import { bidsOf, bookOf, expectOrdered, hostBids, kinds, setUp, statuses, tradeIds } from './live-reader.js';
import { binanceRules } from '../src/venues/binance/live.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

test('two sockets subscribe to their own class of streams, and every channel delivers', async () => {
  const { host, out, until } = await setUp();
  await until(10_000);
  expect(host.sockets.map(({ url }) => url).sort()).toEqual([
    'wss://fstream.binance.com/market/stream',
    'wss://fstream.binance.com/public/stream',
  ]);
  expect(host.open('public')[0]!.received).toEqual(['{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}']);
  host.liquidate('SELL', '99000.0', '0.500');
  await until(11_000);
  expect(new Set(out.map(({ event }) => event.kind))).toEqual(
    new Set([
      'status',
      'instrument',
      'trade',
      'mark',
      'index',
      'funding',
      'book-snapshot',
      'book-delta',
      'open-interest',
      'long-short-ratio',
      'liquidation',
      'tick',
    ]),
  );
  const print = kinds(out, 'liquidation')[0]!.event;
  expect(print).toMatchObject({
    positionSide: 'long',
    price: 99_000,
    size: 0.5,
    priceKind: 'fill',
    completeness: 'throttled',
  });
  expect(statuses(out, 'connection').map(({ state }) => state)).toEqual(['connecting', 'live']);
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
  expectOrdered(out);
});

test('the past comes first, in order and without a hole or a double to the first live trade', async () => {
  const { host, world, out, until } = await setUp({ historyMs: 24 * 3_600_000 });
  await until(20_000);
  expectOrdered(out);
  const bars = out.flatMap(({ event }) => (event.kind === 'bar' ? [event] : []));
  expect(bars[0]!.durationMs).toBe(300_000);
  for (let i = 1; i < bars.length; i++) expect(bars[i]!.eventTime - bars[i]!.durationMs).toBe(bars[i - 1]!.eventTime);
  expect(bars.at(-1)!.eventTime).toBe(Math.floor(START / 60_000) * 60_000);
  expect(bars).toHaveLength(276 + 60);
  expect(kinds(out, 'mark-bar').length).toBeGreaterThanOrEqual(288);
  expect(kinds(out, 'open-interest').length).toBeGreaterThanOrEqual(288);
  expect(out[0]!.event.kind).toBe('instrument');
  const firstLive = out.findIndex(({ event }) => event.kind === 'trade' || event.kind === 'tick');
  expect(out.slice(0, firstLive).every(({ event }) => event.kind !== 'bar' || event.seenTime <= START)).toBe(true);
  expect(out.slice(firstLive).some(({ event }) => event.kind === 'bar')).toBe(false);
  const barsEnd = bars.at(-1)!.eventTime;
  const since = host.trades.filter(({ T }) => T >= barsEnd).map(({ a }) => a);
  expect(since.length).toBeGreaterThan(60);
  expect(tradeIds(out)).toEqual(since);
  expect(
    world.requests.filter(({ url }) => url.includes('limit=1000') && url.includes('/klines')).length,
  ).toBeLessThanOrEqual(1);
});

test('thirty days are read in pages within the request budget', async () => {
  const { world, out, until } = await setUp({ historyMs: 30 * 86_400_000 });
  await until(10_000);
  expect(kinds(out, 'bar')).toHaveLength(8_628 + 60);
  const pages = world.requests.filter(({ url }) => url.includes('/fapi/v1/klines'));
  expect(pages).toHaveLength(10);
  expectOrdered(out);
});

test('a range of an hour or less comes in bars of one minute', async () => {
  const { out, until } = await setUp({ historyMs: 3_600_000 });
  await until(3_000);
  const bars = out.flatMap(({ event }) => (event.kind === 'bar' ? [event] : []));
  expect(new Set(bars.map(({ durationMs }) => durationMs))).toEqual(new Set([60_000]));
  expect(bars.length).toBeGreaterThanOrEqual(60);
  expect(bars.length).toBeLessThanOrEqual(65);
});

test("sockets are replaced before the venue's 24 hours without a gap, a loss or a double", async () => {
  expect(binanceRules.rotateAfterMs).toBeLessThan(24 * 3_600_000 - 60_000);
  const { host, out, until } = await setUp({ rotateAfterMs: 60_000 });
  await until(200_000);
  expect(host.sockets).toHaveLength(8);
  expect(host.open('public')).toHaveLength(1);
  expect(host.open('market')).toHaveLength(1);
  expect(kinds(out, 'gap')).toEqual([]);
  const ids = tradeIds(out);
  expect(ids.length).toBeGreaterThan(390);
  expect(ids).toEqual(host.trades.slice(host.trades.length - ids.length).map(({ a }) => a));
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
  expectOrdered(out);
});

test.each([-5_000, 180_000, -180_000])(
  "a clock that differs from the venue's by %d ms shifts nothing and loses no second",
  async (skewMs) => {
    const { host, out, until } = await setUp({ historyMs: 3_600_000, prepare: (host) => void (host.skewMs = skewMs) });
    await until(20_000);
    expectOrdered(out);
    const trades = out.flatMap(({ event }) => (event.kind === 'trade' ? [event] : [])).slice(-20);
    for (const trade of trades) expect(Math.abs(trade.seenTime - trade.eventTime)).toBeLessThanOrEqual(100);
    const ticks = kinds(out, 'tick').map(({ event }) => event.seenTime);
    for (let i = 1; i < ticks.length; i++) expect(ticks[i]! - ticks[i - 1]!).toBe(1_000);
    expect(host.now - ticks.at(-1)!).toBeLessThan(1_100);
  },
);

test('a symbol the venue does not list is said in a sentence that names what it lists', async () => {
  const { out, until, reading } = await setUp({ symbol: 'NOPEUSDT' });
  await until(5_000);
  await reading;
  expect(statuses(out)).toEqual([
    expect.objectContaining({
      state: 'unavailable',
      detail: expect.stringContaining('Binance USDS-M lists no perpetual NOPEUSDT; it lists BTCUSDT') as string,
    }),
  ]);
});

test('a symbol outside the table is looked up at the venue', async () => {
  const { host, out, until } = await setUp({ symbol: 'NEWUSDT' });
  await until(4_000);
  expect(host.open('public')[0]!.received[0]).toContain('newusdt@depth@100ms');
  expect(statuses(out, 'connection')[0]).toMatchObject({ state: 'connecting' });
});

test('aborting closes every socket and leaves no wait behind', async () => {
  for (const ms of [1, 50, 2_500, 30_000]) {
    const { world, abort, reading, until } = await setUp({ historyMs: 86_400_000 });
    await until(ms);
    abort.abort();
    await reading;
    await world.settle();
    expect({ ms, sockets: world.openSockets, waits: world.waits }).toEqual({ ms, sockets: 0, waits: 0 });
  }
});

test('a tick size the venue has changed is learned from its own list, and the market goes on', async () => {
  const { host, world, out, until } = await setUp();
  await until(5_000);
  host.tradePrice = '100000.05';
  host.tickSize = '0.01';
  await until(20_000);
  expect(world.requests.filter(({ url }) => url.includes('exchangeInfo'))).toHaveLength(1);
  const listed = out.flatMap(({ event }) => (event.kind === 'instrument' ? [event.spec.tickSize] : []));
  expect(listed).toEqual(['0.10', '0.01']);
  const last = kinds(out, 'trade').at(-1)!.event;
  expect(last).toMatchObject({ priceTicks: 10_000_005 });
});
