import { beforeAll, expect, test } from 'vitest';
import type { DurationMs, LongShortRatio } from '@liquidation-heatmap/core';
import { liveVenueOf } from '../src/live/live-venue-of.js';
import { openVenues } from '../src/open-venues.js';
import { Presence } from '../src/runtime/presence.js';
import { SimulatedWorld } from '../src/runtime/simulated.js';
import { binanceRules } from '../src/venues/binance/live.js';
import { BinanceHost, START } from './binance-host.js';
import { expectOrdered, kinds, setUp, statuses, type Seen } from './live-reader.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

const PERIOD = 300_000;
const MINUTE = 60_000;
const isRatioUrl = (url: string) => url.includes('LongShort');
const ratiosOf = (out: readonly Seen[]) =>
  out.flatMap(({ event, at }) => (event.kind === 'long-short-ratio' ? [{ ...event, at }] : []));
const ofAll = (out: readonly Seen[]) => ratiosOf(out).filter(({ population }) => population === 'all-accounts');
const shareAt = (time: number) => 0.5 + ((time / PERIOD) % 10) / 100;

test('ratios of the last day come with the past, each one period after its time, and no other page waits for them', async () => {
  const { out, world, until } = await setUp({ historyMs: 3 * 86_400_000 });
  await until(2_000);
  expectOrdered(out);
  const past = ofAll(out).filter(({ seenTime }) => seenTime <= START);
  expect(past).toHaveLength(287);
  for (const row of past) {
    expect(row.seenTime).toBe(row.eventTime + PERIOD);
    expect(row.longShare).toBeCloseTo(shareAt(row.eventTime), 9);
  }
  for (let i = 1; i < past.length; i++) expect(past[i]!.eventTime - past[i - 1]!.eventTime).toBe(PERIOD);
  expect(new Set(ratiosOf(out).map(({ population }) => population))).toEqual(
    new Set<LongShortRatio['population']>(['all-accounts', 'top-accounts', 'top-positions']),
  );
  const atOnce = out.findIndex(
    ({ event }) => event.kind === 'long-short-ratio' && event.seenTime === past[0]!.seenTime,
  );
  expect(out.findIndex(({ event }) => event.kind === 'bar' && event.seenTime === past[0]!.seenTime)).toBeGreaterThan(
    atOnce,
  );
  expect(world.requests.filter(({ url }) => isRatioUrl(url) && url.includes('startTime'))).toHaveLength(3);
});

test('live, each row is told once, when it arrived, and none before it was counted', async () => {
  const { out, world, until } = await setUp();
  await until(31 * MINUTE);
  const told = ofAll(out);
  expect(told).toHaveLength(7);
  for (const { eventTime, seenTime, at, longShare } of told) {
    expect(eventTime).toBeLessThanOrEqual(seenTime);
    expect(Math.abs(seenTime - (START + at))).toBeLessThanOrEqual(1_000);
    expect(longShare).toBeCloseTo(shareAt(eventTime), 9);
  }
  expect(new Set(told.map(({ eventTime }) => eventTime)).size).toBe(told.length);
  expect(world.requests.filter(({ url }) => isRatioUrl(url))).toHaveLength(3 * 7);
  expect(statuses(out, 'ratios').map(({ state }) => state)).toEqual(['connecting', 'live']);
});

test.each([
  ['an answer of the server that it failed', { status: 500, body: 'oops' }],
  ['a refusal of the path', { status: 403, body: '' }],
  ['a body that is no JSON', { status: 200, body: '<html>' }],
  ['a row of another contract', { status: 200, body: row({ symbol: 'ETHUSDT' }) }],
  ['a share that is no number', { status: 200, body: row({ longAccount: 'NaN' }) }],
  ['a row without its share', { status: 200, body: row({ longAccount: undefined }) }],
])('%s is told of ratios alone, harms no other channel, and ends', async (_, answer) => {
  const { host, out, world, until } = await setUp();
  host.override = (url) => (isRatioUrl(url) ? answer : undefined);
  await until(4 * MINUTE);
  expect(ratiosOf(out)).toEqual([]);
  expect(statuses(out, 'ratios').at(-1)).toMatchObject({ state: 'amber' });
  expect(statuses(out, 'ratios').at(-1)!.detail).not.toBe('');
  expect(statuses(out, 'connection').map(({ state }) => state)).toEqual(['connecting', 'live']);
  expect(statuses(out, 'metadata')).toEqual([]);
  expect(kinds(out, 'open-interest').length).toBeGreaterThanOrEqual(23);
  expect(world.requests.filter(({ url }) => url.includes('aggTrades'))).toEqual([]);
  host.override = undefined;
  await until(11 * MINUTE);
  expect(ofAll(out).length).toBeGreaterThan(0);
  expect(statuses(out, 'ratios').at(-1)).toMatchObject({ state: 'live', detail: '' });
});

test('a venue that counts no longer is no longer told of: amber, then stale, and nothing is repeated or filled in', async () => {
  const { host, out, until } = await setUp();
  await until(11 * MINUTE);
  const before = ofAll(out).length;
  host.ratiosUntil = host.now;
  await until(60 * MINUTE);
  expect(ofAll(out)).toHaveLength(before);
  const said = statuses(out, 'ratios').map(({ state }) => state);
  expect(said.indexOf('amber')).toBeGreaterThan(0);
  expect(said.at(-1)).toBe('stale');
  const late = await setUp({ prepare: (venue) => void (venue.ratiosUntil = START - 60 * MINUTE) });
  await late.until(MINUTE);
  expect(ofAll(late.out)).toEqual([]);
});

test('rows that failed polls left out are told by the next one, when it brought them', async () => {
  const { host, out, until } = await setUp();
  await until(MINUTE);
  host.override = (url) => (isRatioUrl(url) ? { status: 500, body: '' } : undefined);
  await until(11 * MINUTE);
  host.override = undefined;
  await until(16 * MINUTE);
  const told = ofAll(out);
  for (let i = 1; i < told.length; i++) expect(told[i]!.eventTime - told[i - 1]!.eventTime).toBe(PERIOD);
  expect(told).toHaveLength(4);
  expect(new Set(told.slice(1).map(({ seenTime }) => seenTime)).size).toBe(1);
  expectOrdered(out);
});

test('ratios that do not come hold the warm start for no longer than 3 s, and are missing by their own name', async () => {
  const prepare = (host: { override: unknown }) => {
    host.override = (url: string) => (isRatioUrl(url) ? { status: 200, body: '[]', delayMs: 60_000 } : undefined);
  };
  const { out, until } = await setUp({ historyMs: 86_400_000, prepare });
  await until(5_000);
  expect(kinds(out, 'bar').length).toBeGreaterThan(300);
  expect(kinds(out, 'bar')[0]!.at).toBeLessThanOrEqual(3_500);
  expect(statuses(out, 'ratios').map(({ detail }) => detail)).toContainEqual(expect.stringContaining('Past ratios'));
  expect(statuses(out, 'bars')).toEqual([]);
});

test('a second reader of the stream is told the newest ratio of each population', async () => {
  const { world, until } = await setUp();
  await until(MINUTE);
  const told: LongShortRatio[] = [];
  const abort = new AbortController();
  const times = { historyMs: 0 as DurationMs, intervalMs: 1_000 as DurationMs };
  const reading = (async () => {
    for await (const event of openVenues(
      { symbol: 'BTCUSDT', venues: ['binance'], ...times },
      world.runtime,
      abort.signal,
    ))
      if (event.kind === 'long-short-ratio') told.push(event);
  })();
  await until(2 * MINUTE);
  abort.abort();
  await reading;
  expect(told.map(({ population }) => population).sort()).toEqual(['all-accounts', 'top-accounts', 'top-positions']);
});

test('while nobody sees the page none are asked for, and on return the newest is told', async () => {
  const presence = new Presence();
  const { out, world, until } = await setUp({
    prepare: (host) => void Object.assign(host.world.runtime, { presence }),
  });
  await until(MINUTE);
  presence.set(true);
  const asked = world.requests.length;
  await until(3 * 60 * MINUTE);
  expect(world.requests).toHaveLength(asked);
  presence.set(false);
  await until(3 * 60 * MINUTE + 10_000);
  const last = ofAll(out).at(-1)!;
  expect(last.seenTime - last.eventTime).toBeLessThan(PERIOD);
  expect(ofAll(out).length).toBeLessThanOrEqual(5);
  expectOrdered(out);
});

test.each([
  [undefined, 0],
  [true, 6],
])(
  'known from documentation alone they are asked for only where that is wanted (unproven: %s)',
  async (unproven, asked) => {
    const host = new BinanceHost();
    const world = new SimulatedWorld(host, START);
    host.start(world);
    const abort = new AbortController();
    // A venue whose ratios rest on documentation, spoken to as this host speaks.
    const venue = liveVenueOf({ ...binanceRules, venue: 'okx-inverse' });
    const times = { historyMs: 3_600_000 as DurationMs, intervalMs: 60_000 as DurationMs };
    const request = { symbol: 'BTCUSDT', ...times, ...(unproven === undefined ? {} : { unproven }) };
    const past = venue.history(request, world.runtime, abort.signal);
    const live = venue.live(request, past, world.runtime, abort.signal);
    const reading = (async () => {
      for await (const event of live) void event;
    })();
    await world.advance(10_000);
    abort.abort();
    await Promise.all([reading, past]);
    expect(world.requests.filter(({ url }) => isRatioUrl(url))).toHaveLength(asked);
    expect(world.requests.filter(({ url }) => url.includes('openInterest')).length).toBeGreaterThan(0);
  },
);

function row(more: object): string {
  const whole = { symbol: 'BTCUSDT', longShortRatio: '1.5', longAccount: '0.6000', shortAccount: '0.4000' };
  return JSON.stringify([{ ...whole, timestamp: Math.floor(START / PERIOD) * PERIOD, ...more }]);
}
