import type { ClusterOutcome } from '../model/cluster.js';
import type { OutcomeSource, TouchRates } from '../model/setup.js';
import type { DurationMs } from '../model/units.js';
import { rateOf } from './outcome-rate.js';

/** A move that counts, as a share of the average true range at the touch (S35). */
const MOVE_PER_RANGE = 0.25;
/** When a touch is judged: 5, 15 and 60 minutes after it (S35). */
export const TOUCH_HORIZONS_MS = [300_000, 900_000, 3_600_000] as const;

/**
 * How often price went on through a touched cluster and how often it came back, by archived outcomes (S35). A move of a
 * quarter of the average true range decides; smaller ones are neither. `rangeOf` is that range at the touch as a fraction of
 * the price; an outcome without it, without a touch, or whose move is not known yet does not count.
 */
export function touchRates(
  outcomes: readonly ClusterOutcome[],
  afterMs: number,
  rangeOf: (outcome: ClusterOutcome) => number | undefined,
  source: OutcomeSource,
): TouchRates {
  const inRanges = outcomes.map((outcome) => moveInRanges(outcome, afterMs, rangeOf(outcome)));
  return {
    afterMs: afterMs as DurationMs,
    broke: rateOf(inRanges, (move) => (move === undefined ? undefined : move >= MOVE_PER_RANGE), source),
    bounced: rateOf(inRanges, (move) => (move === undefined ? undefined : move <= -MOVE_PER_RANGE), source),
  };
}

function moveInRanges(outcome: ClusterOutcome, afterMs: number, range: number | undefined): number | undefined {
  if (outcome.touchedAt === undefined || range === undefined || !(range > 0)) return undefined;
  const move = outcome.moves.find((candidate) => candidate.afterMs === afterMs)?.move;
  return move === undefined || !Number.isFinite(move) ? undefined : move / range;
}
