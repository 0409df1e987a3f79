import { expect, test } from 'vitest';
import type { ChannelCoverage } from '../model/heatmap-frame.js';
import type { VenueId } from '../model/venue.js';
import type { UnixMs } from '../model/units.js';
import { freshnessOf } from './freshness.js';
import { ReportIntervals } from './report-intervals.js';

const NOW = 1_000_000;

function channel(
  venue: VenueId,
  of: ChannelCoverage['channel'],
  agoMs: number,
  state: ChannelCoverage['state'] = 'live',
): ChannelCoverage {
  const lastSeen = (NOW - agoMs) as ChannelCoverage['lastSeen'];
  return { instrument: `${venue}:BTCUSDT`, channel: of, state, since: lastSeen, lastSeen, gaps: 0, detail: '' };
}

const stateOf = (
  coverage: readonly ChannelCoverage[],
  weights: readonly (readonly [VenueId, number])[] = [['binance', 1]],
) => freshnessOf(coverage, new Map(weights), NOW).state;

test('S20: marks and books are amber after 10 s and stale after 30 s', () => {
  for (const steady of ['mark', 'book'] as const) {
    expect(stateOf([channel('binance', steady, 10_000)])).toBe('live');
    expect(stateOf([channel('binance', steady, 10_001)])).toBe('amber');
    expect(stateOf([channel('binance', steady, 30_000)])).toBe('amber');
    expect(stateOf([channel('binance', steady, 30_001)])).toBe('stale');
  }
});

test('S20: silence of trades, open interest and liquidations is normal while a mark comes', () => {
  const mark = channel('binance', 'mark', 0);
  for (const of of ['trades', 'open-interest', 'liquidations'] as const)
    expect(stateOf([mark, channel('binance', of, 600_000)])).toBe('live');
  expect(stateOf([channel('binance', 'trades', 30_001)])).toBe('stale');
});

test('a venue is as fresh as its worst required channel', () => {
  const mark = channel('binance', 'mark', 0);
  expect(stateOf([mark, channel('binance', 'trades', 0, 'stale')])).toBe('stale');
  expect(stateOf([mark, channel('binance', 'book', 0, 'unavailable')])).toBe('offline');
  expect(stateOf([mark, channel('binance', 'open-interest', 0, 'amber')])).toBe('amber');
  expect(stateOf([mark, channel('binance', 'funding', 0, 'stale')])).toBe('live');
  expect(stateOf([])).toBe('connecting');
});

test('S20: the picture is as fresh as its worst venue with a tenth of the open interest', () => {
  const coverage = [channel('binance', 'mark', 0), channel('bybit', 'mark', 60_000)];
  expect(
    stateOf(coverage, [
      ['binance', 95],
      ['bybit', 5],
    ]),
  ).toBe('live');
  expect(
    stateOf(coverage, [
      ['binance', 90],
      ['bybit', 10],
    ]),
  ).toBe('stale');
  expect(
    stateOf(coverage, [
      ['binance', 0],
      ['bybit', 0],
    ]),
  ).toBe('stale');
  const { venues } = freshnessOf(
    coverage,
    new Map([
      ['binance', 95],
      ['bybit', 5],
    ] as const),
    NOW,
  );
  expect(venues).toEqual([
    { venue: 'binance', state: 'live' },
    { venue: 'bybit', state: 'stale' },
  ]);
});

test('S20: open interest is amber after two of its own intervals and stale after four', () => {
  const intervals = new ReportIntervals();
  const stateAfter = (agoMs: number) =>
    freshnessOf(
      [channel('binance', 'mark', 0), channel('binance', 'open-interest', agoMs)],
      new Map([['binance', 1]] as const),
      NOW,
      (id) => intervals.intervalOf(id),
    ).state;
  intervals.note('binance:BTCUSDT', 0 as UnixMs);
  expect(stateAfter(900_000)).toBe('live');
  // Reports come after 20 s and after 30 s: the longer spacing counts.
  intervals.note('binance:BTCUSDT', 30_000 as UnixMs);
  intervals.note('binance:BTCUSDT', 50_000 as UnixMs);
  const restored = new ReportIntervals();
  restored.restore(intervals.state());
  expect(restored.intervalOf('binance:BTCUSDT')).toBe(30_000);
  expect(stateAfter(60_000)).toBe('live');
  expect(stateAfter(60_001)).toBe('amber');
  expect(stateAfter(120_001)).toBe('stale');
  // A venue that pushes each change is not stale because nothing changed for a second.
  for (let i = 0; i < 3; i++) intervals.note('binance:BTCUSDT', (60_000 + i * 100) as UnixMs);
  expect(intervals.intervalOf('binance:BTCUSDT')).toBe(10_000);
});

test('S20: a venue that has been silent for two minutes no longer decides, unless it is the reference or alone', () => {
  const both = (binanceAgo: number, bybitAgo: number) =>
    freshnessOf(
      [channel('binance', 'mark', binanceAgo), channel('bybit', 'mark', bybitAgo)],
      new Map([
        ['binance', 60],
        ['bybit', 40],
      ] as const),
      NOW,
    );
  expect(both(0, 120_000).state).toBe('stale');
  expect(both(0, 120_001).state).toBe('live');
  expect(both(0, 120_001).venues[1]).toEqual({ venue: 'bybit', state: 'stale' });
  expect(both(120_001, 0).state).toBe('stale');
  expect(both(120_001, 120_001).state).toBe('stale');
  const oneOfItsChannels = [
    channel('binance', 'mark', 0),
    channel('bybit', 'mark', 0),
    channel('bybit', 'book', 200_000),
  ];
  expect(
    stateOf(oneOfItsChannels, [
      ['binance', 60],
      ['bybit', 40],
    ]),
  ).toBe('stale');
});
