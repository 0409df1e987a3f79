import { expect, test } from 'vitest';
import { LIVE_VENUE_IDS } from './open-venues.js';
import { SimulatedWorld } from './runtime/simulated.js';
import { BinanceHost, START } from '../test/binance-host.js';
import { openVenues } from './open-venues.js';
import { connectHosts } from './venue-hosts.js';
import type { DurationMs } from '@liquidation-heatmap/core';

test('every venue that can be read live has its hosts, each an exact origin', () => {
  const hosts = connectHosts(LIVE_VENUE_IDS);
  expect(hosts.ok && hosts.value.length).toBeGreaterThan(0);
  if (hosts.ok) for (const host of hosts.value) expect(host).toMatch(/^(wss|https):\/\/[a-z0-9.-]+(:\d+)?$/);
});

test('a live feed connects to the listed hosts and to no other', async () => {
  const host = new BinanceHost();
  const world = new SimulatedWorld(host, START);
  host.start(world);
  const abort = new AbortController();
  const request = {
    symbol: 'BTCUSDT',
    venues: ['binance'] as const,
    historyMs: 7_200_000 as DurationMs,
    intervalMs: 1_000 as DurationMs,
  };
  await import('./venues/binance/live.js');
  const reading = (async () => {
    for await (const event of openVenues(request, world.runtime, abort.signal)) void event;
  })();
  await world.advance(30_000);
  abort.abort();
  await reading;
  const used = new Set(
    [...world.requests, ...host.sockets].map(({ url }) => new URL(url)).map((url) => `${url.protocol}//${url.host}`),
  );
  expect(connectHosts(['binance'])).toEqual({ ok: true, value: [...used].sort() });
});

test('an unknown venue is an error that names the venues there are', () => {
  expect(connectHosts(['binance', 'nope'])).toMatchObject({
    ok: false,
    fault: {
      field: 'venues',
      message: expect.stringMatching(/^venues must be among binance, .*bybit.*, was nope$/) as string,
    },
  });
  expect(connectHosts(['constructor']).ok).toBe(false);
});
