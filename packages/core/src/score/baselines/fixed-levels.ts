import type { ScoreModel } from '../score-model.js';
import { baselineModel } from './instrument-model.js';
import { addInterval } from './level-rows.js';
import { LEVERAGE_WEIGHTS } from './leverage-weights.js';

/** A level is one lattice row wide (0.1 %), so that one on the edge between two bins belongs to both. */
const HALF_LEVEL = 0.0005;

/**
 * B2: the whole open interest at the textbook distance 1/leverage from the present price, for leverages 100, 50, 25, 10 and
 * 5. The recipe names no weights; those of the time-evolving recipe for the same leverages are used, half a side.
 */
export function fixedLevelsModel(): ScoreModel {
  return baselineModel('fixed-levels', () => ({
    addUsd: (edges, { price, openInterestUsd }, { long, short }) => {
      for (const [leverage, weight] of LEVERAGE_WEIGHTS) {
        const usd = (openInterestUsd / 2) * weight;
        const below = price * (1 - 1 / leverage);
        const above = price * (1 + 1 / leverage);
        addInterval(edges, below - HALF_LEVEL * price, below + HALF_LEVEL * price, usd, long);
        addInterval(edges, above - HALF_LEVEL * price, above + HALF_LEVEL * price, usd, short);
      }
    },
  }));
}
