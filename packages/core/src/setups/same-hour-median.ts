import { MS_PER_HOUR, type UnixMs } from '../model/units.js';
import { medianOf } from './quantile.js';

/**
 * Distances from the price at which the book is sampled, as fractions. Up to the reach of the setups (3 %); closer together
 * where books are dense. Chosen, not measured.
 */
export const PATH_DISTANCES: readonly number[] = [0.0025, 0.005, 0.01, 0.015, 0.02, 0.03];

/** One sample in five minutes: twelve an hour settle a median, and 7 days of them stay below 100 KB a side. */
const SLOT_MS = 300_000;
/** Days that make the usual (S48). */
const DAYS = 7;
/** Days that must have been seen before anything is called usual. */
const MIN_DAYS = 3;
/** Samples of an hour that make it a seen one: a quarter of it. */
const MIN_SAMPLES = 3;
const HOURS_PER_DAY = 24;

/** What a `SameHourMedian` needs to go on; `null` stands for a distance the book did not reach. */
export interface SameHourMedianState {
  readonly distances: readonly number[];
  readonly lastTime: number | undefined;
  readonly hours: readonly { readonly hour: number; readonly samples: readonly (readonly (number | null)[])[] }[];
}

/**
 * How much usually rests between the price and a distance at this hour of the day (UTC), by the median of the same hour on
 * the 7 days before. Today does not count: a thin hour must not make itself the usual one. One for each side of the book.
 */
export class SameHourMedian {
  readonly #distances: readonly number[];
  /** By hours since 1970; each sample has one notional per distance. */
  readonly #hours = new Map<number, (readonly (number | undefined)[])[]>();
  #lastTime: number | undefined;

  constructor(distances: readonly number[] = PATH_DISTANCES) {
    const ascending = distances.every((distance, i) => distance > (distances[i - 1] ?? 0));
    if (distances.length === 0 || !ascending)
      throw new RangeError(`Distances must ascend from above 0, were ${distances.join(' ')}`);
    this.#distances = [...distances];
  }

  /** Distances at which a sample gives the notional, ascending. */
  get distances(): readonly number[] {
    return this.#distances;
  }

  /**
   * Takes what rests up to each distance, USD; undefined beyond the known book. Of each five minutes the first sample is
   * kept, and only then asked for; returns whether this one was.
   */
  sample(seenTime: UnixMs, notionalsOf: () => readonly (number | undefined)[]): boolean {
    if (!Number.isFinite(seenTime) || seenTime < (this.#lastTime ?? -Infinity))
      throw new RangeError(`seenTime must be finite and not decrease, was ${seenTime} after ${this.#lastTime}`);
    if (this.#lastTime !== undefined && slotOf(this.#lastTime) === slotOf(seenTime)) return false;
    const notionals = notionalsOf();
    if (notionals.length !== this.#distances.length)
      throw new RangeError(`A sample must have ${this.#distances.length} notionals, had ${notionals.length}`);
    const hour = hourOf(seenTime);
    const samples = this.#hours.get(hour) ?? [];
    samples.push(notionals.map((value) => (value !== undefined && value >= 0 && value < Infinity ? value : undefined)));
    this.#hours.set(hour, samples);
    this.#lastTime = seenTime;
    for (const known of this.#hours.keys()) if (known < hour - DAYS * HOURS_PER_DAY) this.#hours.delete(known);
    return true;
  }

  /**
   * Usual notional up to a distance at this hour, USD, linear between the sampled distances. Undefined before 3 of the 7 days
   * were seen, and beyond the farthest distance.
   */
  medianAt(seenTime: UnixMs, distance: number): number | undefined {
    if (!(distance >= 0)) return undefined;
    const above = this.#distances.findIndex((candidate) => candidate >= distance);
    if (above < 0) return undefined;
    const upper = this.#medianOfKnot(hourOf(seenTime), above);
    const lower = above === 0 ? 0 : this.#medianOfKnot(hourOf(seenTime), above - 1);
    if (upper === undefined || lower === undefined) return undefined;
    const from = this.#distances[above - 1] ?? 0;
    return lower + ((distance - from) / (this.#distances[above]! - from)) * (upper - lower);
  }

  #medianOfKnot(hour: number, knot: number): number | undefined {
    const values: number[] = [];
    let days = 0;
    for (let day = 1; day <= DAYS; day++) {
      const known = (this.#hours.get(hour - day * HOURS_PER_DAY) ?? []).flatMap((sample) => sample[knot] ?? []);
      if (known.length < MIN_SAMPLES) continue;
      days++;
      values.push(...known);
    }
    return days < MIN_DAYS ? undefined : medianOf(values);
  }

  /** Everything needed to go on, as plain data. */
  state(): SameHourMedianState {
    const hours = [...this.#hours].map(([hour, samples]) => ({
      hour,
      samples: samples.map((sample) => sample.map((value) => value ?? null)),
    }));
    return { distances: [...this.#distances], lastTime: this.#lastTime, hours };
  }

  /** Goes on from a state as if never interrupted. */
  static restore(state: SameHourMedianState): SameHourMedian {
    const restored = new SameHourMedian(state.distances);
    restored.#lastTime = state.lastTime;
    for (const { hour, samples } of state.hours)
      restored.#hours.set(
        hour,
        samples.map((sample) => sample.map((value) => value ?? undefined)),
      );
    return restored;
  }
}

function hourOf(time: number): number {
  return Math.floor(time / MS_PER_HOUR);
}

function slotOf(time: number): number {
  return Math.floor(time / SLOT_MS);
}
