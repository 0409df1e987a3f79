import type { UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { ChannelWatch } from './channel-watch.js';
import { STREAM_SILENCE, pollSilence } from './heartbeat.js';

const START = 1_800_000_000_000 as UnixMs;
const at = (seconds: number) => (START + seconds * 1_000) as UnixMs;

function setUp() {
  return new ChannelWatch(
    'binance',
    [
      { channel: 'mark', rule: STREAM_SILENCE },
      { channel: 'trades', judgedBy: 'mark' },
      { channel: 'open-interest', rule: pollSilence(10_000) },
    ],
    START,
  );
}

const said = (watch: ChannelWatch, seconds: number, channel = 'mark') =>
  watch
    .changes(at(seconds))
    .flatMap((change) => (change.channel === channel ? [`${change.state}: ${change.detail}`] : []));

test('S20: the words of a silence, step by step', () => {
  const watch = setUp();
  watch.heard('mark', START);
  expect(said(watch, 4.9)).toEqual(['live: ']);
  expect(said(watch, 5)).toEqual(['live: no data 5 s']);
  expect(said(watch, 5.5)).toEqual([]);
  expect(said(watch, 9)).toEqual(['live: no data 9 s']);
  expect(said(watch, 10)).toEqual(['amber: no data 10 s']);
  expect(said(watch, 29.9)).toEqual(['amber: no data 29 s']);
  expect(said(watch, 30)).toEqual(['stale: STALE 30 s']);
  expect(said(watch, 119)).toEqual(['stale: STALE 119 s']);
  expect(said(watch, 120)).toEqual(['unavailable: left out of the total: no data 2 min']);
  watch.heard('mark', at(130));
  expect(said(watch, 130)).toEqual(['live: ']);
});

test('S20: trades are judged by the control stream of their socket, however silent they are', () => {
  const watch = setUp();
  watch.heard('mark', at(100));
  expect(said(watch, 101, 'trades')).toEqual(['live: ']);
  expect(said(watch, 131, 'trades')).toEqual(['stale: STALE 31 s on the mark stream of the same socket']);
});

test('S20: a polled value turns amber after two intervals and stale after four', () => {
  const watch = setUp();
  watch.heard('open-interest', START);
  expect(said(watch, 19, 'open-interest')).toEqual(['live: ']);
  expect(said(watch, 20, 'open-interest')).toEqual(['amber: no data 20 s']);
  expect(said(watch, 40, 'open-interest')).toEqual(['stale: STALE 40 s']);
});

test('a channel that has never spoken is connecting, not live', () => {
  expect(said(setUp(), 1)).toEqual(['connecting: ']);
});
