import { bothSides, mustMatch, sumOf, type SideBins } from '../score-bins.js';

/**
 * Earth mover's distance between two densities after each is scaled to 1: the mean way a share of one has to travel to become
 * the other, `binWidth` x sum of |F - G| over the bins. An empty estimate counts as an even one, since it says nothing; NaN
 * where the truth is empty.
 */
export function earthMoverDistance(estimate: Float64Array, truth: Float64Array, binWidth: number): number {
  mustMatch(estimate, truth);
  const truthSum = sumOf(truth);
  if (!(truthSum > 0)) return Number.NaN;
  const estimateSum = sumOf(estimate);
  let difference = 0;
  let distance = 0;
  for (let i = 0; i < truth.length; i++) {
    const share = estimateSum > 0 ? estimate[i]! / estimateSum : 1 / truth.length;
    difference += share - truth[i]! / truthSum;
    distance += Math.abs(difference);
  }
  return distance * binWidth;
}

/** Distance of the signed density: long and short together on one axis, so that a wrong split between the sides costs. */
export function signedEarthMoverDistance(estimate: SideBins, truth: SideBins, binWidth: number): number {
  return earthMoverDistance(bothSides(estimate), bothSides(truth), binWidth);
}

/**
 * Distance inside the sides: each side scaled to 1 by itself, averaged by true mass, so that the split does not count. The bins
 * lie evenly around the price: longs are compared on the lower half, shorts on the upper.
 */
export function sideEarthMoverDistance(estimate: SideBins, truth: SideBins, binWidth: number): number {
  mustMatch(estimate.long, truth.long);
  const half = truth.long.length / 2;
  const sides = [
    [estimate.long.slice(0, Math.ceil(half)), truth.long.slice(0, Math.ceil(half))],
    [estimate.short.slice(Math.floor(half)), truth.short.slice(Math.floor(half))],
  ] as const;
  let weighted = 0;
  let mass = 0;
  for (const [own, real] of sides) {
    const weight = sumOf(real);
    if (!(weight > 0)) continue;
    weighted += weight * earthMoverDistance(own, real, binWidth);
    mass += weight;
  }
  return mass > 0 ? weighted / mass : Number.NaN;
}
