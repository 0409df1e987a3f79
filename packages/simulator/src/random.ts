import { SeededRandom } from '@liquidation-heatmap/core';

/** Above this mean a Poisson count is the sum of two halves, so that exp(-mean) never underflows. */
const POISSON_SPLIT = 30;

/** The distributions the market draws from, on core's seeded generator. */
export class MarketRandom {
  readonly #source: SeededRandom;

  constructor(source: SeededRandom) {
    this.#source = source;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.#source.next();
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.#source.next();
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.#source.next() < probability;
  }

  /** Standard normal. */
  normal(): number {
    return this.#source.normal();
  }

  /** Exponential with the given mean. */
  exponential(mean: number): number {
    return this.#source.exponential(mean);
  }

  /** Log-normal: `median` times e^(spread x normal). */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.#source.normal());
  }

  /** Pareto above 1: P(X > x) = x^-tail. */
  pareto(tail: number): number {
    return (1 - this.#source.next()) ** (-1 / tail);
  }

  /** Count of events with the given mean: Knuth's product of uniforms. */
  poisson(mean: number): number {
    if (mean > POISSON_SPLIT) return this.poisson(mean / 2) + this.poisson(mean / 2);
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.#source.next(); product > limit; product *= this.#source.next()) count++;
    return count;
  }

  /** Index of a list of weights, drawn in proportion to them. */
  index(weights: readonly number[]): number {
    let rest = this.#source.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < weights.length - 1; i++) {
      rest -= weights[i]!;
      if (rest < 0) return i;
    }
    return weights.length - 1;
  }
}

/** An own stream of a seed: what one stream draws never moves another. */
export function randomFor(seed: number | string, stream: string): MarketRandom {
  return new MarketRandom(new SeededRandom(hashText(`${seed}/${stream}`)));
}

/** A text as a 53-bit integer: two 32-bit FNV-1a hashes (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv), each finished. */
function hashText(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(i) ^ (i + 1), 0x01000193);
  }
  return (finish(high) >>> 11) * 4_294_967_296 + finish(low ^ high);
}

/** The finalizer of MurmurHash3 (public domain): FNV alone leaves neighboring seeds alike in their high bits. */
function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
