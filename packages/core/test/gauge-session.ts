import type { CascadeGauge } from '../src/cascade/cascade-gauge.js';
import type { GaugeInput } from '../src/cascade/gauge-options.js';
import type { CascadeTransition } from '../src/cascade/gauge-phase.js';
import type { PositionSide } from '../src/model/market-event.js';
import type { Fraction, Price, UnixMs, Usd } from '../src/model/units.js';
import { SeededRandom } from '../src/numeric/seeded-random.js';

/** Time of a session's second, from a fixed start on a full minute. */
export const second = (seconds: number): UnixMs => (1_700_000_040_000 + seconds * 1_000) as UnixMs;

/** One liquidation of $50,000 unless said otherwise. */
export function print(
  seconds: number,
  positionSide: PositionSide,
  notional = 50_000,
  completeness: 'complete' | 'throttled' = 'complete',
): GaugeInput {
  return {
    kind: 'print',
    seenTime: second(seconds),
    positionSide,
    notional: notional as Usd,
    price: 60_000 as Price,
    completeness,
  };
}

export const mark = (seconds: number, price: number): GaugeInput => ({
  kind: 'mark',
  seenTime: second(seconds),
  price: price as Price,
});

export const tick = (seconds: number): GaugeInput => ({ kind: 'tick', seenTime: second(seconds) });

/** Clusters of both sides by distance and consumed share; undefined where none is near. */
export function ahead(
  seconds: number,
  long: readonly [distance: number, consumed?: number] | undefined,
  short?: readonly [distance: number, consumed?: number],
): GaugeInput {
  const of = (side: typeof long) =>
    side && {
      distance: side[0] as Fraction,
      remaining: { p10: 1e5 as Usd, p50: 1e6 as Usd, p90: 3e6 as Usd },
      consumedShare: side[1] as Fraction | undefined,
    };
  return { kind: 'ahead', seenTime: second(seconds), long: of(long), short: of(short) };
}

/** Feeds inputs; returns what changed, and throws on a fault. */
export function feed(gauge: CascadeGauge, inputs: Iterable<GaugeInput>): CascadeTransition[] {
  const transitions: CascadeTransition[] = [];
  for (const input of inputs) {
    const result = gauge.apply(input);
    if (!result.ok) throw new Error(result.fault.message);
    transitions.push(...result.value);
  }
  return transitions;
}

/** A random walk of the mark, 1 bp a second in deviations, with the fat tails of Student's t of 4 degrees (`isFat`). */
export function* quietMarket(seed: number, from: number, to: number, isFat: boolean): Generator<GaugeInput, number> {
  const random = new SeededRandom(seed);
  let price = 60_000;
  let burst = 0;
  let side: PositionSide = 'long';
  for (let at = from; at < to; at++) {
    // Student's t of 4 degrees: a normal over the root of a mean of 4 squares; its deviation is the root of 2.
    const scale = isFat ? Math.sqrt((2 * (random.exponential(1) + random.exponential(1))) / 4) * Math.SQRT2 : 1;
    price *= Math.exp((1e-4 * random.normal()) / scale);
    yield mark(at, price);
    // Prints come in clusters whichever way price goes: the published share of followers within a second is 76 %.
    if (burst === 0 && random.next() < 1 / 120) {
      burst = 1 + random.integer(8);
      side = random.next() < 0.5 ? 'long' : 'short';
    }
    if (burst > 0) {
      burst--;
      yield print(at + 0.5, side, 20_000 * (0.1 + random.exponential(1)));
    }
  }
  return price;
}

/** Twenty quiet minutes of alternating marks, so that the range of a minute is 0.05 %. */
export function* calm(minutes = 20): Generator<GaugeInput> {
  for (let at = 0; at < minutes * 60; at++) yield mark(at, at % 2 === 0 ? 60_000 : 60_030);
}
