import { createHash } from 'node:crypto';
import { SeededRandom } from '@liquidation-heatmap/core';

/** The distributions a furnished venue draws from, on core's seeded generator. */
export class Chance {
  readonly #source: SeededRandom;

  /** The same names give the same stream, and what one stream draws never moves another. */
  constructor(...names: readonly (string | number)[]) {
    this.#source = new SeededRandom(createHash('sha256').update(names.join('/')).digest().readUIntBE(0, 6));
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.#source.next();
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.#source.next();
  }

  /** A whole number in 0..below - 1. */
  integer(below: number): number {
    return this.#source.integer(below);
  }

  /** Exponential with the given mean. */
  exponential(mean: number): number {
    return this.#source.exponential(mean);
  }

  /** Log-normal around a median. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.#source.normal());
  }

  /** One of a list that is not empty. */
  pick<Item>(list: readonly Item[]): Item {
    return list[this.#source.integer(list.length)]!;
  }
}

/** Hexadecimal digits that depend on nothing but the names: ids and hashes for the wire. */
export function hexOf(length: number, ...names: readonly (string | number)[]): string {
  let text = '';
  for (let part = 0; text.length < length; part++) {
    text += createHash('sha256')
      .update([part, ...names].join('/'))
      .digest('hex');
  }
  return text.slice(0, length);
}
