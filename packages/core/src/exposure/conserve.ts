import { RATE_COUNT } from '../cohorts/exits.js';
import type { ExposureMap, SideIndex } from './exposure-map.js';

/** Scales one side's books so that all its places together hold `target` (contract units). A side without mass is left alone. */
export function conserve(map: ExposureMap, side: SideIndex, target: number): void {
  const sum = map.sumInReach(side) + map.sumOutOfReach(side);
  if (!(sum > 0)) return;
  for (let r = 0; r < RATE_COUNT; r++) map.scaleRate(side, r, target / sum);
}
