import { PRIOR, STRIP_COUNT, stripOffsets } from '../../cohorts/distance-classes.js';
import { smoothPrior } from '../../cohorts/distance-prior.js';
import { latticePosition } from '../../grid/price-lattice.js';
import { MS_PER_HOUR } from '../../model/units.js';
import type { ScoreModel } from '../score-model.js';
import type { Interval } from './instrument-inputs.js';
import { baselineModel, type Baseline } from './instrument-model.js';
import { LevelRows } from './level-rows.js';

const HALF_LIFE_MS = 7 * 24 * MS_PER_HOUR;
/** Share of open interest that the distance prior puts within reach; stands where the recipe has its isolated share. */
const REACHABLE = PRIOR.reduce((sum, share) => sum + share, 0);

const SMOOTH = smoothPrior();

/**
 * B5: rises of open interest, forgotten with a half-life of 7 days, at the distances of f_R from the close of their interval;
 * cohorts that price has crossed are dropped; the sum is normalized to open interest. f_R is the engine's own distance prior, so
 * that the comparison is about the accounts and not about the prior.
 */
class Heat implements Baseline {
  readonly #sides: 'split' | 'both';
  readonly #long = new LevelRows('long');
  readonly #short = new LevelRows('short');
  #time = Number.NaN;

  constructor(sides: 'split' | 'both') {
    this.#sides = sides;
  }

  onPath(low: number, high: number): void {
    this.#long.removeTouched(low, high);
    this.#short.removeTouched(low, high);
  }

  onInterval({ time, close, openInterestChange, longShare }: Interval): void {
    const kept = Number.isNaN(this.#time) ? 1 : 2 ** (-(time - this.#time) / HALF_LIFE_MS);
    this.#time = time;
    this.#long.scaleBy(kept);
    this.#short.scaleBy(kept);
    if (openInterestChange <= 0) return;
    const shareOfLongs = this.#sides === 'both' ? 1 : longShare;
    const shareOfShorts = this.#sides === 'both' ? 1 : 1 - longShare;
    open(this.#long, close, openInterestChange * shareOfLongs);
    open(this.#short, close, openInterestChange * shareOfShorts);
  }

  addUsd: Baseline['addUsd'] = (edges, { spec, openInterest }, { long, short }) => {
    const standing = [this.#long.total, this.#short.total] as const;
    const sum = standing[0] + standing[1];
    const target = REACHABLE * openInterest;
    const factors =
      this.#sides === 'both' ? standing.map((size) => target / size) : standing.map(() => (2 * target) / sum);
    if (standing[0] > 0) this.#long.addUsd(edges, spec.kind, factors[0]!, long);
    if (standing[1] > 0) this.#short.addUsd(edges, spec.kind, factors[1]!, short);
  };
}

function open(rows: LevelRows, entry: number, size: number): void {
  const at = latticePosition(entry);
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const [from, to] = stripOffsets(rows.side, strip);
    rows.addBetween(at + from, at + to, size * SMOOTH[strip]!);
  }
}

/** B5 as first published: a rise of open interest is split between the sides by the long/short ratio. */
export function heatModel(): ScoreModel {
  return baselineModel('heat', () => new Heat('split'));
}

/** B5 as corrected by its author: both sides get the whole rise. The strongest of the baselines. */
export function heatBothModel(): ScoreModel {
  return baselineModel('heat-both', () => new Heat('both'));
}
