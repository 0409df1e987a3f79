import { parsed, type Bar, type Instrument, type UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { LINE } from '../venues/bybit/instruments.js';
import { recoverHole } from './recover-hole.js';
import type { MissedTrades, TimeSpan, VenueRest } from './venue-rules.js';

const MINUTE = 60_000;
const START = 1_790_000_040_000 as UnixMs;
const SPEC = LINE.tabledInstrument('BTCUSDT', START) as Instrument;
const signal = new AbortController().signal;

/** A venue whose trades reach back to a time, and that has candles or not. */
function restOf(trades: MissedTrades, hasBars: boolean) {
  const asked: TimeSpan[] = [];
  const bars: NonNullable<VenueRest['bars']> = {
    page: 1_000,
    read: (_spec, _interval, span) => {
      asked.push(span);
      return Promise.resolve(parsed<readonly Bar[]>([]));
    },
  };
  const rest = { missedTrades: () => Promise.resolve(trades), ...(hasBars ? { bars } : {}) } as unknown as VenueRest;
  return { rest, asked };
}
const hole = (from: number, to: number) => ({
  from: (START + from) as UnixMs,
  to: (START + to) as UnixMs,
  lastTrade: undefined,
});

test('a short hole whose trades reach back to its start lacks nothing', async () => {
  const { rest, asked } = restOf({ frames: ['x'], from: START }, true);
  const { missing, frames } = await recoverHole(SPEC, hole(0, 50_000), rest, 2 * MINUTE, signal);
  expect({ missing, frames, asked }).toEqual({ missing: undefined, frames: ['x'], asked: [] });
});

test('where trades do not reach back, whole minutes before them come as candles, and the rest is told as missing', async () => {
  const { rest, asked } = restOf({ frames: ['x'], from: START + 100_000 }, true);
  const { missing } = await recoverHole(SPEC, hole(0, 110_000), rest, 2 * MINUTE, signal);
  expect(asked).toEqual([{ from: START, to: START + MINUTE - 1 }]);
  expect(missing).toEqual({ from: START + MINUTE, to: START + 100_000 });
});

test('a long hole is filled by candles alone, and what begins or ends inside a minute is missing', async () => {
  const { rest } = restOf({ frames: [], from: Number.NaN }, true);
  expect((await recoverHole(SPEC, hole(0, 10 * MINUTE), rest, 2 * MINUTE, signal)).missing).toBeUndefined();
  const { missing } = await recoverHole(SPEC, hole(1, 10 * MINUTE + 5), rest, 2 * MINUTE, signal);
  expect(missing).toEqual({ from: START + 1, to: START + 10 * MINUTE + 5 });
});

test('without trades and candles all of it is missing', async () => {
  const { rest } = restOf({ frames: [], from: Number.NaN }, false);
  const { missing } = await recoverHole(SPEC, hole(0, 50_000), rest, 2 * MINUTE, signal);
  expect(missing).toEqual({ from: START, to: START + 50_000 });
});
