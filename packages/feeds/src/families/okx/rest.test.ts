import { expect, test } from 'vitest';
import type { Fault, UnixMs } from '@liquidation-heatmap/core';
import { SimulatedWorld, type SimulatedAnswer } from '../../runtime/simulated.js';
import { okx } from '../../venues/okx/index.js';
import { LINE } from '../../venues/okx/instruments.js';
import { okxRest } from './rest.js';

const START = 1_790_000_000_000;
const spec = LINE.tabledInstrument('BTC-USDT-SWAP', START as UnixMs)!;

/** OKX that gives one answer to everything; waits of its client pass at once. */
function answering(body: unknown) {
  const answer: SimulatedAnswer = { status: 200, body: JSON.stringify(body) };
  const world = new SimulatedWorld(
    { admits: () => 'refuse', accepted: () => undefined, answer: () => answer },
    START as UnixMs,
  );
  const troubles: Fault[] = [];
  const rest = okxRest(LINE, world.runtime, (fault) => void troubles.push(fault));
  const { signal } = new AbortController();
  const waited = async <Value>(asked: Promise<Value>): Promise<Value> => {
    await world.advance(120_000);
    return asked;
  };
  const missed = (fromMs: number) => {
    const hole = { from: (START + fromMs) as UnixMs, to: (START + 60_000) as UnixMs, lastTrade: undefined };
    return waited(rest.missedTrades!(spec, hole, signal));
  };
  return { world, troubles, missed, time: () => waited(rest.time(signal)) };
}
const trade = (ms: number, tradeId: string) => ({
  ...{ instId: 'BTC-USDT-SWAP', tradeId, px: '60000.1', sz: '2', side: 'buy', ts: String(START + ms) },
});
/** Newest first, as the venue sends them. */
const TRADES = { code: '0', data: [trade(4_000, '9'), trade(3_000, '8'), trade(1_000, '7')] };

test('missed trades become a frame of the stream, so that none is told twice', async () => {
  const { frames, from } = await answering(TRADES).missed(2_000);
  expect(from).toBe(START + 2_000);
  const session = okx.createSession({});
  const known = JSON.stringify({ arg: { channel: 'trades', instId: spec.ownSymbol }, data: [trade(3_000, '8')] });
  session.onText(known, (START + 3_000) as UnixMs);
  const events = frames.flatMap((text) => session.onText(text, (START + 60_000) as UnixMs));
  expect(events).toMatchObject([{ kind: 'trade', id: '9', size: 0.02, eventTime: START + 4_000 }]);
  expect(session.counters.drops).toEqual({ 'duplicate-trade': 1 });
});

test('trades are missing still where the hole began before the oldest that could be had', async () => {
  expect((await answering(TRADES).missed(-60_000)).from).toBe(START + 1_000);
  const nothing = { frames: [], from: Number.NaN };
  expect(await answering({ code: '0', data: [] }).missed(0)).toEqual(nothing);
  expect(await answering({ code: '51001', msg: 'no such instrument', data: [] }).missed(0)).toEqual(nothing);
});

test('a refusal comes back in the venue’s own words, and nothing is asked for again', async () => {
  const { world, time } = answering({ code: '51001', msg: 'no such instrument', data: [] });
  const answer = await time();
  expect(answer).toMatchObject({ ok: false, fault: { code: 'rejected' } });
  expect(!answer.ok && answer.fault.message).toContain('no such instrument');
  expect(world.requests).toHaveLength(1);
});

test('after one request too many the next waits', async () => {
  const { world, troubles, time } = answering({ code: '50011', msg: 'Too Many Requests', data: [] });
  expect(await time()).toMatchObject({ ok: false, fault: { code: 'rate-limited' } });
  expect(troubles[0]).toMatchObject({ code: 'rate-limited' });
  const [first, second] = world.requests.map((request) => request.time);
  expect(second! - first!).toBeGreaterThanOrEqual(1_000);
});
