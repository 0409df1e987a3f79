import { beforeAll, expect, test } from 'vitest';
import { START } from './binance-host.js';
import { bidsOf, bookOf, expectOrdered, hostBids, kinds, setUp, statuses, tradeIds } from './live-reader.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

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
    expect(first(({ detail }) => detail === 'no data 5 s')).toBeLessThanOrEqual(6_000);
    expect(first(({ state }) => state === 'amber')).toBeGreaterThanOrEqual(9_000);
    expect(first(({ state }) => state === 'amber')).toBeLessThanOrEqual(11_000);
    expect(first(({ detail }) => detail === 'STALE 34 s')).toBeLessThanOrEqual(35_000);
    expect(first(({ state }) => state === 'stale')).toBeLessThanOrEqual(31_000);
    expect(said.at(-1)).toMatchObject({ state: 'unavailable', detail: 'left out of the total: no data 2 min' });
    expect(first(({ state }) => state === 'unavailable')).toBeLessThanOrEqual(121_000);
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
  expect(said.find(({ state }) => state === 'amber')!.at - lastPoll).toBeLessThanOrEqual(21_000);
  expect(said.find(({ state }) => state === 'stale')!.at - lastPoll).toBeGreaterThanOrEqual(40_000 - 500);
  expect(said.find(({ state }) => state === 'stale')!.at - lastPoll).toBeLessThanOrEqual(41_000);
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
  const { host, world, out, until } = await setUp({
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
  expect(host.attempts).toBeLessThanOrEqual(6);
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
