import { beforeAll, expect, test } from 'vitest';
import type { DurationMs, MarketEvent } from '@liquidation-heatmap/core';
import { openVenues } from '../src/open-venues.js';
import { recordingRuntime } from '../src/recording/recorder.js';
import { parseRecordedLine, recordedLine, type RecordedMessage } from '../src/recording/recording-format.js';
import { SimulatedWorld } from '../src/runtime/simulated.js';
import { BinanceHost, START } from './binance-host.js';
import { replayed } from './replayed.js';

// Adapters are loaded lazily, in real time: done before, so that no virtual time passes meanwhile.
beforeAll(() => import('../src/venues/binance/live.js'));

/** A live reading of a scripted venue for 40 s with a cut, and the lines it was recorded as. */
async function recorded() {
  const host = new BinanceHost();
  const world = new SimulatedWorld(host, START);
  host.start(world);
  const lines: string[] = [];
  const live: MarketEvent[] = [];
  const abort = new AbortController();
  const runtime = recordingRuntime(world.runtime, (message) => lines.push(recordedLine(message)));
  const request = {
    symbol: 'BTCUSDT',
    venues: ['binance'],
    historyMs: 0 as DurationMs,
    intervalMs: 1_000 as DurationMs,
  } as const;
  const reading = (async () => {
    for await (const event of openVenues(request, runtime, abort.signal)) live.push(event);
  })();
  await world.advance(20_000);
  host.liquidate('SELL', '99000.0', '0.500');
  await world.advance(1_000);
  host.skipUpdates(2);
  await world.advance(9_000);
  host.cut('public');
  await world.advance(10_000);
  abort.abort();
  await reading;
  return { lines, live };
}

/** What the market told, without what only the live reader knows: statuses, ticks and offers. */
const ofMarket = (events: readonly MarketEvent[]) =>
  events
    .filter(({ kind }) => kind !== 'tick' && kind !== 'status')
    .map((event) => ({ ...event, seenTime: 0, offers: undefined }));

test('a recording replays to the market the live session saw, gaps and snapshots included', async () => {
  const { lines, live } = await recorded();
  const replay = await replayed(lines);
  expect(replay.facts.faults).toEqual([]);
  expect(replay.facts.badLines).toBe(0);
  const [again, seen] = [ofMarket(replay.events), ofMarket(live)];
  expect(again).toEqual(seen);
  expect(seen.filter(({ kind }) => kind === 'gap').length).toBeGreaterThanOrEqual(2);
  expect(seen.filter(({ kind }) => kind === 'long-short-ratio')).toHaveLength(3);
});

test('every kind of line reads as the message it was written from', () => {
  const url = 'wss://venue.test/stream';
  const time = START;
  const messages: readonly RecordedMessage[] = [
    { kind: 'open', time, url },
    { kind: 'out', time, url, text: 'hello' },
    { kind: 'in', time, text: '{"a":"é"}' },
    { kind: 'in-binary', time, base64: 'AAEC' },
    { kind: 'rest', time, url, text: '[]' },
    { kind: 'close', time, url, text: 'the connection was cut (code 1006)' },
  ];
  for (const message of messages)
    expect(parseRecordedLine(recordedLine(message), 1)).toEqual({ ok: true, value: message });
});
