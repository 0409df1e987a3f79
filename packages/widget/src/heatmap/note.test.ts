import { expect, test } from 'vitest';
import type { FrameFacts, InstrumentMarginTable } from '@liquidation-heatmap/core';
import { en } from '@liquidation-heatmap/picture';
import { noteOf } from './note.js';
import { DEFAULT_SETTINGS } from './settings.js';

function noteWith(...marginTables: readonly InstrumentMarginTable[]) {
  const facts = { scale: 'usd', basis: 'learned', venues: DEFAULT_SETTINGS.venues, marginTables };
  return noteOf(facts as unknown as FrameFacts, DEFAULT_SETTINGS, undefined, en);
}
const old = { asOf: '2024-10-24', ageDays: 764, isOutdated: true };

test('S66: outdated margin tables are named with venue and day in the hint, and take no room in the line', () => {
  const young: InstrumentMarginTable = {
    instrument: 'hyperliquid:BTC',
    table: { asOf: '2026-09-27', ageDays: 61, isOutdated: false },
  };
  const { text, hint } = noteWith(
    { instrument: 'binance:BTCUSDT', table: old },
    young,
    { instrument: 'okx:BTC-USDT-SWAP' },
    { instrument: 'gate:BTC_USDT', table: { ...old, asOf: '2023-05-24' } },
  );
  expect(text).toBe('');
  expect(hint).toContain('may be outdated: binance 2024-10-24, gate 2023-05-24.');
  expect(noteWith(young).hint).not.toContain('outdated');
});
