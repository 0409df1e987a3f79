import type { Fault, UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { SimulatedWorld, type SimulatedAnswer } from '../runtime/simulated.js';
import { budgetOf } from './rate-limit.js';
import { RestClient } from './rest-client.js';

const START = 1_800_000_000_000 as UnixMs;
const URL = 'https://venue.test/call';

function setUp(answer: (n: number) => SimulatedAnswer, weightPerMinute = 100) {
  let asked = 0;
  const world = new SimulatedWorld(
    { admits: () => 'refuse', accepted: () => undefined, answer: () => answer(asked++) },
    START,
  );
  const troubles: Fault[] = [];
  const budget = budgetOf(world.runtime, 'venue.test', weightPerMinute);
  const client = new RestClient({
    runtime: world.runtime,
    budget,
    usedWeightHeader: 'used',
    onTrouble: (fault) => void troubles.push(fault),
  });
  const times = () => world.requests.map(({ time }) => time - START);
  return { world, client, budget, troubles, times, signal: new AbortController().signal };
}

const fine: SimulatedAnswer = { status: 200, body: 'fine' };

test('requests beyond the budget wait until the minute has room, in the order asked', async () => {
  const { world, client, times, signal } = setUp(() => fine);
  const done: number[] = [];
  for (const i of [0, 1, 2, 3, 4]) void client.get(URL, 40, signal).then(() => done.push(i));
  await world.advance(200_000);
  expect(times()).toEqual([0, 0, 60_000, 60_000, 120_000]);
  expect(done).toEqual([0, 1, 2, 3, 4]);
});

test('everything on one runtime shares the budget of a host', () => {
  const { world, budget } = setUp(() => fine);
  expect(budgetOf(world.runtime, 'venue.test', 100)).toBe(budget);
  expect(budgetOf(world.runtime, 'other.test', 100)).not.toBe(budget);
  expect(budgetOf(setUp(() => fine).world.runtime, 'venue.test', 100)).not.toBe(budget);
});

test("the host's own count of used weight is believed when it is higher", async () => {
  const { world, client, times, signal } = setUp(() => ({ ...fine, headers: { used: '95' } }));
  void client.get(URL, 1, signal);
  await world.advance(10);
  void client.get(URL, 10, signal);
  await world.advance(120_000);
  expect(times()).toEqual([0, 60_000]);
});

test('a 418 is a pause of at least two minutes, whatever Retry-After says', async () => {
  const { world, client, troubles, times, signal } = setUp((n) =>
    n === 0 ? { status: 418, body: '', headers: { 'retry-after': '5' } } : fine,
  );
  const answer = client.get(URL, 1, signal);
  await world.advance(300_000);
  expect(times()).toEqual([0, 120_000]);
  expect((await answer).ok).toBe(true);
  expect(troubles.map(({ message }) => message)).toEqual(['The venue asks for a pause of 120 s (HTTP 418)']);
});

test('a 429 without Retry-After is a pause of a minute', async () => {
  const { world, client, times, signal } = setUp((n) => (n === 0 ? { status: 429, body: '' } : fine));
  void client.get(URL, 1, signal);
  await world.advance(300_000);
  expect(times()).toEqual([0, 60_000]);
});

test.each([451, 403])('an HTTP %d is said as unavailable and nobody asks again for five minutes', async (status) => {
  const { world, client, times, signal } = setUp(() => ({ status, body: '' }));
  for (let i = 0; i < 10; i++) {
    const answer = client.get(URL, 1, signal);
    await world.advance(29_000);
    expect(await answer).toMatchObject({
      ok: false,
      fault: { code: 'unavailable', message: 'unavailable in this region or network' },
    });
  }
  expect(times()).toEqual([0]);
  await world.advance(20_000);
  void client.get(URL, 1, signal);
  await world.advance(10);
  expect(times()).toHaveLength(2);
});

test('errors of the network and of the venue are retried a few times, a rejection is not', async () => {
  const down = setUp(() => ({ network: 'Failed to fetch' }));
  const failed = down.client.get(URL, 1, down.signal);
  await down.world.advance(60_000);
  expect(await failed).toMatchObject({ ok: false, fault: { code: 'network' } });
  expect(down.times()).toHaveLength(3);
  const rejecting = setUp(() => ({ status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}' }));
  const rejected = rejecting.client.get(URL, 1, rejecting.signal);
  await rejecting.world.advance(60_000);
  expect(await rejected).toMatchObject({
    ok: false,
    fault: { code: 'rejected', message: expect.stringContaining('Invalid symbol') as string },
  });
  expect(rejecting.times()).toHaveLength(1);
});

test('an answer that takes longer than ten seconds is given up', async () => {
  const { world, client, signal } = setUp(() => ({ ...fine, delayMs: 20_000 }));
  const answer = client.get(URL, 1, signal);
  await world.advance(60_000);
  expect(await answer).toMatchObject({ ok: false, fault: { code: 'timeout' } });
});

test('aborting ends a wait for room at once', async () => {
  const { world, client, budget } = setUp(() => fine);
  budget.block(3_600_000);
  const abort = new AbortController();
  const answer = client.get(URL, 1, abort.signal);
  await world.advance(10);
  abort.abort();
  expect(await answer).toMatchObject({ ok: false, fault: { code: 'aborted' } });
  expect(world.waits).toBe(0);
});

test('a path that a page may not read is left alone once its host has answered others, and comes back later', async () => {
  const { world, client, signal } = setUp((n) => (n === 0 ? fine : { network: 'Failed to fetch' }));
  void client.get('https://venue.test/open', 1, signal);
  await world.advance(10);
  const closed = client.get('https://venue.test/closed', 1, signal);
  await world.advance(10_000);
  expect(await closed).toMatchObject({ fault: { code: 'unreadable', field: '/closed' } });
  const asked = world.requests.length;
  const again = client.get('https://venue.test/closed', 1, signal);
  await world.advance(10);
  expect(await again).toMatchObject({ fault: { code: 'unreadable' } });
  expect(world.requests).toHaveLength(asked);
  await world.advance(300_000);
  void client.get('https://venue.test/closed', 1, signal);
  await world.advance(10);
  expect(world.requests).toHaveLength(asked + 1);
});

test('a path that has answered is asked again after failures: they are the network’s', async () => {
  const { world, client, signal } = setUp((n) => (n === 0 || n > 3 ? fine : { network: 'Failed to fetch' }));
  void client.get(URL, 1, signal);
  await world.advance(10);
  const failed = client.get(URL, 1, signal);
  await world.advance(20_000);
  expect(await failed).toMatchObject({ fault: { code: 'network' } });
  const back = client.get(URL, 1, signal);
  await world.advance(10);
  expect(await back).toMatchObject({ ok: true });
});
