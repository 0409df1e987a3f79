import type { CascadeOutcome, OutcomeSource, RetracementRates } from '../model/setup.js';
import type { DurationMs } from '../model/units.js';
import { MIN_CASES } from './outcome-rate.js';
import { quantileOf } from './quantile.js';

/**
 * How much of recorded cascades was undone `afterMs` after their extreme (S56): median and quartiles, on the log-price axis,
 * at that moment and not at the best one in between, which nobody could have known. Below 0 the price went on.
 */
export function retracementRates(
  archive: readonly CascadeOutcome[],
  afterMs: number,
  source: OutcomeSource,
): RetracementRates {
  const shares = Float64Array.from(
    archive.flatMap((cascade) => {
      const share = retracedShare(cascade, afterMs);
      return share === undefined ? [] : [share];
    }),
  ).sort();
  const at = (quantile: number) => (shares.length < MIN_CASES ? undefined : quantileOf(shares, quantile));
  return {
    afterMs: afterMs as DurationMs,
    n: shares.length,
    median: at(0.5),
    quartileLow: at(0.25),
    quartileHigh: at(0.75),
    source,
  };
}

/** Share of the move from start to extreme that was undone; undefined without a move or before the moment is known. */
function retracedShare(cascade: CascadeOutcome, afterMs: number): number | undefined {
  const price = cascade.after.find((candidate) => candidate.afterMs === afterMs)?.price;
  if (price === undefined || !(price > 0)) return undefined;
  const move = Math.log(cascade.extremePrice / cascade.startPrice);
  const isWithForcedOrders = cascade.side === 'long' ? move < 0 : move > 0;
  return isWithForcedOrders ? -Math.log(price / cascade.extremePrice) / move : undefined;
}
