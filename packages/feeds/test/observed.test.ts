import { describe, expect, test } from 'vitest';
import { budgetOf } from '../src/connection/rate-limit.js';
import { RestClient } from '../src/connection/rest-client.js';
import { checkObserveOptions } from '../src/observed/observe-options.js';
import { REST_BASE } from '../src/venues/hyperliquid/endpoints.js';
import { addressOf, market, observing, position, START } from './positions-host.js';

const MINUTE = 60_000;
const ofMany = (count: number, from = 1) => Array.from({ length: count }, (_, i) => addressOf(from + i));
const countOf = (list: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

describe('asking', () => {
  test('no minute spends more than the weight it may, and the weight is spent evenly', async () => {
    const { host, world } = observing({ addresses: ofMany(500), weightPerMinute: 400 });
    await world.advance(5 * MINUTE);
    const times = host.asked.map(({ at }) => at);
    for (const at of times)
      expect(times.filter((other) => other > at - MINUTE && other <= at).length).toBeLessThanOrEqual(200);
    for (let second = 0; second < 300; second += 10)
      expect(times.filter((at) => at >= second * 1_000 && at < second * 1_000 + 10_000).length).toBeGreaterThan(30);
  });

  test('what failed and is asked again counts too', async () => {
    const { host, world } = observing({ addresses: ofMany(500), weightPerMinute: 60 });
    host.instead = () => ({ status: 500, body: '' });
    await world.advance(5 * MINUTE);
    const times = host.asked.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(50);
    for (const at of times)
      expect(times.filter((other) => other > at - MINUTE && other <= at).length).toBeLessThanOrEqual(30);
  });

  test('a 429 is a pause for as long as Retry-After says, for the market data of the venue too', async () => {
    const { host, world, troubles } = observing({ addresses: ofMany(50) });
    await world.advance(10_000);
    const before = host.asked.length;
    let refusals = 0;
    host.instead = () =>
      refusals++ === 0 ? { status: 429, body: 'null', headers: { 'retry-after': '45' } } : undefined;
    await world.advance(1_000);
    const refused = host.asked[before]!.at;
    host.instead = () => undefined;
    const marketData = new RestClient({
      runtime: world.runtime,
      budget: budgetOf(world.runtime, REST_BASE, 600),
      onTrouble: () => undefined,
    });
    let answeredAt = 0;
    void marketData
      .get(`${REST_BASE}/info`, 20, new AbortController().signal, '{"type":"meta"}')
      .then(() => (answeredAt = world.now() - START));
    await world.advance(60_000);
    expect(host.asked[before + 1]!.at).toBeGreaterThanOrEqual(refused + 45_000);
    expect(host.asked[before + 1]!.at).toBeLessThan(refused + 46_000);
    expect(answeredAt).toBeGreaterThanOrEqual(refused + 45_000);
    expect(troubles.map(({ message }) => message)).toEqual(['The venue asks for a pause of 45 s (HTTP 429)']);
  });

  test('a pause asked of the market data is kept by the observer', async () => {
    const { host, world } = observing({ addresses: ofMany(50) });
    await world.advance(10_000);
    budgetOf(world.runtime, REST_BASE, 600).block(30_000);
    const before = host.asked.length;
    await world.advance(29_000);
    expect(host.asked.length).toBe(before);
    await world.advance(2_000);
    expect(host.asked.length).toBeGreaterThan(before);
  });

  test('everyone has a turn, and nobody is asked again within five seconds', async () => {
    const { host, world } = observing({ addresses: ofMany(3) });
    await world.advance(MINUTE);
    const counts = countOf(host.asked.map(({ user }) => user));
    expect([...counts.keys()].sort()).toEqual(ofMany(3));
    for (const count of counts.values()) expect(count).toBeGreaterThan(8);
    for (const [i, { at, user }] of host.asked.entries()) {
      const again = host.asked.slice(i + 1).find((next) => next.user === user);
      if (again !== undefined) expect(again.at - at).toBeGreaterThanOrEqual(5_000);
    }
  });

  test('a large position close to liquidation is asked for more often, and the others still have their turn', async () => {
    const { host, world, observer } = observing({ addresses: ofMany(200) });
    for (const address of ofMany(200)) host.held.set(address, [position('BTC', '1.0', '30000.0')]);
    host.held.set(addressOf(7), [position('BTC', '50.0', '59500.0')]);
    for (const event of market(1_000, 60_000, START)) observer.onEvent(event);
    await world.advance(10 * MINUTE);
    const counts = countOf(host.asked.map(({ user }) => user));
    const others = ofMany(200).filter((address) => address !== addressOf(7));
    expect(counts.get(addressOf(7))).toBeGreaterThan(50);
    expect(Math.min(...others.map((address) => counts.get(address) ?? 0))).toBeGreaterThanOrEqual(4);
  });

  test('where everyone has just time for one turn, nobody is preferred', async () => {
    const { host, world, observer } = observing({ addresses: ofMany(200), dropAfterMs: MINUTE as never });
    host.held.set(addressOf(7), [position('BTC', '50.0', '59500.0')]);
    for (const event of market(1_000, 60_000, START)) observer.onEvent(event);
    await world.advance(5 * MINUTE);
    expect(countOf(host.asked.map(({ user }) => user)).get(addressOf(7))).toBeLessThanOrEqual(6);
  });

  test('the end of the signal ends everything', async () => {
    const { world, abort, running } = observing({ addresses: ofMany(50) });
    await world.advance(10_000);
    abort.abort();
    await running;
    expect(world.waits).toBe(0);
  });
});

describe('what is observed', () => {
  test('rows say side, size, prices and mode, without saying whose they are', async () => {
    const { host, world, snapshot } = observing({ addresses: ofMany(2) });
    host.held.set(addressOf(1), [position('BTC', '-2.5', '70000.0'), position('ETH', '4.0', null)]);
    host.held.set(addressOf(2), [
      position('BTC', '3.0', null, { leverage: { type: 'isolated', value: 3, rawUsd: '-1.0' } }),
    ]);
    await world.advance(1_000);
    const { rows, size, addresses } = snapshot();
    expect(rows).toEqual([
      {
        side: 'long',
        size: 3,
        entryPrice: 60_000,
        liquidationPrice: undefined,
        leverage: 3,
        marginMode: 'isolated',
        eventTime: START + 300,
        seenTime: START + 340,
      },
      {
        side: 'short',
        size: 2.5,
        entryPrice: 60_000,
        liquidationPrice: 70_000,
        leverage: 10,
        marginMode: 'cross',
        eventTime: START,
        seenTime: START + 40,
      },
    ]);
    expect(size).toEqual({ long: 3, short: 2.5 });
    expect(addresses).toEqual({ known: 2, answered: 2, holding: 2, failing: 0, outdated: 0 });
  });

  test('a closed position leaves the snapshot with the next answer', async () => {
    const { host, world, snapshot } = observing();
    host.held.set(addressOf(1), [position('BTC', '1.0', '50000.0')]);
    await world.advance(1_000);
    expect(snapshot().size.long).toBe(1);
    host.held.set(addressOf(1), []);
    await world.advance(6_000);
    expect(snapshot()).toMatchObject({ rows: [], size: { long: 0, short: 0 }, oldestAgeMs: undefined });
  });

  test('an address that is given twice counts once, in whatever case it is written', async () => {
    const upper = `0x${'AB'.repeat(20)}`;
    const { host, world, observer, snapshot } = observing({ addresses: [upper, upper.toLowerCase()], learn: 5 });
    host.held.set(upper.toLowerCase(), [position('BTC', '1.0', '50000.0')]);
    observer.onFrame(JSON.stringify({ channel: 'trades', data: [{ coin: 'BTC', users: [upper, upper] }] }));
    await world.advance(MINUTE);
    expect(snapshot()).toMatchObject({ size: { long: 1 }, addresses: { known: 1, holding: 1 } });
  });

  test('an answer of another shape is a fault by field, and the last good rows stay', async () => {
    const { host, world, troubles, snapshot } = observing();
    host.held.set(addressOf(1), [position('BTC', '1.0', '50000.0')]);
    await world.advance(1_000);
    host.instead = () => ({ status: 200, body: JSON.stringify({ assetPositions: [{ position: 7 }], time: START }) });
    await world.advance(6_000);
    expect(troubles).toMatchObject([{ code: 'bad-payload', field: 'assetPositions.position' }]);
    expect(snapshot()).toMatchObject({
      size: { long: 1 },
      addresses: { failing: 1, answered: 1 },
      fault: { field: 'assetPositions.position' },
    });
    host.instead = () => ({ status: 200, body: '<html>' });
    await world.advance(6_000);
    expect(snapshot()).toMatchObject({ size: { long: 1 }, fault: { code: 'bad-json' } });
    host.instead = () => undefined;
    await world.advance(6_000);
    expect(snapshot()).toMatchObject({ addresses: { failing: 0 }, fault: undefined });
  });

  test('rows last seen too long ago are dropped, and their addresses told as outdated', async () => {
    const { host, world, snapshot } = observing({ dropAfterMs: (2 * MINUTE) as never });
    host.held.set(addressOf(1), [position('BTC', '1.0', '50000.0')]);
    await world.advance(1_000);
    host.instead = () => ({ network: 'down' });
    await world.advance(MINUTE);
    expect(snapshot()).toMatchObject({ size: { long: 1 }, oldestAgeMs: 60_960 });
    await world.advance(MINUTE);
    expect(snapshot()).toMatchObject({ rows: [], addresses: { outdated: 1, answered: 0, holding: 0 } });
  });
});

describe('share of open interest', () => {
  test('is of each side, and in total the mean of both', async () => {
    const { host, world, observer, snapshot } = observing({ addresses: ofMany(2) });
    host.held.set(addressOf(1), [position('BTC', '10.0', '50000.0')]);
    host.held.set(addressOf(2), [position('BTC', '-30.0', '70000.0')]);
    for (const event of market(200, 60_000, START)) observer.onEvent(event);
    await world.advance(1_000);
    expect(snapshot()).toMatchObject({ openInterest: 200, share: { long: 0.05, short: 0.15, total: 0.1 } });
  });

  test('is unknown while open interest is unknown, a minute old, zero, or smaller than what is observed', async () => {
    const { host, world, observer, snapshot } = observing();
    const tell = (size: number) => market(size, 60_000, world.now()).forEach((event) => observer.onEvent(event));
    host.held.set(addressOf(1), [position('BTC', '10.0', '50000.0')]);
    await world.advance(1_000);
    expect(snapshot()).toMatchObject({ openInterest: undefined, share: undefined });
    tell(200);
    expect(snapshot().share).toMatchObject({ long: 0.05 });
    await world.advance(61_000);
    expect(snapshot()).toMatchObject({ openInterest: undefined, share: undefined });
    tell(0);
    expect(snapshot().share).toBeUndefined();
    tell(9);
    expect(snapshot()).toMatchObject({ openInterest: 9, share: undefined });
  });
});

describe('learning from public trades', () => {
  const trades = (...users: readonly unknown[]) =>
    JSON.stringify({ channel: 'trades', data: [{ coin: 'BTC', users }] });

  test('is off unless it is asked for', async () => {
    const { host, world, observer, snapshot } = observing();
    observer.onFrame(trades(addressOf(8), addressOf(9)));
    await world.advance(MINUTE);
    expect(snapshot().addresses.known).toBe(1);
    expect(host.asked.every(({ user }) => user === addressOf(1))).toBe(true);
  });

  test('is bounded: a newcomer takes the place of one that holds nothing, or is let go; given addresses stay', async () => {
    const { host, world, observer, snapshot } = observing({ learn: 2 });
    for (const n of [8, 9, 11]) host.held.set(addressOf(n), [position('BTC', `${String(n)}.0`, '50000.0')]);
    observer.onFrame(trades(addressOf(8), addressOf(9), addressOf(11)));
    await world.advance(2_000);
    expect(snapshot()).toMatchObject({ size: { long: 17 }, addresses: { known: 3 } });
    observer.onFrame(trades(addressOf(11)));
    expect(snapshot().addresses.known).toBe(3);
    host.held.delete(addressOf(9));
    await world.advance(8_000);
    observer.onFrame(trades(addressOf(11)));
    await world.advance(8_000);
    expect(snapshot()).toMatchObject({ size: { long: 19 }, addresses: { known: 3, answered: 3 } });
    expect(host.asked.map(({ user }) => user)).toContain(addressOf(1));
  });

  test('who holds nothing and was heard of longest ago leaves first, with what was seen of it', async () => {
    const { host, world, observer, snapshot } = observing({ learn: 2 });
    host.held.set(addressOf(10), [position('BTC', '10.0', '50000.0')]);
    observer.onFrame(trades(addressOf(8), addressOf(9)));
    await world.advance(4_000);
    observer.onFrame(trades(addressOf(8)));
    observer.onFrame(trades(addressOf(10)));
    await world.advance(20_000);
    const late = host.asked.filter(({ at }) => at > 4_000).map(({ user }) => user);
    expect(new Set(late)).toEqual(new Set([addressOf(1), addressOf(8), addressOf(10)]));
    expect(snapshot().addresses).toMatchObject({ known: 3, answered: 3 });
  });

  test('newcomers in any number do not take the turns of those who wait', async () => {
    const { host, world, observer } = observing({ addresses: ofMany(20), learn: 50 });
    let next = 1_000;
    world.every(100, () => {
      observer.onFrame(trades(addressOf(next++), addressOf(next++)));
      return undefined;
    });
    await world.advance(2 * MINUTE);
    const counts = countOf(host.asked.map(({ user }) => user));
    expect(Math.min(...ofMany(20).map((address) => counts.get(address) ?? 0))).toBeGreaterThanOrEqual(4);
  });

  test.each([
    ['no address', trades('buyer', 7, null)],
    ['no list of users', JSON.stringify({ channel: 'trades', data: [{ users: addressOf(8) }, 7] })],
    ['no list', '{"channel":"trades","data":{}}'],
    ['no JSON', '{"channel":"trades",'],
    ['another channel', trades(addressOf(8)).replace('trades', 'l2Book')],
  ])('a frame with %s teaches nothing', (_, text) => {
    const { observer, snapshot } = observing({ learn: 5 });
    observer.onFrame(text);
    expect(snapshot().addresses.known).toBe(1);
  });
});

describe('options', () => {
  const good = { symbols: ['BTCUSDT'], addresses: [addressOf(1)] };

  test.each([
    [{ ...good, addresses: [addressOf(1), '0x12'] }, 'bad-address', 'addresses[1]'],
    [{ ...good, addresses: [`0x${'g'.repeat(40)}`] }, 'bad-address', 'addresses[0]'],
    [{ ...good, addresses: [7 as unknown as string] }, 'bad-address', 'addresses[0]'],
    [{ ...good, addresses: [] }, 'too-few', 'addresses'],
    [{ ...good, learn: -1 }, 'bad-number', 'learn'],
    [{ ...good, learn: 1.5 }, 'bad-number', 'learn'],
    [{ ...good, learn: 6_000 }, 'too-many', 'addresses'],
    [{ ...good, weightPerMinute: 601 }, 'bad-number', 'weightPerMinute'],
    [{ ...good, weightPerMinute: Number.NaN }, 'bad-number', 'weightPerMinute'],
    [{ ...good, dropAfterMs: 1_000 as never }, 'bad-number', 'dropAfterMs'],
    [{ ...good, symbols: [] }, 'bad-symbol', 'symbols'],
    [{ ...good, symbols: ['BTCUSDT', 'USDT'] }, 'bad-symbol', 'symbols[1]'],
  ])('%o is a fault %s of %s', (options, code, field) => {
    expect(checkObserveOptions(options)).toMatchObject({ ok: false, fault: { code, field } });
  });

  test('a wrong address is told with its place and the rule', () => {
    const checked = checkObserveOptions({ ...good, addresses: [addressOf(1), addressOf(2), '0xzz'] });
    expect(checked).toMatchObject({
      fault: { message: 'addresses[2] must be 0x followed by 40 hexadecimal digits, was "0xzz"' },
    });
  });
});
