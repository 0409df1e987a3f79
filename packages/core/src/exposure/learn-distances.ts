import { CLASS_COUNT, STRIP_COUNT, STRIPS } from '../cohorts/distance-classes.js';
import { MS_PER_HOUR } from '../model/units.js';
import { GammaBelief } from '../numeric/gamma-belief.js';
import { negativeBinomialScore } from '../numeric/negative-binomial.js';
import { PrintDispersion } from './print-dispersion.js';

/** One set of prior shares to be judged against another, and how firmly it is held. */
export interface DistanceHypothesis {
  /** Prior share of opened size per strip. */
  readonly prior: Float64Array;
  /** How far the venue's ratio of longs is believed to tell the sides' shares: 0 not at all, 1 in proportion. */
  readonly tilt: number;
  /** Weight before any evidence; those of all hypotheses sum to 1. */
  readonly weight: number;
}

/** What happened in one interval: sizes in contract units. */
export interface LearningInterval {
  /** Swept from each strip's book: side x strip. */
  readonly swept: Float64Array;
  /** Liquidations that venues reported, long and short, corrected for what a throttled feed leaves out. */
  readonly printed: readonly [long: number, short: number];
  readonly openInterest: number;
  readonly elapsedMs: number;
  /** Size that counts as one observation; default `countSize(openInterest)` of the learner. */
  readonly countSize?: number;
}

/** Pseudo-counts behind a class's multiplier, a strip's, a side's: how many prints of mean size it takes to move it halfway. */
const CLASS_COUNTS = 2;
const STRIP_COUNTS = 4;
const SIDE_COUNTS = 60;
/** Half-lives of what was learned: people's leverage changes slowly, the crowd's side within a day. */
const CLASS_HALF_LIFE_MS = 120 * MS_PER_HOUR;
const SIDE_HALF_LIFE_MS = 12 * MS_PER_HOUR;
const EVIDENCE_HALF_LIFE_MS = 120 * MS_PER_HOUR;
/** A class leans on its neighbors: standard deviation in classes of the kernel that smooths log multipliers. */
const POOL_CLASSES = 1.2;
/** Size of a print as a share of open interest before any was seen, and how many prints that guess counts for. */
const ASSUMED_SIZE_SHARE = 5e-4;
const ASSUMED_SIZE_COUNTS = 20;
/** Expected prints per interval that no strip explains, as a share of open interest. */
const UNEXPLAINED_SHARE = 2e-6;
/** Dispersion of counts beyond Poisson: prints come in bursts, so one interval says little. */
const DISPERSION = 4;
/** Evidence never silences a hypothesis: log weights stay within this of each other. */
const MOST_LOG_ODDS = 5;
/** Share of a count that lies in one bin as a lump: prints burst in time more than positions gather in price. Chosen by how often bands held. */
const LUMP_SHARE = 0.4;
/** Squared relative doubt of a side's share that no print removes: who is hedged or adds margin is not published. Chosen by how often bands held. */
const LEAST_SIDE_DOUBT = 0.12;
/** Squared relative doubt of how much of what is opened lies within reach at all, and how many counted prints halve it. Chosen by how often bands held. */
const REACH_DOUBT = 0.3;
const REACH_COUNTS = 3;
/** All strips together hold at most this share of what is opened. */
const MOST_REACHABLE = 0.97;

/** What one hypothesis has learned. */
class Lesson {
  hypothesis: DistanceHypothesis;
  readonly classes = new GammaBelief(CLASS_COUNT, CLASS_COUNTS);
  readonly strips = new GammaBelief(STRIP_COUNT, STRIP_COUNTS);
  readonly sides = new GammaBelief(2, SIDE_COUNTS);
  /** Share of opened size per side and strip. */
  readonly shares = new Float64Array(2 * STRIP_COUNT);
  /** The same without what single strips have learned: what the hypothesis itself says, which is what it is judged by. */
  readonly plain = new Float64Array(2 * STRIP_COUNT);
  logWeight: number;

  constructor(hypothesis: DistanceHypothesis) {
    this.hypothesis = hypothesis;
    this.logWeight = Math.log(hypothesis.weight);
    this.refresh();
  }

  /** Recomputes the shares from what is believed and from the ratio of longs (1/2 = even). */
  refresh(longShare = 0.5): void {
    const pooled = pool(this.classes);
    for (const side of [0, 1]) {
      const tilt = (2 * (side === 0 ? longShare : 1 - longShare)) ** this.hypothesis.tilt;
      let sum = 0;
      for (let strip = 0; strip < STRIP_COUNT; strip++) {
        const at = side * STRIP_COUNT + strip;
        const plain = this.hypothesis.prior[strip]! * pooled[STRIPS[strip]!.classIndex]! * this.sides.mean(side) * tilt;
        this.plain[at] = plain;
        this.shares[at] = plain * this.strips.mean(strip);
        sum += this.shares[at]!;
      }
      if (sum <= MOST_REACHABLE) continue;
      for (let strip = 0; strip < STRIP_COUNT; strip++)
        this.shares[side * STRIP_COUNT + strip]! *= MOST_REACHABLE / sum;
    }
  }

  /** Squared relative doubt of all that is within reach: people hedge and add margin to a degree that nobody publishes, and prints tell. */
  reachDoubt(): number {
    let counted = 0;
    for (let k = 0; k < CLASS_COUNT; k++) counted += this.classes.shape(k) - CLASS_COUNTS;
    return (REACH_DOUBT * REACH_COUNTS) / (REACH_COUNTS + counted);
  }

  /** Counts what was foretold of an interval against what was printed. `unit`: size of one observation; each counts `weight`. */
  observe({ swept, printed, openInterest }: LearningInterval, unit: number, weight: number, longShare: number): void {
    const { classes, strips, sides, shares, plain } = this;
    const unexplained = (UNEXPLAINED_SHARE * openInterest) / unit;
    for (const side of [0, 1]) {
      const counted = printed[side]! / unit;
      let expected = 0;
      let foretold = 0;
      for (let at = side * STRIP_COUNT; at < (side + 1) * STRIP_COUNT; at++) {
        expected += (swept[at]! * shares[at]!) / unit;
        foretold += (swept[at]! * plain[at]!) / unit;
      }
      if (expected === 0 && counted === 0) continue;
      this.logWeight += weight * negativeBinomialScore(counted, foretold + unexplained, DISPERSION);
      const perExpected = counted / (expected + unexplained);
      for (let strip = 0; strip < STRIP_COUNT; strip++) {
        const at = side * STRIP_COUNT + strip;
        const own = (weight * swept[at]! * shares[at]!) / unit;
        if (own === 0) continue;
        classes.observe(STRIPS[strip]!.classIndex, own, own * perExpected);
        strips.observe(strip, own, own * perExpected);
      }
      sides.observe(side, weight * expected, weight * expected * perExpected);
    }
    classes.settle();
    strips.settle();
    sides.settle();
    this.refresh(longShare);
  }
}

/**
 * Learns from liquidation prints which distances positions are opened at. The share of a strip is
 *   prior x multiplier of its class x multiplier of the strip x multiplier of the side,
 * each multiplier a Gamma belief that counts predicted against reported liquidations (conjugate to an overdispersed Poisson
 * count; reported size is split over strips by what each predicted). Silence while price sweeps a heavy strip is data too.
 * Several hypotheses about where positions gather learn side by side; each weighs as much as it has predicted well.
 */
export class DistanceLearner {
  readonly lessons: readonly Lesson[];
  /** Sum of reported sizes and of their squares: what one print is worth as evidence. */
  sizeSum = 0;
  sizeSquares = 0;
  readonly dispersion = new PrintDispersion();
  /** Intervals learned from. */
  count = 0;
  /** Ratio of longs as last told, smoothed; 1/2 before any. */
  longShare = 0.5;
  /** Share of opened size per side and strip over all hypotheses. */
  readonly shares = new Float64Array(2 * STRIP_COUNT);
  /** What does not change until something is learned. */
  #doubtOfShares: Omit<DistanceDoubt, 'size'> | undefined;

  constructor(hypotheses: readonly DistanceHypothesis[]) {
    this.lessons = hypotheses.map((hypothesis) => new Lesson(hypothesis));
    this.#mix();
  }

  /** Notes the size of one print, contract units. */
  noteSize(size: number): void {
    this.sizeSum += size;
    this.sizeSquares += size * size;
  }

  /**
   * Size that counts as one observation, contract units: E[size^2] / E[size], which is what makes a sum of independent sizes
   * vary, times how much more prints vary than that.
   */
  countSize(openInterest: number): number {
    return this.#printSize(openInterest) * this.dispersion.value();
  }

  /** The same hypotheses with other priors, as where a venue changes its brackets; what was learned is kept. Throws unless there are as many. */
  assume(hypotheses: readonly DistanceHypothesis[]): void {
    const { lessons, longShare } = this;
    if (hypotheses.length !== lessons.length) {
      throw new RangeError(`There must be ${lessons.length} hypotheses as before, were ${hypotheses.length}`);
    }
    lessons.forEach((lesson, h) => {
      lesson.hypothesis = hypotheses[h]!;
      lesson.refresh(longShare);
    });
    this.#mix();
  }

  /** Takes a ratio of longs over. */
  noteLongShare(share: number): void {
    this.longShare = share;
    for (const lesson of this.lessons) lesson.refresh(share);
    this.#mix();
  }

  /** Takes one interval in. Does nothing while open interest is not known: sizes then have no scale. */
  learn(interval: LearningInterval): void {
    if (!(interval.openInterest > 0)) return;
    const countSize = interval.countSize ?? this.countSize(interval.openInterest);
    this.#noteDispersion(interval);
    this.#fade(interval.elapsedMs);
    this.#observe({ ...interval, countSize }, 1);
    this.count += 1;
  }

  /** Takes in what another venue's books taught in an interval; each of its observations counts `weight`, 0..1. */
  borrow(interval: LearningInterval, weight: number): void {
    if (interval.openInterest > 0) this.#observe(interval, weight);
  }

  /** Weights of the hypotheses, sum 1. */
  weights(): readonly number[] {
    const most = Math.max(...this.lessons.map(({ logWeight }) => logWeight));
    const raw = this.lessons.map(({ logWeight }) => Math.exp(logWeight - most));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return raw.map((weight) => weight / sum);
  }

  /** How unsure the shares are: doubts within each hypothesis, and the difference between hypotheses where they disagree. */
  doubt(openInterest: number): DistanceDoubt {
    const size = openInterest > 0 ? LUMP_SHARE * this.countSize(openInterest) : 0;
    return { ...(this.#doubtOfShares ??= this.#doubtShares()), size };
  }

  #doubtShares(): Omit<DistanceDoubt, 'size'> {
    const weights = this.weights();
    const strips = new Float64Array(2 * STRIP_COUNT);
    const classes = new Float64Array(2 * CLASS_COUNT);
    const sides = new Float64Array(2);
    this.lessons.forEach((lesson, h) => {
      const weight = weights[h]!;
      for (let at = 0; at < strips.length; at++) {
        const share = this.shares[at]!;
        const gap = share > 0 ? lesson.shares[at]! / share - 1 : 0;
        strips[at]! += weight * (1 / lesson.strips.shape(at % STRIP_COUNT) + gap * gap);
      }
      const ofClass = poolDoubt(lesson.classes);
      for (let at = 0; at < classes.length; at++) classes[at]! += weight * ofClass[at % CLASS_COUNT]!;
      const reach = LEAST_SIDE_DOUBT + lesson.reachDoubt();
      for (const side of [0, 1]) sides[side]! += weight * (reach + 1 / lesson.sides.shape(side));
    });
    return { strips, classes, sides };
  }

  /** E[size^2] / E[size] of prints, contract units. */
  #printSize(openInterest: number): number {
    const assumed = ASSUMED_SIZE_SHARE * openInterest;
    const weight = ASSUMED_SIZE_COUNTS * assumed;
    return (this.sizeSquares + weight * assumed) / (this.sizeSum + weight);
  }

  #noteDispersion({ swept, printed, openInterest }: LearningInterval): void {
    const unit = this.#printSize(openInterest);
    for (const side of [0, 1]) {
      let expected = UNEXPLAINED_SHARE * openInterest;
      for (let at = side * STRIP_COUNT; at < (side + 1) * STRIP_COUNT; at++) expected += swept[at]! * this.shares[at]!;
      this.dispersion.note(side, printed[side]! / unit, expected / unit);
    }
  }

  /** Beliefs and weights move towards where they began. */
  #fade(elapsedMs: number): void {
    const kept = 0.5 ** (elapsedMs / EVIDENCE_HALF_LIFE_MS);
    this.dispersion.fade(kept);
    const heaviest = Math.max(...this.lessons.map(({ hypothesis }) => hypothesis.weight));
    const most = Math.max(...this.lessons.map(({ logWeight }) => logWeight));
    for (const lesson of this.lessons) {
      lesson.classes.forget(elapsedMs / CLASS_HALF_LIFE_MS);
      lesson.strips.forget(elapsedMs / CLASS_HALF_LIFE_MS);
      lesson.sides.forget(elapsedMs / SIDE_HALF_LIFE_MS);
      const prior = Math.log(lesson.hypothesis.weight / heaviest);
      lesson.logWeight = prior + (lesson.logWeight - most - prior) * kept;
    }
  }

  #observe(interval: LearningInterval, weight: number): void {
    for (const lesson of this.lessons)
      lesson.observe(interval, interval.countSize ?? this.countSize(interval.openInterest), weight, this.longShare);
    const most = Math.max(...this.lessons.map(({ logWeight }) => logWeight));
    for (const lesson of this.lessons) lesson.logWeight = Math.max(-MOST_LOG_ODDS, lesson.logWeight - most);
    this.#mix();
  }

  #mix(): void {
    this.#doubtOfShares = undefined;
    const weights = this.weights();
    this.shares.fill(0);
    this.lessons.forEach(({ shares }, h) => {
      for (let at = 0; at < this.shares.length; at++) this.shares[at]! += weights[h]! * shares[at]!;
    });
  }
}

/** Relative variances of what a density is made of: independent per strip, per class and per side, and of the size of one position. */
export interface DistanceDoubt {
  /** Side x strip, side x class, side: squared relative standard deviations. */
  readonly strips: Float64Array;
  readonly classes: Float64Array;
  readonly sides: Float64Array;
  /** Size of one position as it matters for the variance of a sum, contract units. */
  readonly size: number;
}

/** How much class k leans on class j. */
function leaning(classes: GammaBelief, k: number, j: number): number {
  return Math.exp(-0.5 * ((k - j) / POOL_CLASSES) ** 2) * classes.shape(j);
}

/** Class multipliers, smoothed over neighbors in the logarithm; each counts by how much is known of it. */
function pool(classes: GammaBelief): Float64Array {
  const pooled = new Float64Array(CLASS_COUNT);
  for (let k = 0; k < CLASS_COUNT; k++) {
    let sum = 0;
    let total = 0;
    for (let j = 0; j < CLASS_COUNT; j++) {
      const weight = leaning(classes, k, j);
      sum += weight * Math.log(classes.mean(j));
      total += weight;
    }
    pooled[k] = Math.exp(sum / total);
  }
  return pooled;
}

/** Relative variance of each pooled multiplier: that of a weighted mean of logarithms, whose own are 1 / counts. */
function poolDoubt(classes: GammaBelief): Float64Array {
  const doubts = new Float64Array(CLASS_COUNT);
  for (let k = 0; k < CLASS_COUNT; k++) {
    let variance = 0;
    let total = 0;
    for (let j = 0; j < CLASS_COUNT; j++) {
      const weight = leaning(classes, k, j);
      variance += (weight * weight) / classes.shape(j);
      total += weight;
    }
    doubts[k] = variance / (total * total);
  }
  return doubts;
}
