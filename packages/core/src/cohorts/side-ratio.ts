import { MS_PER_HOUR } from '../model/units.js';

/** Memory of the ratio of longs: single reports are noisy. */
const MEMORY_MS = MS_PER_HOUR;
/** Populations that report at one moment count as if this far apart, so that none replaces the other. */
const LEAST_STEP_MS = 150_000;

/** Books are weighted anew when the ratio has moved by this much. */
const LEAST_MOVE = 0.005;

/** Whether a ratio differs enough from the one in use to be taken over. */
export function isMoved(longShare: number, inUse: number): boolean {
  return Math.abs(longShare - inUse) >= LEAST_MOVE;
}

/** The venue's ratio of longs, all populations smoothed together. */
export class SideRatio {
  /** Share of longs, NaN before the first report, and when it was last told. */
  longShare = Number.NaN;
  toldAt = Number.NaN;

  /** Takes a report in and gives the smoothed share. */
  note(longShare: number, time: number): number {
    const isFirst = Number.isNaN(this.longShare);
    const kept = isFirst ? 0 : Math.exp(-Math.max(time - this.toldAt, LEAST_STEP_MS) / MEMORY_MS);
    this.longShare = isFirst ? longShare : longShare + (this.longShare - longShare) * kept;
    this.toldAt = time;
    return this.longShare;
  }
}
