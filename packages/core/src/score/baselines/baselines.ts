import type { ScoreModel } from '../score-model.js';
import { fixedLevelsModel } from './fixed-levels.js';
import { heatBothModel, heatModel } from './heat.js';
import { consumedPyLiquidationMapModel, pyLiquidationMapModel } from './py-liquidation-map.js';
import { timeEvolvingModel } from './time-evolving.js';
import { uniformModel } from './uniform.js';

/** Every published recipe we compare ourselves with, by name; each call of a value makes a fresh model. */
export const BASELINES = {
  'uniform': uniformModel,
  'fixed-levels': fixedLevelsModel,
  'py-liquidation-map': () => pyLiquidationMapModel(),
  'py-liquidation-map-consumed': consumedPyLiquidationMapModel,
  'time-evolving': timeEvolvingModel,
  'heat': heatModel,
  'heat-both': heatBothModel,
} as const satisfies Readonly<Record<string, () => ScoreModel>>;

/** A name of `BASELINES`. */
export type BaselineName = keyof typeof BASELINES;

/** True when the text names a baseline. */
export function isBaselineName(text: string): text is BaselineName {
  return Object.hasOwn(BASELINES, text);
}
