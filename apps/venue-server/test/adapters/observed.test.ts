import type { DurationMs, Fault } from '@liquidation-heatmap/core';
import { probeVenue } from '@liquidation-heatmap/feeds';
import { observePositions, type ObserveRequest, type ObservedSnapshot } from '@liquidation-heatmap/feeds/node';
import { expect, test } from 'vitest';
import { ACCOUNT_ADDRESSES, type VenueHost, type VenueHostOptions } from '../../src/index.js';
import { START, joinVenues } from '../../src/bridge/venue-world.js';

/** What the venue's own answers add up to, read without the adapter. */
function heldOn(host: VenueHost): { readonly long: number; readonly short: number; readonly count: number } {
  const sizes = ACCOUNT_ADDRESSES.flatMap((user) => {
    const body = JSON.stringify({ type: 'clearinghouseState', user });
    const answer = host.fetch('https://api.hyperliquid.xyz/info', { method: 'POST', body });
    const { assetPositions } = JSON.parse('body' in answer ? answer.body : '') as {
      readonly assetPositions: readonly { readonly position: { readonly coin: string; readonly szi: string } }[];
    };
    return assetPositions.filter(({ position }) => position.coin === 'BTC').map(({ position }) => Number(position.szi));
  });
  const sum = (side: 1 | -1): number => sizes.reduce((total, size) => total + Math.max(0, size * side), 0);
  return { long: sum(1), short: sum(-1), count: sizes.length };
}

async function observe(request: Partial<ObserveRequest>, options: Partial<VenueHostOptions> = {}) {
  const { host, world } = await joinVenues(['hyperliquid'], options);
  const troubles: Fault[] = [];
  const abort = new AbortController();
  const onTrouble = (fault: Fault): void => void troubles.push(fault);
  const stream = observePositions({ symbols: ['BTCUSDT'], ...request, onTrouble }, world.runtime, abort.signal);
  if (!stream.ok) throw new Error(stream.fault.message);
  const out: ObservedSnapshot[] = [];
  const reading = (async () => {
    for await (const snapshot of stream.value) out.push(snapshot);
  })();
  const end = async (): Promise<void> => {
    abort.abort();
    await reading;
  };
  return { host, world, out, troubles, end, until: (ms: number) => world.advance(START + ms - world.now()) };
}

test('what is observed of given addresses is what the venue says of them, with its share of the open interest', async () => {
  const { host, out, troubles, end, until } = await observe({ addresses: ACCOUNT_ADDRESSES });
  await until(90_000);
  await end();
  const [held, last] = [heldOn(host), out.at(-1)!];
  expect(troubles).toEqual([]);
  // A position may be replaced between its question and now.
  expect(Math.abs(last.rows.length - held.count)).toBeLessThanOrEqual(2);
  expect(last.size.long / held.long).toBeCloseTo(1, 1);
  expect(last.size.short / held.short).toBeCloseTo(1, 1);
  const { openInterest } = host.market('hyperliquid', 'BTCUSDT');
  expect(last.share?.total).toBeCloseTo((held.long + held.short) / (2 * openInterest), 1);
  expect(last.oldestAgeMs).toBeLessThan(90_000);
  expect(last.addresses).toMatchObject({ known: 120, answered: 120, failing: 0, outdated: 0 });
});

test('addresses learned from public trades are asked for, and never more than were wanted', async () => {
  const { out, end, until } = await observe({ learn: 30 });
  await until(60_000);
  await end();
  for (const { addresses } of out) expect(addresses.known).toBeLessThanOrEqual(30);
  expect(out.at(-1)!.addresses.answered).toBeGreaterThan(20);
  expect(out.at(-1)!.rows.length).toBeGreaterThan(10);
});

test('a venue that refuses for a while is told, left alone, and read again', async () => {
  const faults = [
    { at: 20_000, venue: 'hyperliquid', kind: 'rate-limit', status: 429, retryAfterS: 30, durationMs: 1_000 },
  ];
  const { world, out, troubles, end, until } = await observe({ addresses: ACCOUNT_ADDRESSES }, { faults });
  const questions = (): number => world.requests.filter(({ url }) => url.endsWith('/info')).length;
  await until(21_000);
  const asked = questions();
  // Other readers of the same program keep the pause too.
  void probeVenue('hyperliquid', world.runtime, new AbortController().signal);
  await until(49_000);
  expect(questions()).toBe(asked);
  await until(120_000);
  await end();
  expect(troubles).toMatchObject([{ code: 'rate-limited' }]);
  expect(out.at(-1)!.addresses).toMatchObject({ answered: 120, failing: 0 });
});

test('without the market data the share is unknown; the end of the signal leaves nothing open', async () => {
  const faults = [
    { at: 0, venue: 'hyperliquid', kind: 'silent-subscription', channel: 'ticker', durationMs: 3_600_000 },
  ];
  const { world, out, end, until } = await observe({ addresses: ACCOUNT_ADDRESSES.slice(0, 10) }, { faults });
  await until(30_000);
  await end();
  expect(out.at(-1)).toMatchObject({ openInterest: undefined, share: undefined });
  expect(out.at(-1)!.rows.length).toBeGreaterThan(0);
  expect(world.openSockets).toBe(0);
});

test('a bug is thrown where the snapshots are read', async () => {
  const { world } = await joinVenues(['hyperliquid']);
  const fetchText = (): Promise<never> => Promise.reject(new RangeError('a bug'));
  const request = { symbols: ['BTCUSDT'], addresses: ACCOUNT_ADDRESSES };
  const stream = observePositions(request, { ...world.runtime, fetchText }, new AbortController().signal);
  const reading = stream.ok ? stream.value.next() : undefined;
  const thrown = expect(reading).rejects.toThrow('a bug');
  await world.advance(10_000);
  await thrown;
});

test.each([
  [{ addresses: ['0x12'] }, 'addresses[0]'],
  [{ learn: 1, everyMs: 10 as DurationMs }, 'everyMs'],
])('a request of %o is a fault of %s', async (request, field) => {
  const { world } = await joinVenues([]);
  const stream = observePositions({ symbols: ['BTCUSDT'], ...request }, world.runtime, new AbortController().signal);
  expect(stream).toMatchObject({ ok: false, fault: { field } });
});
