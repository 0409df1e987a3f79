import type { EntryProfile } from '../cohorts/entry-profile.js';
import { RATE_COUNT, STATIONARY_SHARES, stationaryAgeMs } from '../cohorts/exits.js';
import { walkedProfile } from '../cohorts/walked-profile.js';
import { SIDES, type ExposureMap } from './exposure-map.js';
import { openPositions } from './open-positions.js';

/** What is known of a market when its open interest is first reported. */
export interface UnknownPast {
  /** Open interest, contract units. */
  readonly size: number;
  /** Unix ms. */
  readonly time: number;
  /** Price positions are judged by. */
  readonly mark: number;
  /** Volume by price seen so far, and since when (Unix ms, NaN = none). */
  readonly earlier: EntryProfile;
  readonly earlierSince: number;
}

/**
 * Places the stock that stood before the first report, with the ages of an evenly turned stock. Positions younger than the
 * history seen were entered where volume was; older ones anywhere the price may have come from.
 */
export function seedStock(map: ExposureMap, { size, time, mark, earlier, earlierSince }: UnknownPast): void {
  const missing = SIDES.map((side) => size - map.sumInReach(side) - map.sumOutOfReach(side));
  for (let r = 0; r < RATE_COUNT; r++) {
    const ageMs = stationaryAgeMs(r);
    const isSeen = earlier.total > 0 && ageMs <= time - earlierSince;
    const profile = isSeen ? earlier : walkedProfile(mark, ageMs);
    const birth = time - ageMs;
    for (const side of SIDES) {
      openPositions(map, side, { size: missing[side]!, profile, mark, shares: STATIONARY_SHARES, onlyRate: r, birth });
    }
  }
}
