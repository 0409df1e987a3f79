import { MS_PER_HOUR } from '../model/units.js';
import { middleDistance, STRIP_COUNT } from './distance-classes.js';

/**
 * Voluntary closing follows a power law of age (measured on closed lots of one venue, 2023: hazard ~ age^-0.8). Five
 * exponentials represent it with constant memory; a half-life could not (docs/method.md#exits). Rates per hour.
 */
const EXIT_RATES = [3, 0.35, 0.06, 0.012, 0.003] as const;

/** Share of newly opened notional per exit rate, at the reference distance. */
export const EXIT_WEIGHTS = [0.38, 0.27, 0.18, 0.11, 0.06] as const;

/** The exit law as one value, for tools that compare it with measurements. */
export const EXIT_LAW: { readonly ratesPerHour: readonly number[]; readonly weights: readonly number[] } = {
  ratesPerHour: EXIT_RATES,
  weights: EXIT_WEIGHTS,
};

/** Number of exit rates. */
export const RATE_COUNT = EXIT_RATES.length;

/** Positions near their liquidation price are closed sooner: the rate grows as (reference / distance)^exponent. */
const REFERENCE_DISTANCE = 0.1;
const DISTANCE_EXPONENT = 0.3;
/** Distance that stands for positions out of reach. */
const OUT_OF_REACH_DISTANCE = 0.5;

function haste(distance: number): number {
  return (REFERENCE_DISTANCE / distance) ** DISTANCE_EXPONENT;
}

/** Share that is still open after a while, per exit rate. */
export function survivalOf(rateIndex: number, elapsedMs: number): number {
  return Math.exp((-EXIT_RATES[rateIndex]! * elapsedMs) / MS_PER_HOUR);
}

/** Mean age in a stationary stock of one exit rate, milliseconds. */
export function stationaryAgeMs(rateIndex: number): number {
  return MS_PER_HOUR / EXIT_RATES[rateIndex]!;
}

/** How a size is divided over exit rates: strip x rate, and per rate for what is out of reach. Each strip's shares sum to 1. */
export interface RateShares {
  readonly strips: Float64Array;
  readonly outOfReach: Float64Array;
}

/**
 * Shares of newly opened size. All strips use the same rates, so that one number ages all of them; a strip that is left
 * sooner has more of its size at the faster rates: a share at rate x haste goes to the two rates beside it, by the logarithm.
 */
export const OPENING_SHARES: RateShares = {
  strips: Float64Array.from({ length: STRIP_COUNT * RATE_COUNT }, (_, at) => {
    const strip = Math.floor(at / RATE_COUNT);
    return hastened(haste(middleDistance(strip)))[at % RATE_COUNT]!;
  }),
  outOfReach: Float64Array.from(hastened(haste(OUT_OF_REACH_DISTANCE))),
};

/** Shares in a stock that has been opened and closed evenly for ever: long-lived positions dominate it. */
export const STATIONARY_SHARES: RateShares = {
  strips: Float64Array.from({ length: STRIP_COUNT * RATE_COUNT }, (_, at) => {
    const first = at - (at % RATE_COUNT);
    return stationary(OPENING_SHARES.strips.subarray(first, first + RATE_COUNT))[at % RATE_COUNT]!;
  }),
  outOfReach: Float64Array.from(stationary(OPENING_SHARES.outOfReach)),
};

function hastened(by: number): readonly number[] {
  const shares = new Array<number>(RATE_COUNT).fill(0);
  EXIT_WEIGHTS.forEach((weight, r) => {
    const target = Math.log(EXIT_RATES[r]! * by);
    const upper = Math.max(
      0,
      EXIT_RATES.findLastIndex((rate) => Math.log(rate) >= target),
    );
    const lower = Math.min(RATE_COUNT - 1, upper + 1);
    const [high, low] = [Math.log(EXIT_RATES[upper]!), Math.log(EXIT_RATES[lower]!)];
    const part = high > low ? Math.min(1, Math.max(0, (high - target) / (high - low))) : 0;
    shares[upper]! += weight * (1 - part);
    shares[lower]! += weight * part;
  });
  return shares;
}

function stationary(shares: ArrayLike<number>): readonly number[] {
  const raw = EXIT_RATES.map((rate, r) => shares[r]! / rate);
  const total = raw.reduce((sum, share) => sum + share, 0);
  return raw.map((share) => share / total);
}
