import type { DurationMs, MarketEvent, StatusChange } from '@liquidation-heatmap/core';
import { beforeAll, expect, test } from 'vitest';
import { OrderBook } from '../src/book/order-book.js';
import { openVenues } from '../src/open-venues.js';
import { SimulatedWorld } from '../src/runtime/simulated.js';
import { BinanceHost, START } from './binance-host.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

interface Seen {
  readonly event: MarketEvent;
  /** Milliseconds of this machine's time since the start. */
  readonly at: number;
}

async function setUp(
  options: {
    readonly historyMs?: number;
    readonly seed?: number;
    readonly symbol?: string;
    prepare?(host: BinanceHost): void;
    readonly pace?: ConstructorParameters<typeof BinanceHost>[0];
  } = {},
) {
  const host = new BinanceHost(options.pace);
  const world = new SimulatedWorld(host, START, options.seed);
  host.start(world);
  options.prepare?.(host);
  const abort = new AbortController();
  const out: Seen[] = [];
  const request = {
    symbol: options.symbol ?? 'BTCUSDT',
    venues: ['binance'] as const,
    historyMs: (options.historyMs ?? 0) as DurationMs,
    intervalMs: 1_000 as DurationMs,
  };
  const reading = (async () => {
    for await (const event of openVenues(request, world.runtime, abort.signal))
      out.push({ event, at: world.now() - START });
  })();
  for (
    let turn = 0;
    turn < 2_000 && host.sockets.length === 0 && world.requests.length === 0 && world.waits === 0;
    turn++
  )
    await world.settle();
  const until = async (ms: number) => world.advance(START + ms - world.now());
  return { host, world, abort, out, reading, until };
}

const kinds = (out: readonly Seen[], kind: MarketEvent['kind']) => out.filter(({ event }) => event.kind === kind);
const tradeIds = (out: readonly Seen[]) =>
  out.flatMap(({ event }) => (event.kind === 'trade' ? [Number(event.id)] : []));
const statuses = (out: readonly Seen[], channel?: StatusChange['channel']) =>
  out.flatMap(({ event, at }) =>
    event.kind === 'status' && (channel === undefined || event.channel === channel)
      ? [{ at, channel: event.channel, state: event.state, detail: event.detail }]
      : [],
  );

function bookOf(out: readonly Seen[]): OrderBook {
  const book = new OrderBook(0.1);
  for (const { event } of out) if (event.kind === 'book-snapshot' || event.kind === 'book-delta') book.apply(event);
  return book;
}

function hostBids(host: BinanceHost): readonly (readonly [number, number])[] {
  return [...host.bids]
    .map(([price, size]) => [Math.round(Number(price) * 10), Number(size)] as const)
    .sort((a, b) => b[0] - a[0]);
}

function bidsOf(book: OrderBook): readonly (readonly [number, number])[] {
  const { bids } = book.view();
  return [...bids.ticks].map((tick, i) => [tick, bids.sizes[i]!] as const);
}

function expectOrdered(out: readonly Seen[]): void {
  const times = out.map(({ event }) => event.seenTime);
  expect(times).toEqual([...times].sort((a, b) => a - b));
}

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
  expect(bars).toHaveLength(288);
  expect(kinds(out, 'mark-bar').length).toBeGreaterThanOrEqual(288);
  expect(kinds(out, 'open-interest').length).toBeGreaterThanOrEqual(288);
  expect(out[0]!.event.kind).toBe('instrument');
  const firstLive = out.findIndex(({ event }) => event.kind === 'trade' || event.kind === 'tick');
  expect(out.slice(0, firstLive).every(({ event }) => event.kind !== 'bar' || event.seenTime <= START)).toBe(true);
  expect(out.slice(firstLive).some(({ event }) => event.kind === 'bar')).toBe(false);
  expect(tradeIds(out)).toEqual(host.trades.map(({ a }) => a));
  expect(
    world.requests.filter(({ url }) => url.includes('limit=1000') && url.includes('/klines')).length,
  ).toBeLessThanOrEqual(1);
});

test('thirty days are read in pages within the request budget', async () => {
  const { world, out, until } = await setUp({ historyMs: 30 * 86_400_000 });
  await until(10_000);
  expect(kinds(out, 'bar')).toHaveLength(8_640);
  const pages = world.requests.filter(({ url }) => url.includes('/fapi/v1/klines'));
  expect(pages).toHaveLength(9);
  expectOrdered(out);
});

test('a range of an hour or less comes in bars of one minute', async () => {
  const { out, until } = await setUp({ historyMs: 3_600_000 });
  await until(3_000);
  const bars = out.flatMap(({ event }) => (event.kind === 'bar' ? [event] : []));
  expect(new Set(bars.map(({ durationMs }) => durationMs))).toEqual(new Set([60_000]));
  expect(bars).toHaveLength(60);
});

test('a cut is a gap, then the channel resumes, and no trade is counted twice or lost', async () => {
  const { host, out, until } = await setUp();
  await until(10_000);
  host.cut('market');
  await until(20_000);
  const gaps = kinds(out, 'gap').map(({ event }) => (event.kind === 'gap' ? event.channel : ''));
  expect(gaps).toContain('trades');
  expect(gaps).toContain('mark');
  expect(gaps).not.toContain('book');
  expect(kinds(out, 'resumed').map(({ event }) => (event.kind === 'resumed' ? event.channel : ''))).toEqual(
    expect.arrayContaining(['trades', 'mark']),
  );
  const ids = tradeIds(out);
  expect(ids).toEqual(host.trades.slice(host.trades.length - ids.length).map(({ a }) => a));
  expect(statuses(out, 'connection').map(({ detail }) => detail)).toContain('the connection was cut (code 1006)');
  expectOrdered(out);
});

test('S21: prices crossed during a gap are told before the first live mark', async () => {
  const { host, out, until } = await setUp();
  await until(100_000);
  host.admission = 'refuse';
  host.cut('market');
  await until(400_000);
  host.admission = 'accept';
  await until(480_000);
  const cutAt = out.findIndex(({ event }) => event.kind === 'gap' && event.channel === 'mark');
  const after = out.slice(cutAt + 1);
  const firstMark = after.findIndex(({ event }) => event.kind === 'mark');
  const crossed = after.slice(0, firstMark).flatMap(({ event }) => (event.kind === 'mark-bar' ? [event] : []));
  expect(crossed.length).toBeGreaterThanOrEqual(5);
  expect(Math.min(...crossed.map(({ low }) => low))).toBe(99_500);
  const bars = after.flatMap(({ event }) => (event.kind === 'bar' ? [event] : []));
  const gap = out[cutAt]!.event;
  expect(bars.length).toBeGreaterThanOrEqual(3);
  expect(gap.kind === 'gap' && bars.every((bar) => bar.eventTime - bar.durationMs >= gap.from)).toBe(true);
  expectOrdered(out);
});

test('S20: every step of a venue that goes silent: notice, reconnect, amber, stale, left out', async () => {
  const { host, out, until } = await setUp();
  await until(20_000);
  host.frozen.add('public').add('market');
  await until(20_000 + 130_000);
  for (const channel of ['book', 'mark'] as const) {
    const said = statuses(out, channel).filter(({ at }) => at >= 20_000);
    const first = (test: (entry: { state: string; detail: string }) => boolean) => said.find(test)!.at - 20_000;
    expect(first(({ detail }) => detail === 'no data 5 s')).toBeLessThanOrEqual(5_500);
    expect(first(({ state }) => state === 'amber')).toBeGreaterThanOrEqual(9_000);
    expect(first(({ state }) => state === 'amber')).toBeLessThanOrEqual(10_500);
    expect(first(({ detail }) => detail === 'STALE 34 s')).toBeLessThanOrEqual(34_500);
    expect(first(({ state }) => state === 'stale')).toBeLessThanOrEqual(30_500);
    expect(said.at(-1)).toMatchObject({ state: 'unavailable', detail: 'left out of the total: no data 2 min' });
    expect(first(({ state }) => state === 'unavailable')).toBeLessThanOrEqual(120_500);
  }
  for (const channel of ['trades', 'liquidations'] as const) {
    expect(
      statuses(out, channel).some(({ detail }) => detail === 'STALE 34 s on the mark stream of the same socket'),
    ).toBe(true);
  }
  const lost = kinds(out, 'gap').find(({ event }) => event.kind === 'gap' && event.channel === 'mark')!;
  expect(lost.at - 20_000).toBeGreaterThanOrEqual(8_000);
  expect(lost.at - 20_000).toBeLessThanOrEqual(9_000);
  host.frozen.clear();
  await until(300_000);
  expect(statuses(out, 'book').at(-1)).toMatchObject({ state: 'live', detail: '' });
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
});

test('S20: open interest turns amber after two missed polls and stale after four', async () => {
  const { host, out, until } = await setUp();
  await until(25_000);
  host.override = (_url, call) => (call === 'openInterest' ? { status: 500, body: 'oops' } : undefined);
  const lastPoll = kinds(out, 'open-interest').at(-1)!.at;
  await until(120_000);
  const said = statuses(out, 'open-interest').filter(({ at }) => at > lastPoll);
  expect(said.find(({ state }) => state === 'amber')!.at - lastPoll).toBeLessThanOrEqual(20_500);
  expect(said.find(({ state }) => state === 'stale')!.at - lastPoll).toBeGreaterThanOrEqual(40_000 - 500);
  expect(said.find(({ state }) => state === 'stale')!.at - lastPoll).toBeLessThanOrEqual(40_500);
});

test('S20: silent trades and liquidations are no trouble while the mark of the same socket flows', async () => {
  const { host, out, until } = await setUp({ prepare: (host) => void host.muted.add('btcusdt@aggTrade') });
  await until(300_000);
  expect(host.sockets).toHaveLength(2);
  expect(statuses(out, 'trades').at(-1)).toMatchObject({ state: 'live', detail: '' });
});

test('a subscription that is accepted and stays silent is named, and the socket is opened anew', async () => {
  const { host, out, until } = await setUp({ prepare: (host) => void host.muted.add('btcusdt@markPrice@1s') });
  await until(15_000);
  const told = statuses(out, 'connection').find(({ detail }) => detail.includes('btcusdt@markPrice@1s'))!;
  expect(told.state).toBe('amber');
  expect(told.at).toBeLessThanOrEqual(11_000);
  expect(host.sockets.filter(({ url }) => url.includes('/market/')).length).toBeGreaterThanOrEqual(2);
});

test('a missing sequence resynchronises that book alone', async () => {
  const { host, world, out, until } = await setUp();
  await until(10_050);
  host.skipUpdates(2);
  await until(12_000);
  const gaps = kinds(out, 'gap').map(({ event }) => (event.kind === 'gap' ? event.channel : ''));
  expect(gaps).toEqual(['book']);
  expect(host.sockets).toHaveLength(2);
  expect(world.requests.filter(({ url }) => url.includes('/depth?'))).toHaveLength(2);
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
  expect(kinds(out, 'resumed').map(({ event }) => (event.kind === 'resumed' ? event.channel : ''))).toEqual(['book']);
});

test('a snapshot that is older than the stream is fetched again, without hurry and without reconnecting', async () => {
  let served = 0;
  const old: string[] = [];
  const { host, world, out, until } = await setUp({
    prepare: (host) => {
      old.push(JSON.stringify({ ...host.snapshot(), lastUpdateId: 10 }));
      host.override = (_url, call) =>
        call === 'depth' && served++ < 3 ? { status: 200, body: old[0]!, delayMs: 300 } : undefined;
    },
  });
  await until(20_000);
  const asked = world.requests.filter(({ url }) => url.includes('/depth?')).map(({ time }) => time - START);
  expect(asked).toHaveLength(4);
  expect(asked[3]! - asked[2]!).toBeGreaterThan(asked[2]! - asked[1]!);
  expect(host.sockets).toHaveLength(2);
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
});

test('a snapshot asked for by an older generation is dropped when it comes late', async () => {
  let served = 0;
  const { host, out, until } = await setUp({
    prepare: (host) => {
      host.override = (_url, call) => {
        if (call !== 'depth' || served++ > 0) return undefined;
        const poisoned = { ...host.snapshot(), bids: [['1.0', '777.000']] };
        return { status: 200, body: JSON.stringify({ ...poisoned, lastUpdateId: 1_000_000 }), delayMs: 9_000 };
      };
    },
  });
  await until(2_000);
  host.cut('public');
  await until(20_000);
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
  expect(bidsOf(bookOf(out)).some(([, size]) => size === 777)).toBe(false);
});

test('a 429 pauses requests for as long as Retry-After says', async () => {
  const { host, world, out, until } = await setUp();
  await until(15_000);
  host.override = () => ({ status: 429, body: '', headers: { 'retry-after': '45' } });
  await until(22_000);
  const refusedAt = world.requests.at(-1)!.time;
  host.override = undefined;
  await until(90_000);
  const next = world.requests.find(({ time }) => time > refusedAt)!;
  expect(next.time - refusedAt).toBeGreaterThanOrEqual(45_000);
  expect(next.time - refusedAt).toBeLessThanOrEqual(46_000);
  expect(statuses(out, 'metadata').map(({ detail }) => detail)).toEqual([
    'The venue asks for a pause of 45 s (HTTP 429)',
    '',
  ]);
});

test('a region that is refused is named and not hammered', async () => {
  const { world, out, until } = await setUp({
    historyMs: 3_600_000,
    prepare: (host) => {
      host.admission = 'refuse';
      host.override = () => ({ status: 451, body: 'Service unavailable from a restricted location' });
    },
  });
  await until(280_000);
  expect(statuses(out, 'connection').at(-1)).toMatchObject({
    state: 'unavailable',
    detail: 'unavailable in this region or network',
  });
  expect(world.requests.length).toBeLessThanOrEqual(8);
  expect(kinds(out, 'bar')).toHaveLength(0);
});

test('a network that is down is named, and the return of the network ends the wait within seconds', async () => {
  const { host, world, out, until } = await setUp();
  await until(10_000);
  host.admission = 'refuse';
  host.override = () => ({ network: 'Failed to fetch' });
  host.cut('public');
  host.cut('market');
  await until(600_000);
  expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'unavailable' });
  host.admission = 'accept';
  host.override = undefined;
  world.online();
  await until(605_000);
  expect(host.open('public').length + host.open('market').length).toBe(2);
  expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live' });
  expectOrdered(out);
});

test("sockets are replaced before the venue's 24 hours without a gap or a double", async () => {
  const { host, out, until } = await setUp({ pace: { book: 4_000, mark: 4_000, trade: 20_000 } });
  await until(24 * 3_600_000);
  expect(host.sockets).toHaveLength(4);
  expect(host.open('public')).toHaveLength(1);
  expect(host.open('market')).toHaveLength(1);
  expect(kinds(out, 'gap')).toEqual([]);
  const ids = tradeIds(out);
  expect(ids).toEqual(host.trades.slice(host.trades.length - ids.length).map(({ a }) => a));
  expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
  expectOrdered(out);
}, 60_000);

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

test('the same seed gives the same events, another seed the same market', async () => {
  const run = async (seed: number) => {
    const { host, out, until } = await setUp({ seed, historyMs: 3_600_000 });
    await until(30_000);
    host.cut('market');
    host.frozen.add('public');
    await until(60_000);
    host.frozen.clear();
    await until(90_000);
    return out;
  };
  const [first, again, other] = [await run(7), await run(7), await run(8)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(tradeIds(other)).toEqual(tradeIds(first));
});
