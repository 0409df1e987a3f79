import { SCORE_HALF_WIDTH } from '../score-bins.js';
import type { ScoreModel } from '../score-model.js';
import { baselineModel } from './instrument-model.js';
import { addInterval } from './level-rows.js';

/** B1: the open interest spread evenly over 12 % of the price either way, half of it long (below), half short (above). */
export function uniformModel(): ScoreModel {
  return baselineModel('uniform', () => ({
    addUsd: (edges, { price, openInterestUsd }, { long, short }) => {
      addInterval(edges, price * (1 - SCORE_HALF_WIDTH), price, openInterestUsd / 2, long);
      addInterval(edges, price, price * (1 + SCORE_HALF_WIDTH), openInterestUsd / 2, short);
    },
  }));
}
