import type { ScoreModel } from '../score-model.js';
import type { Interval } from './instrument-inputs.js';
import { baselineModel, type Baseline } from './instrument-model.js';
import { LevelRows } from './level-rows.js';
import { LEVERAGE_WEIGHTS } from './leverage-weights.js';

/** The recipe's maintenance rate, divided by the leverage as the recipe does (a margin table would not). */
const MAINTENANCE = 0.004;

/**
 * B4: levels that price touches are deleted; a rise of open interest is put, by fixed leverage weights, on the side of the
 * candle's color (a doji is long) around its close; a fall scales all levels down by its share of what stands.
 */
class TimeEvolving implements Baseline {
  readonly #long = new LevelRows('long');
  readonly #short = new LevelRows('short');

  onPath(low: number, high: number): void {
    this.#long.removeTouched(low, high);
    this.#short.removeTouched(low, high);
  }

  onInterval({ open, close, openInterestChange }: Interval): void {
    if (openInterestChange > 0) this.#open(close >= open ? this.#long : this.#short, close, openInterestChange);
    else this.#shrink(-openInterestChange);
  }

  addUsd: Baseline['addUsd'] = (edges, { spec }, { long, short }) => {
    this.#long.addUsd(edges, spec.kind, 1, long);
    this.#short.addUsd(edges, spec.kind, 1, short);
  };

  #open(rows: LevelRows, entry: number, size: number): void {
    const away = rows.side === 'long' ? -1 : 1;
    for (const [leverage, weight] of LEVERAGE_WEIGHTS) {
      const distance = (1 - MAINTENANCE) / leverage;
      rows.addAt(entry * (1 + away * distance), size * weight);
    }
  }

  #shrink(size: number): void {
    const total = this.#long.total + this.#short.total;
    if (!(total > 0) || size === 0) return;
    const factor = Math.max(0, 1 - size / total);
    this.#long.scaleBy(factor);
    this.#short.scaleBy(factor);
  }
}

/** B4, the recipe of gptprojectmanager's time-evolving heatmap; its $100 buckets are lattice rows of 0.1 % here. */
export function timeEvolvingModel(): ScoreModel {
  return baselineModel('time-evolving', () => new TimeEvolving());
}
