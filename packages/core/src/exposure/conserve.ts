import { RATE_COUNT } from '../cohorts/exits.js';
import { PARTS, type ExposureMap, type SideIndex } from './exposure-map.js';

/** Scales one side so that all its places together hold `target` (contract units). A side without mass is left alone. */
export function conserve(map: ExposureMap, side: SideIndex, target: number): void {
  const sum = map.sumOfSide(side);
  if (!(sum > 0)) return;
  scaleSide(map, side, target / sum);
}

/** Multiplies everything one side holds, `unattributed` excepted. */
export function scaleSide(map: ExposureMap, side: SideIndex, by: number): void {
  for (let part = side * PARTS; part < (side + 1) * PARTS; part++) map.scalePart(part, by);
  for (let r = 0; r < RATE_COUNT; r++) map.outOfReach[side * RATE_COUNT + r]! *= by;
}
