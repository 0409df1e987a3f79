import { sharedRows, sumOfBand, type RowBand } from './row-band.js';

/** Share of the smaller one's mass that two bands must have in common to be the same cluster. */
const SAME_SHARE = 0.5;

/** A band that had a name at the moment before. */
export interface NamedBand extends RowBand {
  readonly bornAt: number;
  /** Bands that a reader knows of choose before those that he does not. */
  readonly isTold: boolean;
}

/** Which band now is which band before; indices into the two lists, -1 for none. */
export interface BandMatch {
  /** For every band before, the band that it is now. */
  readonly now: readonly number[];
  /** For every band before without one, the band that holds most of its rows' mass. */
  readonly within: readonly number[];
}

/**
 * Names the bands of this moment after those before, one to one, by the mass they share now. Where one band fell into several,
 * its name stays with the part that has most of it; where several became one, the oldest name stays. What shares no mass but
 * touches (a thin band that moved by a row) is matched last.
 */
export function matchBands(
  before: readonly NamedBand[],
  found: readonly RowBand[],
  density: Float64Array,
  originRow: number,
): BandMatch {
  const now = before.map(() => -1);
  const within = before.map(() => -1);
  const taken = new Set<number>();
  const oldestFirst = before.map((_, i) => i).sort((a, b) => rankOf(before[a]!, before[b]!));
  const masses = found.map((band) => sumOfBand(density, originRow, band));
  for (const i of oldestFirst) {
    const shares = found.map((band, f) => sharedMass(before[i]!, band, masses[f]!, density, originRow));
    within[i] = bestOf(shares, () => true);
    const best = bestOf(shares, (f) => !taken.has(f));
    if (best < 0) continue;
    now[i] = best;
    taken.add(best);
  }
  for (const i of oldestFirst) {
    if (now[i]! >= 0 || within[i]! >= 0) continue;
    const { low, high } = before[i]!;
    const shares = found.map((band, f) =>
      sharedRows(band, before[i]!) === 0 && sharedRows(band, { low: low - 1, high: high + 1 }) > 0 ? masses[f]! : 0,
    );
    const best = bestOf(shares, (f) => !taken.has(f));
    if (best < 0) continue;
    now[i] = best;
    taken.add(best);
  }
  return { now, within };
}

function rankOf(a: NamedBand, b: NamedBand): number {
  return Number(b.isTold) - Number(a.isTold) || a.bornAt - b.bornAt || a.low - b.low;
}

/** Mass that two bands have in common, where it is most of either; else 0. */
function sharedMass(before: RowBand, band: RowBand, mass: number, density: Float64Array, originRow: number): number {
  if (sharedRows(before, band) === 0) return 0;
  const common = { low: Math.max(before.low, band.low), high: Math.min(before.high, band.high) };
  const shared = sumOfBand(density, originRow, common);
  const left = sumOfBand(density, originRow, before);
  return shared >= SAME_SHARE * Math.min(left, mass) ? shared : 0;
}

/** Index of the largest positive share that is free; of equals the first, which is nearest to the mark. */
function bestOf(shares: readonly number[], isFree: (index: number) => boolean): number {
  let best = -1;
  shares.forEach((share, f) => {
    if (share > 0 && isFree(f) && (best < 0 || share > shares[best]!)) best = f;
  });
  return best;
}
