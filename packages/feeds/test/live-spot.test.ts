import { beforeAll, expect, test } from 'vitest';
import type { DurationMs, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { openVenues } from '../src/open-venues.js';
import { recordingRuntime } from '../src/recording/recorder.js';
import { recordedLine } from '../src/recording/recording-format.js';
import { runSpot } from '../src/spot/spot-feed.js';
import { Presence } from '../src/runtime/presence.js';
import { SimulatedWorld } from '../src/runtime/simulated.js';
import { connectHosts } from '../src/venue-hosts.js';
import { binanceRules } from '../src/venues/binance/live.js';
import { binanceSpot } from '../src/venues/binance/spot.js';
import { BinanceHost, START } from './binance-host.js';
import { expectOrdered, kinds, setUp, statuses, type Seen } from './live-reader.js';
import { replayed } from './replayed.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

function worldOf(host: BinanceHost) {
  const world = new SimulatedWorld(host, START);
  host.start(world);
  return { runtime: world.runtime, advance: (ms: number) => world.advance(ms) };
}

const gapsOf = (out: readonly Seen[]) => out.flatMap(({ event }) => (event.kind === 'gap' ? [event.channel] : []));
const connectionStates = (out: readonly Seen[]) => statuses(out, 'connection').map(({ state }) => state);

test('no spot price is read unless it is asked for', async () => {
  for (const spot of [undefined, false]) {
    const { host, out, until } = await setUp(spot === undefined ? {} : { spot });
    await until(10_000);
    expect(kinds(out, 'spot')).toEqual([]);
    expect(statuses(out, 'spot')).toEqual([]);
    expect(host.spotSockets).toEqual([]);
  }
});

test('asked for, it comes over a socket of its own, behind the listing of the contract it stands beside', async () => {
  const { host, out, until } = await setUp({ spot: true });
  await until(10_000);
  expect(host.spotSockets.map(({ url }) => url)).toEqual(['wss://stream.binance.com:9443/stream']);
  const told = kinds(out, 'spot').map(({ event }) => event);
  expect(told.length).toBeGreaterThanOrEqual(6);
  expect(told[0]).toMatchObject({ instrument: 'binance:BTCUSDT', price: 99_990.01 });
  const listed = out.findIndex(({ event }) => event.kind === 'instrument');
  expect(out.findIndex(({ event }) => event.kind === 'spot')).toBeGreaterThan(listed);
  expect(statuses(out, 'spot').map(({ state }) => state)).toEqual(['connecting', 'live']);
  expect(connectionStates(out)).toEqual(['connecting', 'live']);
  expectOrdered(out);
  const hosts = connectHosts(['binance'], { spot: true });
  expect(hosts.ok && hosts.value).toContain('wss://stream.binance.com:9443');
  expect(connectHosts(['binance'])).toMatchObject({
    value: expect.not.arrayContaining(['wss://stream.binance.com:9443']) as string[],
  });
});

test('a spot price that comes before the contract is listed is not told', async () => {
  const streams = ['btcusdt@depth@100ms', 'btcusdt@aggTrade', 'btcusdt@markPrice@1s'];
  const prepare = ({ muted }: BinanceHost) => streams.forEach((stream) => muted.add(stream));
  const { host, out, until } = await setUp({ spot: true, prepare });
  await until(2_900);
  expect(host.spotSockets.length + kinds(out, 'spot').length).toBe(0);
  host.muted.clear();
  await until(15_000);
  const listed = out.findIndex(({ event }) => event.kind === 'instrument');
  expect(listed).toBeGreaterThan(-1);
  expect(out.findIndex(({ event }) => event.kind === 'spot')).toBeGreaterThan(listed);
  expectOrdered(out);
});

test('a cut of its socket is a gap of spot alone, and ends with the next price', async () => {
  const { host, out, until } = await setUp({ spot: true });
  await until(10_000);
  for (const socket of host.spotSockets) socket.close(1006);
  await until(25_000);
  expect(gapsOf(out)).toEqual(['spot']);
  expect(kinds(out, 'resumed').map(({ event }) => event)).toMatchObject([{ channel: 'spot' }]);
  expect(connectionStates(out)).toEqual(['connecting', 'live']);
  expect(kinds(out, 'spot').at(-1)!.at).toBeGreaterThan(23_000);
  expectOrdered(out);
});

test('silence is amber after half a minute, ended by a new socket after a minute, stale after two', async () => {
  const { host, out, until } = await setUp({ spot: true });
  await until(10_000);
  host.muted.add('btcusdt@miniTicker');
  await until(150_000);
  const said = statuses(out, 'spot').slice(2);
  expect(said[0]).toMatchObject({ state: 'amber', detail: 'no data 30 s' });
  expect(said.find(({ state }) => state === 'stale')!.at).toBeGreaterThanOrEqual(129_000);
  expect(host.sockets.filter(({ url }) => url.includes('9443')).length).toBeGreaterThanOrEqual(2);
  expect(gapsOf(out)).toEqual(['spot']);
  host.muted.clear();
  await until(160_000);
  expect(statuses(out, 'spot').at(-1)).toMatchObject({ state: 'live', detail: '' });
  expect(connectionStates(out)).toEqual(['connecting', 'live']);
});

test('frames that cannot be read are told of spot alone', async () => {
  const { host, out, until } = await setUp({ spot: true });
  await until(10_000);
  host.spotChange = { s: 'ETHUSDT' };
  await until(20_000);
  expect(statuses(out, 'spot').at(-1)).toMatchObject({
    state: 'amber',
    detail: 'miniTicker.s must be "BTCUSDT", was "ETHUSDT"',
  });
  const before = kinds(out, 'spot').length;
  host.spotChange = {};
  await until(40_000);
  expect(kinds(out, 'spot').length).toBeGreaterThan(before);
  expect(statuses(out, 'spot').at(-1)).toMatchObject({ state: 'live' });
  expect(connectionStates(out)).toEqual(['connecting', 'live']);
  expect(gapsOf(out)).toEqual([]);
});

test.each([
  ['BTCUSDT', undefined, 'no spot price of Binance USDS-M is read'],
  ['NEWUSDT', binanceSpot, 'no spot price of NEWUSDT is read'],
])('where no pair of %s is known it is said so, once the contract is listed', async (symbol, wire, detail) => {
  const host = new BinanceHost();
  const { runtime, ...world } = worldOf(host);
  const told: MarketEvent[] = [];
  let isListed = false;
  const use = {
    ...{
      name: 'Binance USDS-M',
      wire,
      spec: { ...binanceRules.tabled('BTCUSDT', START)!, symbol },
      rotateAfterMs: 1e9,
    },
    seenTimeOf: (time: UnixMs) => (isListed ? time : undefined),
    push: (event: MarketEvent) => void told.push(event),
    ready: () => undefined,
  };
  const running = runSpot(use, runtime, new AbortController().signal);
  await world.advance(5_000);
  expect(told).toEqual([]);
  isListed = true;
  await world.advance(2_000);
  await running;
  expect(told).toMatchObject([{ kind: 'status', venue: 'binance', channel: 'spot', state: 'unavailable', detail }]);
  expect(host.sockets).toEqual([]);
});

test('while nobody sees the page its socket is given back, and opened again on return', async () => {
  const presence = new Presence();
  const prepare = (host: BinanceHost) => void Object.assign(host.world.runtime, { presence });
  const { host, world, out, until } = await setUp({ spot: true, prepare });
  await until(20_000);
  presence.set(true);
  await until(22_000);
  expect(world.openSockets).toBe(0);
  await until(200_000);
  expect(world.openSockets).toBe(0);
  presence.set(false);
  await until(215_000);
  expect(host.spotSockets).toHaveLength(1);
  expect(gapsOf(out).filter((channel) => channel === 'spot')).toHaveLength(1);
  expect(kinds(out, 'spot').at(-1)!.at).toBeGreaterThan(210_000);
  expect(statuses(out, 'spot').at(-1)).toMatchObject({ state: 'live' });
  expectOrdered(out);
});

test('a reader that wants no spot price gets none, though another of the page does', async () => {
  const { world, until } = await setUp({ spot: true });
  await until(10_000);
  const told = new Set<MarketEvent['kind']>();
  const abort = new AbortController();
  const times = { historyMs: 0 as DurationMs, intervalMs: 1_000 as DurationMs };
  const reading = (async () => {
    const request = { symbol: 'BTCUSDT', venues: ['binance'] as const, ...times };
    for await (const event of openVenues(request, world.runtime, abort.signal)) told.add(event.kind);
  })();
  await until(20_000);
  abort.abort();
  await reading;
  expect(told.has('trade')).toBe(true);
  expect(told.has('spot')).toBe(false);
});

test('aborting closes its socket and leaves no wait behind', async () => {
  for (const ms of [1, 2_500, 10_000]) {
    const { world, abort, reading, until } = await setUp({ spot: true });
    await until(ms);
    abort.abort();
    await reading;
    await world.settle();
    expect({ ms, sockets: world.openSockets, waits: world.waits }).toEqual({ ms, sockets: 0, waits: 0 });
  }
});

test('a recording holds the market of the contract alone and replays to it', async () => {
  const host = new BinanceHost();
  const world = new SimulatedWorld(host, START);
  host.start(world);
  const lines: string[] = [];
  const live: MarketEvent[] = [];
  const abort = new AbortController();
  const runtime = recordingRuntime(world.runtime, (message) => lines.push(recordedLine(message)));
  const times = { historyMs: 0 as DurationMs, intervalMs: 1_000 as DurationMs };
  const reading = (async () => {
    const request = { symbol: 'BTCUSDT', venues: ['binance'] as const, ...times, spot: true };
    for await (const event of openVenues(request, runtime, abort.signal)) live.push(event);
  })();
  await world.advance(10_000);
  for (const socket of host.spotSockets) socket.close(1006);
  await world.advance(10_000);
  abort.abort();
  await reading;
  expect(live.some(({ kind }) => kind === 'spot')).toBe(true);
  expect(lines.filter((line) => line.includes('miniTicker') || line.includes('9443'))).toEqual([]);
  const ofContract = (events: readonly MarketEvent[]) =>
    events
      .filter(
        (event) =>
          !['tick', 'status', 'spot'].includes(event.kind) && !('channel' in event && event.channel === 'spot'),
      )
      .map((event) => ({ ...event, seenTime: 0, offers: undefined }));
  expect(ofContract((await replayed(lines)).events)).toEqual(ofContract(live));
});
