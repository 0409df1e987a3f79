import { MS_PER_HOUR, MS_PER_MINUTE } from '@liquidation-heatmap/core';
import { randomFor, type MarketRandom } from '../random.js';
import type { CrowdStyle, LeverageTier, World } from './world.js';

/** Worlds a seed can ask for by name, as in `crash-7`. */
export const WORLD_NAMES = ['calm', 'trending', 'crash'] as const;

/** A world by name. */
export type WorldName = (typeof WORLD_NAMES)[number];

const STYLES: readonly CrowdStyle[] = ['momentum', 'contrarian', 'regime-switch'];

/** Round tiers with the mean share of each; the shares of a market are drawn around them. Invented. */
const ROUND_TIERS: readonly LeverageTier[] = [
  { leverage: 2, weight: 0.05 },
  { leverage: 3, weight: 0.09 },
  { leverage: 5, weight: 0.2 },
  { leverage: 10, weight: 0.28 },
  { leverage: 20, weight: 0.18 },
  { leverage: 25, weight: 0.08 },
  { leverage: 50, weight: 0.08 },
  { leverage: 75, weight: 0.015 },
  { leverage: 100, weight: 0.025 },
];

/** The world of a seed: drawn from wide invented priors, then bent by the preset the seed names. */
export function drawWorld(seed: number | string): World {
  const random = randomFor(seed, 'world');
  const world = drawDefault(random);
  switch (worldNameOf(seed)) {
    case 'calm':
      return {
        ...world,
        name: 'calm',
        volatility: 0.6,
        wildness: 0.15,
        jumpsPerDay: 0.5,
        runsPerDay: 2,
        driftPerDay: 0,
      };
    case 'trending':
      return trending(world, random);
    case 'crash':
      return crash(world, random);
    case undefined:
      return world;
  }
}

/** The preset a seed names (`crash-7` names `crash`); undefined when it names none. */
export function worldNameOf(seed: number | string): WorldName | undefined {
  const name = String(seed).split('-')[0];
  return WORLD_NAMES.find((known) => known === name);
}

/** Tiers with shares drawn around those given. */
export function drawTiers(tiers: readonly LeverageTier[], random: MarketRandom): LeverageTier[] {
  return tiers.map(({ leverage, weight }) => ({ leverage, weight: weight * random.logNormal(1, 0.35) }));
}

function drawDefault(random: MarketRandom): World {
  const isolatedHeavy = random.chance(0.5);
  return {
    name: 'drawn',
    style: STYLES[random.index([1, 1, 1])]!,
    population: 10_000,
    isolatedShare: isolatedHeavy ? random.between(0.55, 0.75) : random.between(0.2, 0.4),
    roundShare: random.between(0.4, 0.8),
    tiers: drawTiers(ROUND_TIERS, random),
    scatteredMedian: random.between(5, 8),
    scatteredSpread: random.between(0.6, 0.9),
    extraMarginMedian: random.between(0.8, 1.8),
    extraMarginSpread: random.between(0.7, 1),
    stopShare: random.between(0.35, 0.45),
    takeProfitShare: random.between(0.3, 0.4),
    exitExponent: random.between(0.65, 0.9),
    meanHoldingMs: random.between(5, 9) * MS_PER_HOUR,
    loserExitRatio: random.between(0.6, 0.75),
    sizeTail: random.between(1.4, 1.8),
    tailShare: 0.08,
    maxOrderShare: 0.004,
    marketScale: 1,
    nettedShare: 0,
    topUps: undefined,
    partialLiquidation: undefined,
    deleveraging: undefined,
    openInterestReport: { lateMs: 0, noise: 0, spikesPerDay: 0 },
    hedgedShare: random.between(0.2, 0.35),
    churnPerDay: random.between(5, 16),
    volatility: random.between(0.58, 0.75),
    jumpsPerDay: random.between(1.5, 3),
    runsPerDay: random.between(4, 7),
    wildness: 1,
    driftPerDay: random.between(-0.01, 0.01),
    depthShare: random.between(0.15, 0.2),
    patientImpact: random.between(0.02, 0.04),
    snapBack: random.between(0.35, 0.6),
    burstsPerDay: random.between(4, 8),
    shocks: [],
  };
}

function trending(world: World, random: MarketRandom): World {
  const sign = random.chance(0.5) ? 1 : -1;
  return {
    ...world,
    name: 'trending',
    style: 'momentum',
    driftPerDay: sign * random.between(0.04, 0.07),
    runsPerDay: 3,
  };
}

/** A fall of 7-11 % within half an hour, 20-90 minutes after the live part began, into a thin book. */
function crash(world: World, random: MarketRandom): World {
  const shock = {
    afterMs: random.between(20, 90) * MS_PER_MINUTE,
    durationMs: random.between(18, 35) * MS_PER_MINUTE,
    logReturn: -random.between(0.045, 0.07),
  };
  return { ...world, name: 'crash', wildness: 2.5, depthShare: world.depthShare * 0.7, shocks: [shock] };
}
