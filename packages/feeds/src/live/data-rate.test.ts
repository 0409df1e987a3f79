import type { Channel, ChannelOffer } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { offersAt } from './data-rate.js';

const offers = (off: readonly Channel[] = []): readonly ChannelOffer[] =>
  (['trades', 'book', 'bars', 'mark', 'index', 'liquidations'] as const).map((channel) => ({
    channel,
    evidence: 'recording',
    isOn: !off.includes(channel),
  }));
const on = (read: readonly ChannelOffer[]): readonly Channel[] =>
  read.filter(({ isOn }) => isOn).map(({ channel }) => channel);

test('a rate leaves channels out and says why', () => {
  expect(on(offersAt('full', offers(), true))).toEqual(on(offers()));
  expect(on(offersAt('plain', offers(), true))).toEqual(['trades', 'bars', 'mark', 'liquidations']);
  expect(on(offersAt('lite', offers(), true))).toEqual(['bars', 'mark', 'liquidations']);
  const book = offersAt('lite', offers(), true).find(({ channel }) => channel === 'book');
  expect(book).toEqual({ channel: 'book', evidence: 'recording', isOn: false, reason: 'left out to save data' });
});

test('an index that comes with the mark stays, and trades stay where no candle is read', () => {
  expect(on(offersAt('lite', offers(), false))).toContain('index');
  expect(on(offersAt('lite', offers(['bars']), true))).toContain('trades');
});

test('what is off for a reason of its own keeps it', () => {
  const book = offersAt('plain', offers(['book']), true).find(({ channel }) => channel === 'book');
  expect(book).not.toHaveProperty('reason');
});
