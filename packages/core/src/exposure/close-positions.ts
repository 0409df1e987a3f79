import { CLASS_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT, survival, survivalOutOfReach } from '../cohorts/exits.js';
import { ExposureMap, type SideIndex } from './exposure-map.js';

/** Size of one side that would be closed voluntarily within a time, contract units. */
export function expectedCloses(map: ExposureMap, side: SideIndex, elapsedMs: number): number {
  let closes = 0;
  for (let r = 0; r < RATE_COUNT; r++) {
    closes += map.outOfReach[side * RATE_COUNT + r]! * (1 - survivalOutOfReach(r, elapsedMs));
    for (let k = 0; k < CLASS_COUNT; k++) {
      const part = ExposureMap.part(side, k, r);
      closes += (map.sumOfPart(part) + map.beyond[part]!) * (1 - survival(k, r, elapsedMs));
    }
  }
  return closes;
}

/** Closes voluntarily what `expectedCloses` says, times `share` (0..1). */
export function closePositions(map: ExposureMap, side: SideIndex, elapsedMs: number, share: number): void {
  for (let r = 0; r < RATE_COUNT; r++) {
    map.outOfReach[side * RATE_COUNT + r]! *= 1 - share * (1 - survivalOutOfReach(r, elapsedMs));
    for (let k = 0; k < CLASS_COUNT; k++) {
      map.scalePart(ExposureMap.part(side, k, r), 1 - share * (1 - survival(k, r, elapsedMs)));
    }
  }
}
