import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { LONG, SHORT } from '../exposure/exposure-map.js';
import { sweep } from '../exposure/sweep.js';
import { rowOfPrice } from '../grid/price-lattice.js';
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
