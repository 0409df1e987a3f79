import { upperBound } from '../../numeric/binary-search.js';
import { deviationOf, meanOf } from '../statistics/paired-skill.js';

/** A liquidation that a venue reported: when and where. */
export interface LocatedPrint {
  readonly time: number;
  readonly price: number;
}

/** What a map held on the bins that price went through within the time it is judged by. */
export interface SweptBand {
  /** Ascending edges of the swept bins only. */
  readonly edges: Float64Array;
  /** Size per bin of the side that was swept. */
  readonly density: Float64Array;
}

/**
 * Where the print's bin stands among the swept bins by density, 0 (emptiest) to 1 (fullest); ties share their mean rank. Under
 * no knowledge of places the mean is 0.5, because the way of the price is given. NaN outside the band or with a single bin.
 */
export function printRank(print: LocatedPrint, { edges, density }: SweptBand): number {
  const bin = upperBound(edges, print.price) - 1;
  if (bin < 0 || bin >= density.length || density.length < 2) return Number.NaN;
  let below = 0;
  let tied = 0;
  for (let i = 0; i < density.length; i++) {
    if (i === bin) continue;
    if (density[i]! < density[bin]!) below++;
    else if (density[i]! === density[bin]!) tied++;
  }
  return (below + tied / 2) / (density.length - 1);
}

/** A rank and the day its print belongs to. */
export interface DatedRank {
  readonly day: number;
  readonly rank: number;
}

/** How far the mean rank lies from chance, with days as the unit: prints of one day are not independent. */
export interface RankSummary {
  readonly prints: number;
  readonly days: number;
  /** Mean over prints; 0.5 = no knowledge. */
  readonly meanRank: number;
  /** t of the daily means against 0.5; NaN below two days. */
  readonly t: number;
}

/** Sums ranks up; unknown ones are left out. */
export function summarizeRanks(ranks: readonly DatedRank[]): RankSummary {
  const known = ranks.filter(({ rank }) => !Number.isNaN(rank));
  const byDay = new Map<number, number[]>();
  for (const { day, rank } of known) byDay.set(day, [...(byDay.get(day) ?? []), rank]);
  const daily = [...byDay.values()].map(meanOf);
  return {
    prints: known.length,
    days: daily.length,
    meanRank: meanOf(known.map(({ rank }) => rank)),
    t: ((meanOf(daily) - 0.5) * Math.sqrt(daily.length)) / deviationOf(daily),
  };
}
