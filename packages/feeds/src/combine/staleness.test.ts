import type { ChannelState, StatusChange, UnixMs, VenueId } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { Staleness } from './staleness.js';

function status(venue: VenueId, channel: StatusChange['channel'], state: ChannelState): StatusChange {
  const time = 1_800_000_000_000 as UnixMs;
  return { kind: 'status', venue, channel, state, detail: '', eventTime: time, seenTime: time };
}

test('S20: a venue is as fresh as its worst required channel', () => {
  const staleness = new Staleness();
  for (const channel of ['connection', 'book', 'mark', 'trades', 'open-interest'] as const)
    staleness.apply(status('binance', channel, 'live'));
  expect(staleness.venue('binance')).toBe('live');
  staleness.apply(status('binance', 'ratios', 'stale'));
  expect(staleness.venue('binance')).toBe('live');
  staleness.apply(status('binance', 'mark', 'stale'));
  staleness.apply(status('binance', 'book', 'amber'));
  expect(staleness.venue('binance')).toBe('stale');
});

test('S20: the total is as fresh as its worst venue with a tenth of the open interest', () => {
  const staleness = new Staleness();
  staleness.apply(status('binance', 'mark', 'live'));
  staleness.apply(status('bybit', 'mark', 'stale'));
  expect(
    staleness.aggregate(
      new Map([
        ['binance', 0.91],
        ['bybit', 0.09],
      ]),
    ),
  ).toBe('live');
  expect(
    staleness.aggregate(
      new Map([
        ['binance', 0.9],
        ['bybit', 0.1],
      ]),
    ),
  ).toBe('stale');
});

test('nothing known is connecting', () => {
  expect(new Staleness().venue('binance')).toBe('connecting');
  expect(new Staleness().aggregate(new Map())).toBe('connecting');
});
