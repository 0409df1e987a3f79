import type { ClusterOutcome } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import type { Price, UnixMs, Usd } from '../model/units.js';
import { advancedMoves, areMovesOver, toldMoves } from './moves-after-touch.js';

/** Outcomes kept when the host does not choose: 30 days of 16 a day. A host that wants another span chooses another number. */
const DEFAULT_KEPT = 500;

/** Which outcomes are asked for; what is left out does not matter. */
export interface OutcomeFilter {
  readonly side?: PositionSide;
  readonly end?: ClusterOutcome['end'];
  readonly isTouched?: boolean;
  /** Ended at or after, and before. */
  readonly from?: UnixMs;
  readonly to?: UnixMs;
  readonly leastPeakEnergy?: Usd;
  /** Without clusters that an older one took over: their exposure stayed in the market. */
  readonly isMergeLeftOut?: boolean;
}

/** Everything an archive goes on from, as plain data that JSON can carry. */
export interface ClusterArchiveState {
  readonly time: number | null;
  readonly outcomes: readonly ClusterOutcome[];
}

/** The newest outcomes, whose moves after the touch it completes as time passes. */
export class ClusterArchive {
  readonly capacity: number;
  #time: number | null = null;
  #outcomes: ClusterOutcome[] = [];

  constructor(capacity = DEFAULT_KEPT) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be a whole number of at least 1, was ${capacity}`);
    }
    this.capacity = capacity;
  }

  /** Completes what is known by now of the mark after each touch, then takes the outcomes of this moment in. */
  update(time: UnixMs, mark: Price, ended: readonly ClusterOutcome[]): void {
    if (this.#time !== null && time < this.#time) {
      throw new RangeError(`time must not decrease, was ${time} after ${this.#time}`);
    }
    if (mark > 0) this.#outcomes = this.#outcomes.map((outcome) => completed(outcome, time, mark));
    this.#time = time;
    if (ended.length > 0) this.#outcomes = [...this.#outcomes, ...ended].slice(-this.capacity);
  }

  /** Outcomes that pass the filter, oldest end first. */
  outcomes(filter: OutcomeFilter = {}): readonly ClusterOutcome[] {
    return this.#outcomes.filter((outcome) => passes(outcome, filter));
  }

  /** How the cluster of this id ended; undefined where that is not kept. */
  find(id: string): ClusterOutcome | undefined {
    return this.#outcomes.find((outcome) => outcome.id === id);
  }

  /** A copy of everything it holds. */
  state(): ClusterArchiveState {
    return { time: this.#time, outcomes: this.#outcomes };
  }

  /** Goes on from a state that `state()` gave, also where JSON dropped its undefined fields; keeps the newest that fit. */
  restore({ time, outcomes }: ClusterArchiveState): void {
    this.#time = time;
    this.#outcomes = outcomes.slice(-this.capacity).map((outcome) => ({
      ...outcome,
      mergedInto: outcome.mergedInto,
      touchedAt: outcome.touchedAt,
      touchMark: outcome.touchMark,
      moves: outcome.moves.map(({ afterMs, move }) => ({ afterMs, move })),
    }));
  }
}

function completed(outcome: ClusterOutcome, time: number, mark: number): ClusterOutcome {
  const { touchedAt, touchMark, moves, side } = outcome;
  if (touchedAt === undefined || touchMark === undefined || areMovesOver(touchedAt, time)) return outcome;
  const touch = { touchedAt, mark: touchMark, moves: moves.map(({ move }) => move ?? null) };
  const advanced = advancedMoves(touch, side, time, mark);
  if (advanced.every((move, i) => move === touch.moves[i])) return outcome;
  return { ...outcome, moves: toldMoves({ ...touch, moves: advanced }) };
}

function passes(outcome: ClusterOutcome, filter: OutcomeFilter): boolean {
  const { side, end, isTouched, isMergeLeftOut } = filter;
  return (
    (side === undefined || outcome.side === side) &&
    (end === undefined || outcome.end === end) &&
    (isTouched === undefined || (outcome.touchedAt !== undefined) === isTouched) &&
    (isMergeLeftOut !== true || outcome.mergedInto === undefined) &&
    isWithin(outcome, filter)
  );
}

function isWithin({ endedAt, peakEnergy }: ClusterOutcome, { from, to, leastPeakEnergy }: OutcomeFilter): boolean {
  return endedAt >= (from ?? -Infinity) && endedAt < (to ?? Infinity) && peakEnergy >= (leastPeakEnergy ?? 0);
}
