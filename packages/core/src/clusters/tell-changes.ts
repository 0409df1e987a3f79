import type { ClusterChangeKind } from '../model/cluster.js';
import type { ClusterLimits } from './cluster-limits.js';
import { distanceRatio, type ClusterTrack } from './cluster-track.js';

/** Makes a track known to readers: from here on, changes are measured against what it is now. In place. */
export function tellAppeared(track: ClusterTrack, mark: number, limits: ClusterLimits): void {
  track.isTold = true;
  track.told.energy = track.energy;
  track.told.middle = track.quartiles[1];
  track.told.isNear = distanceRatio(track, mark) <= limits.approachDistance;
}

/** Which changes of a told track are due now; each counts as told by this. In place. */
export function dueChanges(
  track: ClusterTrack,
  time: number,
  mark: number,
  limits: ClusterLimits,
): readonly ClusterChangeKind[] {
  const { told } = track;
  const isFree = (at: number | null): boolean => at === null || time - at >= limits.cooldownMs;
  const due: ClusterChangeKind[] = [];
  if (track.energy >= limits.growFactor * told.energy && track.energy > told.energy && isFree(told.growAt)) {
    due.push('grow');
    told.growAt = time;
    told.energy = track.energy;
  }
  const middle = track.quartiles[1];
  if (Math.abs(middle - told.middle) >= limits.moveRows && isFree(told.moveAt)) {
    due.push('move');
    told.moveAt = time;
    told.middle = middle;
  }
  const distance = distanceRatio(track, mark);
  if (distance > limits.approachDistance * limits.approachAgain) told.isNear = false;
  else if (!told.isNear && distance <= limits.approachDistance && isFree(told.approachAt)) {
    due.push('approach');
    told.approachAt = time;
    told.isNear = true;
  }
  return due;
}
