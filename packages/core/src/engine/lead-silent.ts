import type { DistanceDoubt } from '../exposure/learn-distances.js';
import { MS_PER_HOUR } from '../model/units.js';
import type { InstrumentEstimate } from './instrument-estimate.js';

/** A venue whose price has not been seen for so long is silent: S20's limit of what is stale. */
const SILENT_MS = 30_000;
/** Prices seen within this of each other tell the basis. */
const TOGETHER_MS = 2_000;
/** Squared relative doubt that an hour of silence adds to all a venue holds, and the most that silence adds. Chosen, not measured. */
const DOUBT_PER_HOUR = 0.05;
const MOST_DOUBT = 0.5;

/**
 * Positions of a venue that has gone silent are still there, and price passes them as it does elsewhere: the reference's price, less
 * the basis as it last was, stands in for the venue's own until that speaks again. Nothing leads the reference.
 */
export function leadSilent(
  estimates: Iterable<InstrumentEstimate>,
  reference: InstrumentEstimate | undefined,
  time: number,
): void {
  if (reference === undefined) return;
  const price = reference.priceAt(time);
  if (!(price > 0)) return;
  for (const estimate of estimates) {
    if (estimate === reference || !estimate.isAnchored) continue;
    if (Math.abs(estimate.priceSeen - reference.priceSeen) <= TOGETHER_MS) {
      const own = estimate.priceAt(time);
      if (own > 0) estimate.basis = price / own;
    } else if (isSilent(estimate, time) && !isSilent(reference, time) && estimate.basis > 0) {
      estimate.lead(price / estimate.basis, time);
    }
  }
}

function isSilent({ priceSeen, markUntil }: InstrumentEstimate, time: number): boolean {
  return time - priceSeen > SILENT_MS && time > markUntil;
}

/** What is doubted of a venue that has been silent for a while: all of it more, its places no less than before. */
export function widerWhileSilent(doubt: DistanceDoubt, silentMs: number): DistanceDoubt {
  if (silentMs === 0) return doubt;
  const more = Math.min(MOST_DOUBT, (DOUBT_PER_HOUR * silentMs) / MS_PER_HOUR);
  return { ...doubt, sides: doubt.sides.map((doubted) => doubted + more) };
}
