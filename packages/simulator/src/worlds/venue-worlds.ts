import { MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';
import { publishedBrackets } from '../simulated-brackets.js';
import type { ScoreVenue, ScoreWorldRow } from './score-world.js';

/** Worlds that differ in what venues do or tell, and one that falls. Every range is invented but where a source stands. */
export const VENUE_WORLDS: readonly ScoreWorldRow[] = [
  {
    name: 'late-open-interest',
    about: 'open interest is seen some minutes after it was measured',
    breaks: 'open interest that belongs to the bar before it',
    draw: (random) => ({
      openInterestReport: { lateMs: random.between(2, 6) * MS_PER_MINUTE, noise: 0, spikesPerDay: 0 },
    }),
  },
  {
    name: 'wrong-open-interest',
    about: 'open interest errs by 2 %, now and then by 10 to 30 %',
    breaks: 'open interest that is right',
    draw: (random) => ({
      openInterestReport: { lateMs: 0, noise: 0.02, spikesPerDay: random.between(2, 6) },
    }),
  },
  {
    name: 'several-venues',
    about: 'three venues of unlike leverage, brackets, basis and print feed',
    breaks: 'one venue that tells everything',
    draw: () => ({}),
    venues: drawVenues,
  },
  {
    name: 'flash-crash',
    about: 'a fall within the hour that closes or frightens away half of the open interest',
    breaks: 'slow change of everything',
    draw: (random, { base, spanMs }) => ({
      hedgedShare: random.between(0.08, 0.14),
      isolatedShare: Math.min(base.isolatedShare, 0.4),
      shocks: [
        {
          afterMs: spanMs * random.between(0.55, 0.75),
          durationMs: random.between(25, 50) * MS_PER_MINUTE,
          logReturn: -random.between(0.045, 0.06),
          panicShare: random.between(0.5, 0.6),
        },
      ],
    }),
  },
  {
    name: 'auto-deleveraging',
    about: 'a fall within the hour in which winners are closed against part of the forced positions',
    breaks: 'forced orders that all reach the book',
    draw: (random, { base, spanMs }) => ({
      hedgedShare: random.between(0.08, 0.14),
      isolatedShare: Math.min(base.isolatedShare, 0.4),
      shocks: [
        {
          afterMs: spanMs * random.between(0.55, 0.75),
          durationMs: random.between(25, 50) * MS_PER_MINUTE,
          logReturn: -random.between(0.06, 0.08),
        },
      ],
      volatility: 0.65 * base.volatility,
      // 2.10 of 5.51 + 2.10 billion USD on one venue on 2025-10-10 (docs/method.md#left-out): 28 %.
      deleveraging: { fromShare: 0.015, memoryMs: 5 * MS_PER_MINUTE, share: random.between(0.2, 0.36) },
    }),
  },
  {
    name: 'partial-liquidation',
    about: 'large positions are closed 20 % first, or down to the lower bracket',
    breaks: 'positions that are closed whole at one price',
    draw: (random) => ({
      sizeTail: random.between(1.3, 1.5),
      partialLiquidation: {
        rule: random.chance(0.5) ? 'share' : 'lower-bracket',
        fromNotional: 100_000,
        firstShare: 0.2,
        cooldownMs: 30 * MS_PER_SECOND,
      },
    }),
  },
];

function drawVenues(random: MarketRandom, symbol: string): readonly ScoreVenue[] {
  const brackets = publishedBrackets('hyperliquid', symbol) === undefined ? 'binance' : 'hyperliquid';
  const basis = (middle: number): number => Math.round(10 * random.between(middle - 3, middle + 3)) / 10;
  return [
    {
      id: 'binance',
      share: random.between(4, 6),
      maxLeverage: 125,
      basisBps: basis(0),
      feed: 'throttled-largest',
    },
    { id: 'bybit', share: random.between(2, 4), maxLeverage: 100, basisBps: basis(4), feed: 'complete' },
    { id: 'hyperliquid', share: random.between(1, 2), maxLeverage: 40, basisBps: basis(-5), feed: 'none', brackets },
  ];
}
