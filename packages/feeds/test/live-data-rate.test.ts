import { beforeAll, describe, expect, test } from 'vitest';
import { START } from './binance-host.js';
import { expectOrdered, kinds, setUp, statuses } from './live-reader.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

const offered = (out: Awaited<ReturnType<typeof setUp>>['out']) =>
  out.flatMap(({ event }) => (event.kind === 'instrument' ? (event.offers ?? []) : []));

describe('how much is read', () => {
  test('plain: everything but the book, which is told as not read', async () => {
    const { host, world, out, until } = await setUp({ data: 'plain' });
    await until(20_000);
    expect(host.sockets).toHaveLength(1);
    expect(world.requests.some(({ url }) => url.includes('/depth?'))).toBe(false);
    expect(kinds(out, 'trade').length).toBeGreaterThan(20);
    expect(kinds(out, 'mark').length).toBeGreaterThan(15);
    expect(offered(out)).toContainEqual(
      expect.objectContaining({ channel: 'book', isOn: false, reason: 'nothing on the page shows it' }),
    );
    expect(statuses(out, 'book')).toEqual([]);
    expect(statuses(out, 'connection').at(-1)).toMatchObject({ state: 'live' });
  });

  test('lite: marks every three seconds and the candle of each minute once, no trade', async () => {
    const { out, until } = await setUp({ data: 'lite', historyMs: 3_600_000 });
    await until(400_000);
    expect(kinds(out, 'trade')).toEqual([]);
    expect(kinds(out, 'mark').length).toBeGreaterThan(120);
    expect(kinds(out, 'mark').length).toBeLessThan(140);
    const ends = kinds(out, 'bar').map(({ event }) => ('eventTime' in event ? event.eventTime : 0));
    const minutes = ends.filter((end) => end > START - 240_000);
    expect(minutes.length).toBeGreaterThan(8);
    expect(minutes.slice(1).map((end, i) => end - minutes[i]!)).toEqual(minutes.slice(1).map(() => 60_000));
    const live = kinds(out, 'bar').filter(({ at }) => at > 5_000);
    expect(live.every(({ event, at }) => 'eventTime' in event && START + at - event.eventTime <= 4_000)).toBe(true);
    expect(statuses(out, 'bars').at(-1)).toMatchObject({ state: 'live' });
    expect(kinds(out, 'gap')).toEqual([]);
    expectOrdered(out);
  });

  test('lite: a candle that could not be had comes with the next ones', async () => {
    const { host, out, until } = await setUp({ data: 'lite' });
    host.override = (_url, call) => (call === 'klines' ? { status: 500, body: 'oops' } : undefined);
    await until(200_000);
    const before = kinds(out, 'bar').length;
    host.override = undefined;
    await until(330_000);
    const ends = kinds(out, 'bar').map(({ event }) => ('eventTime' in event ? event.eventTime : 0));
    expect(before).toBe(0);
    expect(ends.slice(1).map((end, i) => end - ends[i]!)).toEqual(ends.slice(1).map(() => 60_000));
    expect(ends[0]! - START).toBeLessThanOrEqual(90_000);
    expect(ends.length).toBeGreaterThanOrEqual(4);
  });

  test('lite, S21: marks crossed while the socket was cut are told before the first live one', async () => {
    const { host, out, until } = await setUp({ data: 'lite' });
    await until(60_000);
    host.admission = 'refuse';
    host.cut('market');
    await until(300_000);
    host.admission = 'accept';
    await until(380_000);
    const cut = out.findIndex(({ event }) => event.kind === 'gap' && event.channel === 'mark');
    const after = out.slice(cut + 1);
    const firstMark = after.findIndex(({ event }) => event.kind === 'mark');
    expect(kinds(after.slice(0, firstMark), 'mark-bar').length).toBeGreaterThanOrEqual(4);
    expect(kinds(out, 'gap').map(({ event }) => (event.kind === 'gap' ? event.channel : ''))).not.toContain('trades');
  });
});
