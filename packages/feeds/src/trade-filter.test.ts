import { expect, test } from 'vitest';
import type { Trade } from '@liquidation-heatmap/core';
import { TradeFilter } from './trade-filter.js';

const T = 1_790_000_000_000;
const trade = (id: number, time = T + id) => ({ kind: 'trade', id: String(id), eventTime: time }) as Trade;

test('each id is let through once', () => {
  const filter = new TradeFilter();
  expect([5, 6, 6, 5, 7].map((id) => filter.judge(trade(id)).kind)).toEqual([
    'new',
    'new',
    'duplicate',
    'duplicate',
    'new',
  ]);
});

test('a hole in the ids is told with how many are missing', () => {
  const filter = new TradeFilter();
  filter.judge(trade(5));
  expect(filter.judge(trade(9))).toMatchObject({ kind: 'jump', missing: 3, after: { id: '5' } });
});

test('ids that begin anew are new trades, not repetitions', () => {
  const filter = new TradeFilter();
  filter.judge(trade(1_000));
  expect(filter.judge(trade(1, T + 60_000)).kind).toBe('new');
});

test('what was jumped over is let through once when it comes later', () => {
  const filter = new TradeFilter();
  filter.judge(trade(1));
  expect(filter.judge(trade(5))).toMatchObject({ kind: 'jump', missing: 3 });
  const late = [3, 2, 3, 4, 4, 5, 1].map((id) => filter.judge(trade(id)).kind);
  expect(late).toEqual(['new', 'new', 'duplicate', 'new', 'duplicate', 'duplicate', 'duplicate']);
  expect(filter.judge(trade(6))).toEqual({ kind: 'new' });
});
