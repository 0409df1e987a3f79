import { MS_PER_HOUR } from '@liquidation-heatmap/core';
import { drawTiers } from './draw-world.js';
import type { ScoreWorldRow } from './score-world.js';
import type { LeverageTier } from './world.js';

/** Tiers of many venues' sliders. Weights invented, towards the middle. */
const SLIDER_TIERS: readonly LeverageTier[] = [
  { leverage: 5, weight: 0.18 },
  { leverage: 10, weight: 0.3 },
  { leverage: 20, weight: 0.22 },
  { leverage: 25, weight: 0.1 },
  { leverage: 50, weight: 0.12 },
  { leverage: 75, weight: 0.03 },
  { leverage: 100, weight: 0.05 },
];
/** As round and as crowded, but none of those above. */
const OTHER_TIERS: readonly LeverageTier[] = [
  { leverage: 3, weight: 0.12 },
  { leverage: 7, weight: 0.24 },
  { leverage: 12, weight: 0.22 },
  { leverage: 15, weight: 0.16 },
  { leverage: 30, weight: 0.14 },
  { leverage: 40, weight: 0.08 },
  { leverage: 60, weight: 0.04 },
];

/** Worlds that differ in what traders do. Every range is invented; volatility is set so that liquidations stay within 1 to 10 % of open interest a day. */
export const TRADER_WORLDS: readonly ScoreWorldRow[] = [
  {
    name: 'momentum',
    about: 'entrants follow the last hour',
    breaks: undefined,
    draw: () => ({ style: 'momentum' }),
  },
  {
    name: 'contrarian',
    about: 'entrants fade the last hour',
    breaks: undefined,
    draw: () => ({ style: 'contrarian' }),
  },
  {
    name: 'regime-switch',
    about: 'entrants follow, then fade, and switch about twice a day',
    breaks: 'one law of entry for all times',
    draw: () => ({ style: 'regime-switch' }),
  },
  {
    name: 'constant-hazard',
    about: 'holding times are exponential',
    breaks: 'exits that become rarer with age',
    draw: (random, { base }) => ({
      exitExponent: 0,
      meanHoldingMs: random.between(5, 9) * MS_PER_HOUR,
      volatility: 0.7 * base.volatility,
    }),
  },
  {
    name: 'isolated-heavy',
    about: 'nearly all positions have isolated margin',
    breaks: undefined,
    draw: (random, { base }) => ({
      isolatedShare: random.between(0.85, 0.97),
      volatility: 0.7 * base.volatility,
    }),
  },
  {
    name: 'cross-heavy',
    about: 'nearly all positions have cross margin with some to spare',
    breaks: undefined,
    draw: (random, { base }) => ({
      isolatedShare: random.between(0.03, 0.12),
      extraMarginMedian: random.between(0.3, 0.6),
      volatility: 1.2 * base.volatility,
    }),
  },
  {
    name: 'top-ups',
    about: 'owners near liquidation add margin again and again',
    breaks: 'a liquidation price that stays where it was set',
    draw: (random, { base }) => ({
      stopShare: random.between(0.15, 0.25),
      topUps: {
        chance: random.between(0.6, 0.8),
        reach: random.between(0.6, 0.8),
        amount: random.between(0.3, 0.6),
      },
      volatility: 1.4 * base.volatility,
    }),
  },
  {
    name: 'netting',
    about: 'many accounts hold a long and a short of one size, which no mark closes',
    breaks: 'open interest that can be closed by force',
    draw: (random, { base }) => ({ nettedShare: random.between(0.3, 0.45), volatility: 1.25 * base.volatility }),
  },
  {
    name: 'round-leverage',
    about: 'nearly all pick 5, 10, 20, 25, 50, 75 or 100x',
    breaks: undefined,
    draw: (random, { base }) => ({
      roundShare: random.between(0.92, 1),
      tiers: drawTiers(SLIDER_TIERS, random),
      volatility: 0.7 * base.volatility,
    }),
  },
  {
    name: 'other-tiers',
    about: 'nearly all pick 3, 7, 12, 15, 30, 40 or 60x',
    breaks: 'the popular tiers of leverage',
    draw: (random, { base }) => ({
      roundShare: random.between(0.92, 1),
      tiers: drawTiers(OTHER_TIERS, random),
      volatility: 0.65 * base.volatility,
      runsPerDay: 0.6 * base.runsPerDay,
    }),
  },
  {
    name: 'scattered-leverage',
    about: 'leverage is scattered, also in bursts',
    breaks: 'tiers of leverage',
    draw: (random) => ({
      roundShare: 0,
      tiers: [],
      scatteredMedian: random.between(9, 13),
      scatteredSpread: random.between(0.7, 1),
    }),
  },
  {
    name: 'whales',
    about: 'a few owners hold much of the open interest',
    breaks: 'many small cohorts',
    draw: (random) => ({
      sizeTail: random.between(1.15, 1.3),
      tailShare: random.between(0.08, 0.14),
      maxOrderShare: random.between(0.01, 0.02),
    }),
  },
  {
    name: 'no-stops',
    about: 'nobody leaves by a stop or a take-profit',
    breaks: 'positions that leave on the way to their liquidation price',
    draw: () => ({ stopShare: 0, takeProfitShare: 0 }),
  },
  {
    name: 'hedged',
    about: 'hedgers without leverage hold 60 % of the open interest',
    breaks: 'open interest that can be closed by force',
    draw: (_, { base }) => ({ hedgedShare: 0.6, volatility: 1.2 * base.volatility }),
  },
];
