import type { SourceStatus, UnixMs } from '@liquidation-heatmap/core';
import { en } from '@liquidation-heatmap/picture';
import { expect, test } from 'vitest';
import { displayedStatus, toneOf } from './displayed-status.js';

const NOW = Date.UTC(2024, 7, 9, 0, 0, 1);
const language = { messages: en, locale: 'en-US', timeZone: 'UTC' };

function status(change: Partial<SourceStatus> & { readonly ageMs?: number }): SourceStatus {
  const { ageMs = 0, ...rest } = change;
  return { state: 'live', origin: 'live', detail: '', dataTime: (NOW - ageMs) as UnixMs, venues: [], ...rest };
}

const words = (given: SourceStatus, isOnline = true) => displayedStatus(given, NOW, language, isOnline).words;

test('S20: silence of a live source is said at 5 s, amber at 10 s and stale at 30 s', () => {
  const steps = [4_999, 5_000, 10_000, 29_999, 34_000].map((ageMs) =>
    displayedStatus(status({ ageMs }), NOW, language),
  );
  expect(steps.map(({ state }) => state)).toEqual(['live', 'live', 'amber', 'amber', 'stale']);
  expect(steps.map((step) => step.words)).toEqual([
    'live',
    'no data 5 s',
    'delayed 10 s',
    'delayed 29 s',
    'stale 34 s',
  ]);
  expect(steps.map(toneOf)).toEqual(['good', 'good', 'warn', 'warn', 'bad']);
});

test('S19: data that look stale while the browser is offline are called offline', () => {
  expect(displayedStatus(status({ ageMs: 60_000 }), NOW, language, false).state).toBe('offline');
  expect(displayedStatus(status({ ageMs: 1_000 }), NOW, language, false).state).toBe('live');
});

test('a played recording never grows stale and is named by its day', () => {
  const played = status({ origin: 'recorded', ageMs: 7_200_000 });
  expect(words(played)).toBe('recorded 2024-08-08');
  expect(words({ ...played, state: 'frozen' })).toBe('recorded 2024-08-08, ended');
  expect(toneOf(displayedStatus(played, NOW, language))).toBe('plain');
});

test('a simulated market is never called live', () => {
  expect(words(status({ origin: 'simulated', ageMs: 60_000 }))).toBe('simulated');
});

test('an error is told in the sentence of its fault', () => {
  const fault = { code: 'x', field: 'src', message: 'src must be reachable' };
  expect(displayedStatus(status({ state: 'error', fault }), NOW, language).sentence).toBe('src must be reachable.');
});
