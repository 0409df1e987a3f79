import type { DataRate, DurationMs, MarketEvent } from '@liquidation-heatmap/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openVenues } from '../src/open-venues.js';
import { Presence } from '../src/runtime/presence.js';
import type { SimulatedWorld } from '../src/runtime/simulated.js';
import { START } from './binance-host.js';
import { bidsOf, bookOf, expectOrdered, hostBids, kinds, setUp, statuses, tradeIds, type Seen } from './live-reader.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

/** One more widget of the page. */
function readAlso(world: SimulatedWorld, historyMs = 0, data: DataRate = 'full') {
  const abort = new AbortController();
  const out: Seen[] = [];
  const request = {
    symbol: 'BTCUSDT',
    venues: ['binance'] as const,
    historyMs: historyMs as DurationMs,
    intervalMs: 1_000 as DurationMs,
    data,
  };
  void (async () => {
    for await (const event of openVenues(request, world.runtime, abort.signal))
      out.push({ event, at: world.now() - START });
  })();
  return { abort, out };
}

const liveOf = (out: readonly Seen[], kind: MarketEvent['kind'], from: number) =>
  kinds(out, kind).filter(({ at }) => at > from);

describe('one stream for all readers of a page', () => {
  test('a second reader opens no socket, asks for no snapshot and sees what the first one sees', async () => {
    const { host, world, out, until } = await setUp();
    await until(10_000);
    const snapshots = world.requests.filter(({ url }) => url.includes('/depth?')).length;
    const second = readAlso(world);
    await until(20_000);
    expect(host.sockets).toHaveLength(2);
    expect(world.requests.filter(({ url }) => url.includes('/depth?'))).toHaveLength(snapshots);
    expect(kinds(second.out, 'instrument')).toHaveLength(1);
    expect(bidsOf(bookOf(second.out))).toEqual(hostBids(host));
    for (const kind of ['trade', 'mark', 'book-delta'] as const)
      expect(liveOf(second.out, kind, 10_500).map(({ event }) => event)).toEqual(
        liveOf(out, kind, 10_500).map(({ event }) => event),
      );
    expect(statuses(second.out, 'mark').at(-1)).toMatchObject({ state: 'live' });
    expectOrdered(second.out);
  });

  test('the trades between the past of a second reader and its first live one are told, each once', async () => {
    const { host, world, until } = await setUp({ historyMs: 3_600_000 });
    await until(125_000);
    const second = readAlso(world, 3_600_000);
    await until(140_000);
    const barsEnd = kinds(second.out, 'bar').at(-1)!.event;
    const ids = tradeIds(second.out);
    const wanted = host.trades.filter(({ T }) => barsEnd.kind === 'bar' && T >= barsEnd.eventTime).map(({ a }) => a);
    expect(ids.length).toBeGreaterThan(30);
    expect(ids).toEqual(wanted.slice(0, ids.length));
    expect(kinds(second.out, 'gap')).toEqual([]);
    expectOrdered(second.out);
  });

  test('a cut that is over when a reader joins is in what it is told, between the trades around it', async () => {
    const { host, world, out, until } = await setUp({ historyMs: 3_600_000 });
    await until(100_000);
    host.admission = 'refuse';
    host.cut('market');
    await until(104_000);
    host.admission = 'accept';
    await until(120_000);
    const second = readAlso(world, 3_600_000);
    await until(125_000);
    const cut = kinds(out, 'gap').map(({ event }) => event)[0];
    const told = kinds(second.out, 'gap').map(({ event }) => event);
    expect(told.some((gap) => gap.kind === 'gap' && cut?.kind === 'gap' && gap.to === cut.to)).toBe(true);
    const resumed = second.out.findIndex(({ event }) => event.kind === 'resumed' && event.channel === 'trades');
    expect(second.out.slice(resumed).some(({ event }) => event.kind === 'trade')).toBe(true);
  });

  test('lite: the candle that closes between the past of a reader and its joining is told', async () => {
    const { world, until } = await setUp({ data: 'lite' });
    await until(91_000);
    // Candles close at 30 s and 90 s; the history is read before the candle of 90 s can be had, and comes after it was told.
    const late = readAlso(world, 3_600_000, 'lite');
    await until(200_000);
    const ends = kinds(late.out, 'bar').map(({ event }) => ('eventTime' in event ? event.eventTime : 0));
    const minutes = ends.filter((end) => end > START - 200_000);
    expect(minutes.slice(1).map((end, i) => end - minutes[i]!)).toEqual(minutes.slice(1).map(() => 60_000));
    expect(minutes.at(-1)! - START).toBeGreaterThan(140_000);
  });

  test('a past older than the kept trades leaves a hole that is told', async () => {
    const { world, until } = await setUp();
    await until(10_000);
    const second = readAlso(world, 3_600_000);
    await until(20_000);
    const gap = kinds(second.out, 'gap').map(({ event }) => event)[0];
    expect(gap).toMatchObject({ kind: 'gap', channel: 'trades' });
    expect(gap?.kind === 'gap' && gap.to > gap.from).toBe(true);
  });

  test('the first reader leaves: the second reads on, and the last one closes everything', async () => {
    const { host, world, abort, until } = await setUp();
    await until(5_000);
    const second = readAlso(world);
    await until(10_000);
    abort.abort();
    await until(20_000);
    expect(world.openSockets).toBe(2);
    expect(liveOf(second.out, 'mark', 15_000).length).toBeGreaterThan(3);
    second.abort.abort();
    await until(21_000);
    expect(world.openSockets).toBe(0);
    expect(world.waits).toBe(0);
    expect(host.sockets).toHaveLength(2);
  });

  test('a cut that is on when a reader joins is told to it too', async () => {
    const { host, world, until } = await setUp();
    await until(10_000);
    host.admission = 'refuse';
    host.cut('market');
    await until(12_000);
    const second = readAlso(world);
    await until(15_000);
    const told = kinds(second.out, 'gap').map(({ event }) => (event.kind === 'gap' ? event.channel : ''));
    expect(told).toEqual(expect.arrayContaining(['trades', 'mark']));
    expect(bidsOf(bookOf(second.out))).toEqual(hostBids(host));
  });

  test('a page that changes its range within the linger keeps its sockets', async () => {
    const { host, world, abort, until } = await setUp({
      prepare: (host) => void Object.assign(host.world.runtime, { lingerMs: 2_000 }),
    });
    await until(10_000);
    abort.abort();
    await until(11_000);
    const again = readAlso(world);
    await until(20_000);
    expect(host.sockets).toHaveLength(2);
    expect(bidsOf(bookOf(again.out))).toEqual(hostBids(host));
    again.abort.abort();
    await until(23_000);
    expect(world.openSockets).toBe(0);
    expect(world.waits).toBe(0);
  });

  test('another runtime, another stream', async () => {
    const one = await setUp();
    const other = await setUp();
    await one.until(5_000);
    await other.until(5_000);
    expect(one.host.sockets).toHaveLength(2);
    expect(other.host.sockets).toHaveLength(2);
  });
});

describe('while nobody sees the page', () => {
  test('L3, S21: sockets are given back, nothing is asked for, and what was missed is read on return', async () => {
    const presence = new Presence();
    const { host, world, out, until } = await setUp({
      prepare: (host) => void Object.assign(host.world.runtime, { presence }),
    });
    await until(20_000);
    presence.set(true);
    await until(22_000);
    expect(world.openSockets).toBe(0);
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ detail: 'paused while nobody sees the page' });
    const asked = world.requests.length;
    await until(400_000);
    expect(world.openSockets).toBe(0);
    expect(world.requests).toHaveLength(asked);
    presence.set(false);
    await until(410_000);
    expect(world.openSockets).toBe(2);
    const cut = out.findIndex(({ event }) => event.kind === 'gap' && event.channel === 'mark');
    const after = out.slice(cut + 1);
    const firstMark = after.findIndex(({ event }) => event.kind === 'mark');
    expect(kinds(after.slice(0, firstMark), 'mark-bar').length).toBeGreaterThanOrEqual(6);
    expect(statuses(out, 'mark').at(-1)).toMatchObject({ state: 'live' });
    expect(bidsOf(bookOf(out))).toEqual(hostBids(host));
    expectOrdered(out);
  });

  test('a page that is left before its sockets are open opens none until it is seen', async () => {
    const presence = new Presence();
    presence.set(true);
    const { world, abort, until } = await setUp({
      prepare: (host) => void Object.assign(host.world.runtime, { presence }),
    });
    await until(30_000);
    expect(world.openSockets).toBe(0);
    presence.set(false);
    await until(31_000);
    expect(world.openSockets).toBe(2);
    abort.abort();
    await until(32_000);
    expect(world.openSockets).toBe(0);
    expect(world.waits).toBe(0);
  });
});
