const UINT32 = 4_294_967_296;
/** Rounds of mixing after seeding, so that neighboring seeds give unrelated streams. */
const WARM_UP = 16;

/** The four 32-bit words a generator goes on from. */
export type RandomState = readonly [number, number, number, number];

/**
 * Reproducible random numbers: the same seed gives the same stream on every machine (32-bit integer arithmetic only).
 * Generator: sfc32 of Chris Doty-Humphrey's PractRand, 128 bits of state, http://pracrand.sourceforge.net
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: number | RandomState) {
    if (typeof seed !== 'number') {
      [this.#a, this.#b, this.#c, this.#counter] = seed.map((word) => word | 0) as unknown as [
        number,
        number,
        number,
        number,
      ];
      return;
    }
    if (!Number.isSafeInteger(seed)) throw new RangeError(`Seed must be a safe integer, was ${seed}`);
    this.#a = 0;
    this.#b = seed | 0;
    this.#c = Math.floor(seed / UINT32) | 0;
    this.#counter = 1;
    for (let round = 0; round < WARM_UP; round++) this.uint32();
  }

  /** What a generator needs to go on exactly here. */
  get state(): RandomState {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#counter >>> 0];
  }

  /** The next 32 random bits as an integer, 0..2^32 - 1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  next(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /** A whole number in 0..below - 1; `below` is at least 1. */
  integer(below: number): number {
    if (!(below >= 1)) throw new RangeError(`Upper bound must be at least 1, was ${below}`);
    return Math.floor(this.next() * below);
  }

  /** Standard normal, Box-Muller; takes two uniforms and keeps nothing back, so that the state says everything. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Exponential waiting time with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }
}
