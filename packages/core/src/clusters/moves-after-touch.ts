import type { ClusterOutcome } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import { MS_PER_MINUTE, type DurationMs, type Price, type UnixMs } from '../model/units.js';

/** When the mark is looked at after it first reached a band: 1, 5, 15 and 60 minutes. */
export const MOVE_TIMES_MS: readonly DurationMs[] = [1, 5, 15, 60].map(
  (minutes) => (minutes * MS_PER_MINUTE) as DurationMs,
);
/** A mark seen later than this share of the time past its moment does not stand for it. Chosen, not measured. */
const LATEST_SHARE = 0.2;

/** First touch of a band and what the mark has done since; `moves[i]` belongs to `MOVE_TIMES_MS[i]`, null while not known. */
export interface TouchMoves {
  readonly touchedAt: UnixMs;
  /** Mark at the end of the moment in which the band was reached. */
  readonly mark: Price;
  moves: readonly (number | null)[];
}

/** Begins to follow the mark from a touch. */
export function beginMoves(touchedAt: UnixMs, mark: Price): TouchMoves {
  return { touchedAt, mark, moves: MOVE_TIMES_MS.map(() => null) };
}

/** What the mark did by every time of interest, as far as it is known once it is `mark` at `time`. */
export function advancedMoves(
  touch: TouchMoves,
  side: PositionSide,
  time: number,
  mark: number,
): readonly (number | null)[] {
  return touch.moves.map((move, i) => {
    const afterMs = MOVE_TIMES_MS[i]!;
    const due = touch.touchedAt + afterMs;
    if (move !== null || time < due || time > due + LATEST_SHARE * afterMs) return move;
    const rise = Math.log(mark / touch.mark);
    return side === 'short' ? rise : 0 - rise;
  });
}

/** The moves as an outcome tells them. */
export function toldMoves(touch: TouchMoves | null): ClusterOutcome['moves'] {
  return MOVE_TIMES_MS.map((afterMs, i) => ({ afterMs, move: touch?.moves[i] ?? undefined }));
}

/** The last time of interest has passed, so that nothing more can become known. */
export function areMovesOver(touchedAt: number, time: number): boolean {
  const last = MOVE_TIMES_MS.at(-1) ?? 0;
  return time > touchedAt + last * (1 + LATEST_SHARE);
}
