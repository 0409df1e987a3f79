import { MS_PER_HOUR } from '../model/units.js';
import { CLASS_COUNT, middleDistance } from './distance-classes.js';

/**
 * Voluntary closing follows a power law of age (measured on closed lots of one venue, 2023: hazard ~ age^-0.8). Five
 * exponentials represent it with constant memory; a half-life could not (docs/method.md#exits). Rates per hour.
 */
const EXIT_RATES = [3, 0.35, 0.06, 0.012, 0.003] as const;

/** Share of newly opened notional per exit rate. */
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

const CLASS_HASTE = Array.from({ length: CLASS_COUNT }, (_, k) => haste(middleDistance(k)));
const OUT_OF_REACH_HASTE = haste(OUT_OF_REACH_DISTANCE);

/** Share of a class's mass with one exit rate that is still open after a while. */
export function survival(classIndex: number, rateIndex: number, elapsedMs: number): number {
  return Math.exp((-EXIT_RATES[rateIndex]! * CLASS_HASTE[classIndex]! * elapsedMs) / MS_PER_HOUR);
}

/** The same for positions out of reach. */
export function survivalOutOfReach(rateIndex: number, elapsedMs: number): number {
  return Math.exp((-EXIT_RATES[rateIndex]! * OUT_OF_REACH_HASTE * elapsedMs) / MS_PER_HOUR);
}

/** Share per exit rate in a stock that has been opened and closed evenly for ever: long-lived positions dominate it. */
export const STATIONARY_WEIGHTS: readonly number[] = stationary();

/** Mean age in a stationary stock of one exit rate (out-of-reach haste 1), milliseconds. */
export function stationaryAgeMs(rateIndex: number): number {
  return MS_PER_HOUR / EXIT_RATES[rateIndex]!;
}

function stationary(): readonly number[] {
  const raw = EXIT_RATES.map((rate, r) => EXIT_WEIGHTS[r]! / rate);
  const total = raw.reduce((sum, share) => sum + share, 0);
  return raw.map((share) => share / total);
}
