import { RATE_COUNT, survivalOf } from '../cohorts/exits.js';
import type { ExposureMap, SideIndex } from './exposure-map.js';

/** Size of one side that would be closed voluntarily within a time, contract units. */
export function expectedCloses(map: ExposureMap, side: SideIndex, elapsedMs: number): number {
  let closes = 0;
  for (let r = 0; r < RATE_COUNT; r++) {
    const standing = map.inReachOfRate(side, r) + map.outOfReachOfRate(side, r);
    closes += standing * (1 - survivalOf(r, elapsedMs));
  }
  return closes;
}

/** Closes voluntarily what `expectedCloses` says, times `share` (0..1). */
export function closePositions(map: ExposureMap, side: SideIndex, elapsedMs: number, share: number): void {
  for (let r = 0; r < RATE_COUNT; r++) map.scaleRate(side, r, 1 - share * (1 - survivalOf(r, elapsedMs)));
}
