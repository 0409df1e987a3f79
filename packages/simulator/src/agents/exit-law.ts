import { MS_PER_HOUR, MS_PER_MINUTE } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';

/** Age below which the chance to leave stops rising: nobody in the model scalps faster than a minute. */
const FLOOR_HOURS = MS_PER_MINUTE / MS_PER_HOUR;
/** The mean holding time is that of positions closed within this many hours; a power law's own mean is ruled by its last percent. */
const HORIZON_HOURS = 14 * 24;
const INTEGRATION_STEPS = 400;

/**
 * Heavy-tailed holding times: chance to leave per hour = level x (age + floor)^-exponent, so that
 *   survival(age) = exp(-level / (1 - exponent) x ((age + floor)^(1 - exponent) - floor^(1 - exponent)))
 * after closed Hyperliquid lots, whose rate falls about as age^-0.8 from minutes to weeks. Exponent 0 is the exponential law,
 * which no measurement supports.
 */
export class ExitLaw {
  readonly #power: number;
  readonly #scale: number;

  constructor(exponent: number, meanHoldingMs: number) {
    if (!(exponent >= 0 && exponent < 1))
      throw new RangeError(`Exit exponent must be at least 0 and below 1, was ${exponent}`);
    if (!(meanHoldingMs > 0)) throw new RangeError(`Mean holding time must be above 0 ms, was ${meanHoldingMs}`);
    this.#power = 1 - exponent;
    this.#scale = scaleFor(this.#power, meanHoldingMs / MS_PER_HOUR);
  }

  /** Share still open at an age in ms when nothing but the law closes positions. */
  survival(ageMs: number): number {
    return Math.exp(-this.#scale * cumulated(this.#power, ageMs / MS_PER_HOUR));
  }

  /** Time in ms until the next exit of a position of this age, by inversion of the survival. */
  drawRemaining(random: MarketRandom, ageMs: number): number {
    const age = ageMs / MS_PER_HOUR;
    const hazard = cumulated(this.#power, age) + random.exponential(1) / this.#scale;
    const end = (hazard + FLOOR_HOURS ** this.#power) ** (1 / this.#power) - FLOOR_HOURS;
    return Math.max(0, end - age) * MS_PER_HOUR;
  }
}

function cumulated(power: number, hours: number): number {
  return (hours + FLOOR_HOURS) ** power - FLOOR_HOURS ** power;
}

function scaleFor(power: number, meanHours: number): number {
  let low = 1e-3;
  let high = 1e3;
  for (let round = 0; round < 60; round++) {
    const middle = Math.sqrt(low * high);
    if (meanWithin(power, middle) > meanHours) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** Integral of the survival up to the horizon, on steps that grow with age. */
function meanWithin(power: number, scale: number): number {
  const growth = (HORIZON_HOURS / FLOOR_HOURS + 1) ** (1 / INTEGRATION_STEPS);
  let mean = 0;
  let from = 0;
  for (let step = 1; step <= INTEGRATION_STEPS; step++) {
    const to = FLOOR_HOURS * (growth ** step - 1);
    mean += (to - from) * Math.exp(-scale * cumulated(power, (from + to) / 2));
    from = to;
  }
  return mean;
}
