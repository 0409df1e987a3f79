import type { MarketEvent, Price, UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { SimulatedWorld, type SimulatedHost } from '../runtime/simulated.js';
import type { Runtime } from '../runtime/runtime.js';
import { EventQueue } from './event-queue.js';
import { mergeFeeds, REORDER_WINDOW_MS } from './merge-feeds.js';

const START = 1_800_000_000_000 as UnixMs;
const silentHost: SimulatedHost = {
  admits: () => 'refuse',
  accepted: () => undefined,
  answer: () => ({ network: 'none' }),
};

function mark(offset: number, venue: 'binance' | 'bybit' = 'binance'): MarketEvent {
  const time = (START + offset) as UnixMs;
  return { kind: 'mark', instrument: `${venue}:BTCUSDT`, eventTime: time, seenTime: time, price: 100 as Price };
}

function setUp(count: number) {
  const world = new SimulatedWorld(silentHost, START);
  const queues = Array.from({ length: count }, () => new EventQueue<MarketEvent>());
  const abort = new AbortController();
  const out: { event: MarketEvent; at: number }[] = [];
  const reading = (async () => {
    for await (const event of mergeFeeds(queues, world.runtime, abort.signal))
      out.push({ event, at: world.now() - START });
  })();
  const put = (queue: number, event: MarketEvent) =>
    world.after(event.seenTime - START, () => queues[queue]!.push(event));
  return { world, queues, abort, out, reading, put };
}

const offsets = (out: readonly { event: MarketEvent }[]) =>
  out.map(({ event }) => `${event.kind}@${String(event.seenTime - START)}`);

test('one venue passes at once, with a tick at every full second of silence', async () => {
  const { world, out, put } = setUp(1);
  put(0, mark(400));
  put(0, mark(3_100));
  await world.advance(4_000);
  expect(offsets(out)).toEqual(['mark@400', 'tick@1000', 'tick@2000', 'tick@3000', 'mark@3100', 'tick@4000']);
  expect(out[0]!.at).toBe(400);
});

test('venues are ordered by seenTime even where one hands its event over late', async () => {
  const { world, out, queues } = setUp(2);
  world.after(100, () => queues[0]!.push(mark(100)));
  world.after(200, () => queues[1]!.push(mark(50, 'bybit')));
  await world.advance(900);
  expect(offsets(out)).toEqual(['mark@50', 'mark@100']);
});

test('a silent venue holds back the others no longer than the reorder window', async () => {
  const { world, out, put } = setUp(2);
  for (let i = 1; i <= 8; i++) put(0, mark(i * 100));
  await world.advance(5_000);
  const delays = out.filter(({ event }) => event.kind === 'mark').map(({ event, at }) => at - (event.seenTime - START));
  expect(delays).toHaveLength(8);
  expect(Math.max(...delays)).toBe(REORDER_WINDOW_MS);
});

test('events that wait for a silent venue share one timer', async () => {
  const world = new SimulatedWorld(silentHost, START);
  const queues = [new EventQueue<MarketEvent>(), new EventQueue<MarketEvent>()];
  const abort = new AbortController();
  let timers = 0;
  const sleep: Runtime['sleep'] = (ms, signal) => {
    timers += 1;
    return world.runtime.sleep(ms, signal);
  };
  let events = 0;
  const reading = (async () => {
    for await (const event of mergeFeeds(queues, { ...world.runtime, sleep }, abort.signal))
      if (event.kind === 'mark') events += 1;
  })();
  for (let i = 1; i <= 200; i++) world.after(i, () => queues[0]!.push(mark(i)));
  await world.advance(REORDER_WINDOW_MS);
  // The wait for the first event of each venue, and the one for the window.
  expect(timers).toBeLessThanOrEqual(2);
  await world.advance(1_000);
  expect(events).toBe(200);
  abort.abort();
  await reading;
});

test('an event later than the window is passed on, with the newest time given out', async () => {
  const { world, out, queues } = setUp(2);
  world.after(100, () => queues[0]!.push(mark(100)));
  world.after(900, () => queues[1]!.push(mark(20, 'bybit')));
  await world.advance(2_000);
  expect(offsets(out)).toEqual(['mark@100', 'mark@100', 'tick@1000']);
});

test('a tick comes before every event of its second, even where it is not yet due', async () => {
  const { world, out, put, queues } = setUp(2);
  put(0, mark(100));
  put(1, mark(110, 'bybit'));
  world.after(1_100, () => {
    queues[0]!.push(mark(1_050));
    queues[1]!.push(mark(1_060, 'bybit'));
  });
  await world.advance(1_150);
  expect(offsets(out)).toEqual(['mark@100', 'mark@110', 'tick@1000', 'mark@1050']);
});

test('seenTime never decreases and ticks are whole seconds, whatever arrives when', async () => {
  const { world, out, queues } = setUp(3);
  const random = world.runtime.random;
  for (let i = 0; i < 300; i++) {
    const at = Math.floor(random() * 20_000);
    const late = Math.floor(random() * 600);
    world.after(at + late, () => queues[i % 3]!.push(mark(at)));
  }
  await world.advance(25_000);
  const times = out.map(({ event }) => event.seenTime);
  expect(out.filter(({ event }) => event.kind === 'mark')).toHaveLength(300);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const ticks = out.filter(({ event }) => event.kind === 'tick').map(({ event }) => event.seenTime - START);
  expect(ticks).toEqual(Array.from({ length: 24 }, (_, i) => (i + 1) * 1_000));
});

test.each([1_500, -180_000])(
  "ticks keep the venue's time when it differs from this machine's by %d ms",
  async (skew) => {
    const { world, out, queues } = setUp(1);
    world.every(700, () => {
      queues[0]!.push(mark(world.now() - START + skew));
      return undefined;
    });
    await world.advance(3_000);
    const marks = [700, 1_400, 2_100, 2_800].map((at) => at + skew);
    const ticks = [1, 2, 3, 4, 5]
      .map((i) => Math.floor((700 + skew) / 1_000) * 1_000 + i * 1_000)
      .filter((at) => at <= 3_000 + skew);
    const expected = [
      ...marks.map((at) => ({ at, text: `mark@${String(at)}` })),
      ...ticks.map((at) => ({ at: at - 0.5, text: `tick@${String(at)}` })),
    ];
    expect(offsets(out)).toEqual(expected.sort((a, b) => a.at - b.at).map(({ text }) => text));
  },
);

test('aborting ends the stream and leaves no wait behind', async () => {
  const { world, abort, reading, put } = setUp(2);
  put(0, mark(100));
  await world.advance(5_500);
  abort.abort();
  await reading;
  expect(world.waits).toBe(0);
});

test('a bug in a stream reaches the reader instead of ending in silence', async () => {
  const world = new SimulatedWorld(silentHost, START);
  async function* broken(): AsyncGenerator<MarketEvent> {
    await Promise.resolve();
    yield mark(0);
    throw new TypeError('a bug');
  }
  const reading = (async () => {
    for await (const event of mergeFeeds([broken()], world.runtime, new AbortController().signal)) void event;
  })();
  const outcome = expect(reading).rejects.toThrow('a bug');
  await world.advance(1_000);
  await outcome;
});
