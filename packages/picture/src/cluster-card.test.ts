import type { Cluster, Price, UnixMs } from '@liquidation-heatmap/core';
import { describe, expect, test } from 'vitest';
import { aCluster, aFrame, aNow } from '../test/sketches.js';
import { clusterCard } from './cluster-card.js';
import { en } from './locales/en.js';

const words = { messages: en, locale: 'en', timeZone: 'UTC' };
const cluster = {
  ...aCluster({ id: 'b', side: 'long', low: 59_000, high: 59_300, peak: 59_100, meanAgeMs: 5 * 3_600_000 }),
  bornAt: Date.UTC(2024, 7, 8, 6) as UnixMs,
  venues: [
    { part: 'okx', share: 0.25 },
    { part: 'binance', share: 0.75 },
  ],
  classes: [{ part: { from: 0.013, to: 0.018 }, share: 0.6 }],
  ledger: { born: 20e6, opened: 4.2e6, swept: 0, printed: 250_000, closed: 3.1e6, faded: 1e6 },
} as unknown as Cluster;
const frame = (clusters: readonly Cluster[] = [cluster], facts = {}) =>
  aFrame([], { clusters, ...facts }, aNow({ mark: 61_000 as Price }));
const valueOf = (card: ReturnType<typeof clusterCard>, label: string) =>
  card?.rows.find((row) => row.label === label)?.value;

describe('the card of a cluster', () => {
  test('S14, S36, S41, S62, S65: who would be forced, the range, ages, venues, and that it is fuel', () => {
    const card = clusterCard(frame(), 'b', words);
    expect(card).toMatchObject({ id: 'b', side: 'long', title: 'Longs below the price' });
    expect(valueOf(card, 'If reached')).toBe('longs are closed: forced selling');
    expect(valueOf(card, 'Band')).toBe('59,000–59,300 (-3.11%)');
    expect(valueOf(card, 'Holds')).toBe('$10–40M, middle $20M');
    expect(valueOf(card, 'Age')).toBe('5 h on average, oldest 10 h');
    expect(valueOf(card, 'Seen since')).toBe('Aug 8, 2024, 06:00:00');
    expect(valueOf(card, 'Venues')).toBe('binance 75% · okx 25%');
    expect(valueOf(card, 'Way from entry')).toBe('60% at 1.3%–1.8%');
    expect(card?.note).toContain('Fuel for a move that comes here; it stops none');
  });

  test('S53: what changed it since it was first seen, without what did not happen', () => {
    expect(valueOf(clusterCard(frame(), 'b', words), 'Since then')).toBe('opened $4.2M · printed $250K · closed $3.1M');
  });

  test('one whose range is wider than what it holds says so first', () => {
    const card = clusterCard(frame([{ ...cluster, isUncertain: true }]), 'b', words);
    expect(card?.note).toMatch(/^Its range is wider than what it holds\. /u);
  });

  test('where sizes only compare no dollars are told', () => {
    const card = clusterCard(frame([cluster], { scale: 'relative' }), 'b', words);
    expect(JSON.stringify(card)).not.toContain('$');
    expect(valueOf(card, 'Holds')).toBe('relative - no open interest');
  });

  test('a cluster that stands no more has no card', () => {
    expect(clusterCard(frame([]), 'b', words)).toBeUndefined();
  });
});
