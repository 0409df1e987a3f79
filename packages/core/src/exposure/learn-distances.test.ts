import { expect, test } from 'vitest';
import { STRIP_COUNT, STRIPS } from '../cohorts/distance-classes.js';
import { smoothPrior, tieredPrior } from '../cohorts/distance-prior.js';
import { SeededRandom } from '../numeric/seeded-random.js';
import { DistanceLearner } from './learn-distances.js';

const OPEN_INTEREST = 100_000;
const MINUTE = 60_000;
const smooth = smoothPrior();
const tiered = tieredPrior(smooth, [0.0155, 0.0455, 0.0955], 0.001, 0.5);
const single = () => new DistanceLearner([{ prior: smooth, tilt: 0, weight: 1 }]);
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const stripAt = (distance: number) => STRIPS.findIndex(({ from, to }) => from <= distance && distance < to);

/** Sweeps random strips for a while and prints what true shares would. */
function teach(learner: DistanceLearner, truth: (at: number) => number, lessons: number, seed = 1): void {
  const random = new SeededRandom(seed);
  for (let lesson = 0; lesson < lessons; lesson++) {
    const swept = new Float64Array(2 * STRIP_COUNT);
    for (const side of [0, 1]) {
      for (let n = 0; n < 6; n++) swept[side * STRIP_COUNT + random.integer(STRIP_COUNT)] = 2_000;
    }
    const printed = [0, 1].map((side) =>
      sum(
        Array.from({ length: STRIP_COUNT }, (_, k) => swept[side * STRIP_COUNT + k]! * truth(side * STRIP_COUNT + k)),
      ),
    ) as [number, number];
    learner.learn({ swept, printed, openInterest: OPEN_INTEREST, elapsedMs: MINUTE });
  }
}

test('before any print the shares are the prior on both sides', () => {
  const { shares } = single();
  for (const side of [0, 1]) {
    expect([...shares.subarray(side * STRIP_COUNT, (side + 1) * STRIP_COUNT)]).toEqual(
      [...smooth].map((share) => expect.closeTo(share, 12)),
    );
  }
});

test('twice the prints of the prior teach twice its shares, silence teaches less', () => {
  const [eager, silent] = [single(), single()];
  teach(eager, (at) => 2 * smooth[at % STRIP_COUNT]!, 1_500);
  teach(silent, () => 0, 1_500);
  expect(sum(eager.shares) / sum(single().shares)).toBeGreaterThan(1.4);
  expect(sum(silent.shares) / sum(single().shares)).toBeLessThan(0.35);
});

test('a strip that prints while its neighbors do not stands out of them', () => {
  const learner = single();
  const own = stripAt(0.0455);
  teach(learner, (at) => (at % STRIP_COUNT === own ? 6 * smooth[own]! : smooth[at % STRIP_COUNT]!), 3_000);
  const ratio = (strip: number) => learner.shares[strip]! / smooth[strip]!;
  expect(ratio(own)).toBeGreaterThan(1.6 * ratio(own - 2));
  expect(ratio(own)).toBeGreaterThan(1.6 * ratio(own + 2));
});

test('the hypothesis that foretells prints gains weight, and loses it where it is wrong', () => {
  const both = () =>
    new DistanceLearner([
      { prior: smooth, tilt: 0, weight: 0.5 },
      { prior: tiered, tilt: 0, weight: 0.5 },
    ]);
  const [gathered, scattered] = [both(), both()];
  teach(gathered, (at) => tiered[at % STRIP_COUNT]!, 2_500);
  teach(scattered, (at) => smooth[at % STRIP_COUNT]!, 2_500);
  expect(gathered.weights()[1]!).toBeGreaterThan(0.85);
  expect(scattered.weights()[0]!).toBeGreaterThan(0.85);
});

test('a ratio of longs moves shares only as far as it is believed', () => {
  const learner = new DistanceLearner([
    { prior: smooth, tilt: 0, weight: 0.5 },
    { prior: smooth, tilt: 1, weight: 0.5 },
  ]);
  learner.noteLongShare(0.6);
  const [long, short] = [sum(learner.shares.subarray(0, STRIP_COUNT)), sum(learner.shares.subarray(STRIP_COUNT))];
  expect(long / short).toBeCloseTo((0.5 + 0.6) / (0.5 + 0.4), 9);
});

test('what all strips hold stays below what was opened, whatever is printed', () => {
  const learner = single();
  teach(learner, () => 40, 300);
  for (const side of [0, 1]) {
    expect(sum(learner.shares.subarray(side * STRIP_COUNT, (side + 1) * STRIP_COUNT))).toBeLessThanOrEqual(0.97 + 1e-9);
  }
});

test('without open interest nothing is learned', () => {
  const learner = single();
  const swept = new Float64Array(2 * STRIP_COUNT).fill(10);
  learner.learn({ swept, printed: [5, 5], openInterest: Number.NaN, elapsedMs: MINUTE });
  expect(learner.count).toBe(0);
});

test('how much lies within reach is doubted until prints tell, and hardly after many', () => {
  // What a side is doubted for on its own is one over its counts, never below 0.12.
  const ofReach = (learner: DistanceLearner): number =>
    learner.doubt(OPEN_INTEREST).sides[0]! - 0.12 - 1 / learner.lessons[0]!.sides.shape(0);
  const learner = single();
  expect(ofReach(learner)).toBeCloseTo(0.3, 12);
  teach(learner, (at) => smooth[at % STRIP_COUNT]!, 5);
  const afterFew = ofReach(learner);
  teach(learner, (at) => smooth[at % STRIP_COUNT]!, 500, 2);
  expect(afterFew).toBeLessThan(0.3);
  expect(ofReach(learner)).toBeLessThan(afterFew / 2);
});

test('doubt shrinks where prints were seen and grows where hypotheses disagree', () => {
  const learner = single();
  const before = learner.doubt(OPEN_INTEREST);
  teach(learner, (at) => smooth[at % STRIP_COUNT]!, 1_500);
  const after = learner.doubt(OPEN_INTEREST);
  expect(sum(after.strips)).toBeLessThan(0.8 * sum(before.strips));
  const divided = new DistanceLearner([
    { prior: smooth, tilt: 0, weight: 0.5 },
    { prior: tiered, tilt: 0, weight: 0.5 },
  ]).doubt(OPEN_INTEREST);
  expect(divided.strips[stripAt(0.0455)]!).toBeGreaterThan(before.strips[stripAt(0.0455)]!);
});

test('the size of a count is E[size^2] / E[size] of prints times their dispersion', () => {
  const learner = single();
  // 20 prints of 50 are assumed before any, and a dispersion of 2.2.
  expect(learner.countSize(OPEN_INTEREST)).toBeCloseTo(2.2 * 50, 6);
  for (let i = 0; i < 3; i++) learner.noteSize(5_000);
  expect(learner.countSize(OPEN_INTEREST)).toBeCloseTo((2.2 * (50_000 + 3 * 5_000 ** 2)) / 16_000, 6);
});

test('prints that come in bursts teach less each and leave wider bands than the same prints one by one', () => {
  const steady = single();
  const bursting = single();
  const swept = new Float64Array(2 * STRIP_COUNT).fill(100);
  for (let i = 0; i < 2_000; i++) {
    const burst = i % 20 === 0 ? 20 : 0;
    for (const learner of [steady, bursting]) learner.noteSize(50);
    steady.learn({ swept, printed: [50, 50], openInterest: OPEN_INTEREST, elapsedMs: 0 });
    bursting.learn({ swept, printed: [50 * burst, 50 * burst], openInterest: OPEN_INTEREST, elapsedMs: 0 });
  }
  const [calm, wild] = [steady.doubt(OPEN_INTEREST), bursting.doubt(OPEN_INTEREST)];
  expect(bursting.countSize(OPEN_INTEREST)).toBeGreaterThan(4 * steady.countSize(OPEN_INTEREST));
  expect(wild.size).toBeGreaterThan(4 * calm.size);
  expect(sum(wild.strips)).toBeGreaterThan(1.5 * sum(calm.strips));
});

test('what another venue taught counts like an own lesson of that weight, in the other venue’s sizes', () => {
  const swept = new Float64Array(2 * STRIP_COUNT).fill(2_000);
  const interval = { swept, printed: [300, 300] as const, openInterest: OPEN_INTEREST, elapsedMs: 0 };
  const [own, borrowed, half] = [single(), single(), single()];
  const countSize = own.countSize(OPEN_INTEREST);
  own.learn(interval);
  borrowed.borrow({ ...interval, countSize }, 1);
  half.borrow(interval, 0.5);
  expect([...borrowed.shares]).toEqual([...own.shares]);
  const [none, some, all] = [single(), half, own].map(({ shares }) => sum(shares));
  expect(Math.sign(all! - none!)).toBe(Math.sign(some! - none!));
  expect(Math.abs(some! - none!)).toBeGreaterThan(0.2 * Math.abs(all! - none!));
  expect(Math.abs(some! - none!)).toBeLessThan(0.8 * Math.abs(all! - none!));
});
