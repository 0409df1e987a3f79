import { MS_PER_HOUR } from '../model/units.js';

/** Memory of the ratio of longs: single reports are noisy. */
const MEMORY_MS = MS_PER_HOUR;
/** Books are weighted anew when the ratio has moved by this much. */
const LEAST_MOVE = 0.005;

/** Whether a ratio differs enough from the one in use to be taken over. */
export function isMoved(longShare: number, inUse: number): boolean {
  return Math.abs(longShare - inUse) >= LEAST_MOVE;
}

/** Shares nearer to 0 or 1 say no more than these, and the books' own imbalance is undone up to this factor. */
const LEAST_SHARE = 0.02;
const MOST_CORRECTION = 4;

/**
 * Share of longs among what is opened that makes the standing share the one a venue tells. Its ratio is of positions that stand,
 * and the books know already whose were swept and stopped: their share without any ratio, `ofBooks`, is taken out of the odds.
 */
export function openedShare(told: number, ofBooks: number): number {
  const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, told));
  const imbalance = Math.min(MOST_CORRECTION, Math.max(1 / MOST_CORRECTION, ofBooks / (1 - ofBooks)));
  const odds = share / (1 - share) / imbalance;
  return odds / (1 + odds);
}

/** The venue's ratio of longs among positions, smoothed. */
export class SideRatio {
  /** Share of longs, NaN before the first report, and when it was last told. */
  longShare = Number.NaN;
  toldAt = Number.NaN;

  /** Takes a report in and gives the smoothed share. */
  note(longShare: number, time: number): number {
    const isFirst = Number.isNaN(this.longShare);
    const kept = isFirst ? 0 : Math.exp(-Math.max(0, time - this.toldAt) / MEMORY_MS);
    this.longShare = isFirst ? longShare : longShare + (this.longShare - longShare) * kept;
    this.toldAt = time;
    return this.longShare;
  }
}
