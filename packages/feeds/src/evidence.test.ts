import { expect, test } from 'vitest';
import type { VenueId } from '@liquidation-heatmap/core';
import { offersOf } from './evidence.js';
import { LIVE_VENUE_IDS } from './open-venues.js';

test('every venue that can be read live says what each channel rests on', () => {
  for (const venue of LIVE_VENUE_IDS) expect(offersOf(venue, false).length, venue).toBeGreaterThan(0);
});

test('what is known from documentation alone is off until it is asked for', () => {
  const off = offersOf('aster', false).filter(({ isOn }) => !isOn);
  expect(off.map(({ channel }) => channel)).toContain('trades');
  expect(off.every(({ evidence }) => evidence === 'documentation')).toBe(true);
  expect(offersOf('aster', true).every(({ isOn }) => isOn)).toBe(true);
});

test('ratios that clients describe are on, those known from documentation alone are off', () => {
  const isOn = (venue: VenueId) => offersOf(venue, false).find(({ channel }) => channel === 'ratios')?.isOn;
  for (const venue of ['binance', 'bybit', 'okx', 'bitget', 'gate', 'htx'] as const)
    expect(isOn(venue), venue).toBe(true);
  for (const venue of ['bybit-inverse', 'okx-inverse'] as const) expect(isOn(venue), venue).toBe(false);
  for (const venue of ['hyperliquid', 'deribit', 'kraken', 'aster'] as const)
    expect(isOn(venue), venue).toBeUndefined();
});
