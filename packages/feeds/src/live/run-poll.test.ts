import { expect, test } from 'vitest';
import { parsed, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';
import { ChannelWatch } from '../connection/channel-watch.js';
import { SimulatedWorld } from '../runtime/simulated.js';
import { binance } from '../venues/binance/index.js';
import { binanceRules } from '../venues/binance/live.js';
import { ClockGate } from './clock-gate.js';
import { runPoll } from './run-poll.js';
import { StatusTeller } from './status-teller.js';

const START = 1_790_000_000_000 as UnixMs;

test('a fault of a poll aside is told with its channel and casts no doubt on what the sockets bring', async () => {
  const poll = binanceRules.polls.find(({ channel }) => channel === 'ratios')!;
  const spec = binanceRules.tabled('BTCUSDT', START)!;
  const host = {
    admits: () => 'accept' as const,
    accepted: () => undefined,
    answer: () => ({ status: 200, body: '' }),
  };
  const { runtime } = new SimulatedWorld(host, START);
  const events: MarketEvent[] = [];
  const gate = new ClockGate(runtime);
  gate.open();
  const push = (told: readonly MarketEvent[]) => void events.push(...told);
  const session = binance.createSession({ symbols: ['BTCUSDT'] });
  const teller = new StatusTeller(
    'binance',
    gate,
    () => START,
    (event) => push([event]),
  );
  const watch = new ChannelWatch('binance', [], START);
  const asked = binanceRules.createRest(runtime, () => undefined);
  const rest = { ...asked, body: () => Promise.resolve(parsed({ body: '[{}]', receiveTime: START })) };
  const abort = new AbortController();
  const running = runPoll(poll, { spec, rest, runtime }, { session, watch, teller, push }, abort.signal);
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  abort.abort();
  await running;
  expect(session.counters.drops).toEqual({ malformed: 3 });
  expect(session.takeFaults()).toEqual([]);
  expect(events.map((event) => event.kind === 'status' && event.channel)).toEqual(['ratios', 'ratios', 'ratios']);
});
