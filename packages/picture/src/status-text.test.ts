import { expect, test } from 'vitest';
import type { SourceOrigin, SourceState, SourceStatus, UnixMs } from '@liquidation-heatmap/core';
import { en } from './locales/en.js';
import { statusText } from './status-text.js';

const dataTime = 1_723_118_400_000; // 2024-08-08T12:00:00Z

function textOf(state: SourceState, origin: SourceOrigin, ageMs = 0, known: number | undefined = dataTime): string {
  const status: SourceStatus = { state, origin, detail: '', dataTime: known as UnixMs | undefined, venues: [] };
  return statusText(status, dataTime + ageMs, en, 'en', 'UTC').text;
}

test.each([
  ['live', 'live', 0, 'live'],
  ['stale', 'live', 34_000, 'stale 34 s'],
  ['amber', 'live', 12_000, 'delayed 12 s'],
  ['offline', 'live', 300_000, 'offline · no data 5 min'],
  ['live', 'recorded', 1e12, 'recorded 2024-08-08'],
  ['live', 'simulated', 0, 'simulated'],
  ['live', 'relay', 0, 'via relay · live'],
  ['frozen', 'snapshot', 1e12, 'snapshot 2024-08-08 · frozen at Aug 8, 2024, 12:00:00'],
  ['error', 'recorded', 0, 'recorded 2024-08-08 · error'],
] as const)('%s from %s after %d ms reads "%s"', (state, origin, ageMs, expected) => {
  expect(textOf(state, origin, ageMs)).toBe(expected);
});

test('before any data no age is made up', () => {
  expect(
    statusText(
      { state: 'connecting', origin: 'live', detail: '', dataTime: undefined, venues: [] },
      5e12,
      en,
      'en',
      'UTC',
    ).text,
  ).toBe('connecting');
  expect(
    statusText(
      { state: 'stale', origin: 'recorded', detail: '', dataTime: undefined, venues: [] },
      5e12,
      en,
      'en',
      'UTC',
    ).text,
  ).toBe('recorded · stale');
});

test('a recording or simulation is never called live', () => {
  for (const origin of ['recorded', 'simulated', 'snapshot'] as const)
    expect(textOf('live', origin)).not.toContain('live');
});
