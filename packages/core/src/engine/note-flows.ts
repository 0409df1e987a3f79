import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { LONG, SHORT } from '../exposure/exposure-map.js';
import { seedStock } from '../exposure/seed-stock.js';
import { wearStops } from '../exposure/stops.js';
import { sweep } from '../exposure/sweep.js';
import { latticePosition, rowOfPrice } from '../grid/price-lattice.js';
import { notionalUsd } from '../model/instrument.js';
import type { Liquidation } from '../model/market-event.js';
import type { InstrumentEstimate } from './instrument-estimate.js';

/** Reused: calls do not nest. */
const sweptNow = new Float64Array(2 * STRIP_COUNT);

/** The price that positions are judged by went through low..high: takes out of the books what that liquidates, and notes it for all who ask. */
export function sweepEstimate(
  { map, worn, flows, swept, sweptUnlearned }: InstrumentEstimate,
  low: number,
  high: number,
): void {
  worn.note(low, high);
  sweptNow.fill(0);
  sweep(map, low, high, sweptNow, flows.swept);
  flows.noteRange(low, high);
  for (let at = 0; at < sweptNow.length; at++) {
    if (sweptNow[at]! > 0) flows.isBusy = true;
    swept[at]! += sweptNow[at]!;
    sweptUnlearned[at]! += sweptNow[at]!;
  }
}

/** Notes a reported liquidation in the row of its price. */
export function noteEstimatePrint(
  estimate: InstrumentEstimate,
  { positionSide, price, size, seenTime }: Liquidation,
): void {
  const { isAnchored, map, learnedAt, spec, flows, prints } = estimate;
  const side = positionSide === 'long' ? LONG : SHORT;
  const row = isAnchored ? rowOfPrice(price) - map.origin : Number.NaN;
  const elapsedMs = Number.isNaN(learnedAt) ? 0 : seenTime - learnedAt;
  const usd = notionalUsd(spec.kind, size, price);
  flows.notePrint(side, row, usd, (leastMs) => prints.credit(Math.max(leastMs, elapsedMs)));
}

/** Places the stock that stood before the first report of open interest (contract units). */
export function seedEstimate(estimate: InstrumentEstimate, size: number, time: number): void {
  const { map, earlier, earlierSince } = estimate;
  seedStock(map, { size, time, mark: estimate.priceAt(time), earlier, earlierSince });
  earlier.clear();
}

/** Closes what stops have closed; returns its mean of both sides, contract units. Price has to have moved, or time to have passed. */
export function wearEstimateStops({ map, worn }: InstrumentEstimate, stoppedShare: number, time: number): number {
  if (stoppedShare === 0 || !worn.isDue(time)) return 0;
  const lost = new Float64Array(2 * STRIP_COUNT);
  wearStops(map, LONG, latticePosition(worn.low) - map.origin, stoppedShare, lost);
  wearStops(map, SHORT, latticePosition(worn.high) - map.origin, stoppedShare, lost);
  worn.restart(time);
  return map.meanOfSides(lost);
}
