import { logHazardError, sorted, type AgeHazard, type ExitLaw } from './exit-law.js';
import { minimize } from './minimize.js';

/** Least squares on log hazard, started from a law; rates and weights are free, weights sum to 1. */
export function fitHazards(table: readonly AgeHazard[], start: ExitLaw): ExitLaw {
  const count = start.ratesPerHour.length;
  const from = [...start.ratesPerHour.map(Math.log), ...start.weights.map(Math.log)];
  const lawOf = (point: readonly number[]): ExitLaw => {
    const raw = point.slice(count).map((value) => Math.exp(value));
    const total = raw.reduce((sum, value) => sum + value, 0);
    return {
      ratesPerHour: point.slice(0, count).map((value) => Math.exp(value)),
      weights: raw.map((value) => value / total),
    };
  };
  return sorted(lawOf(minimize((point) => logHazardError(lawOf(point), table), from)));
}
