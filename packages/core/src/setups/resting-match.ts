import type { Cluster } from '../model/cluster.js';
import { notionalUsd, priceOfTicks, type Instrument } from '../model/instrument.js';
import type { Price, UnixMs } from '../model/units.js';
import type { RestingLevels } from './resting-levels.js';
import type { RestingMatch } from './setup-input.js';
import { SETUP_DEFAULTS, type SetupParameters } from './setup-parameters.js';

/**
 * The large order of one book that says most about a cluster, in prices of the reference venue. Forced selling of longs meets
 * bids, forced buying of shorts asks. `priceRatio` is the reference venue's mark over this venue's. Undefined when the book
 * does not reach the cluster or is too old.
 */
export function restingMatch(
  levels: RestingLevels,
  cluster: Pick<Cluster, 'side' | 'low' | 'high'>,
  seenTime: UnixMs,
  instrument: Pick<Instrument, 'kind' | 'tickSize'>,
  priceRatio = 1,
  parameters: SetupParameters = SETUP_DEFAULTS,
): RestingMatch | undefined {
  const side = cluster.side === 'long' ? 'bid' : 'ask';
  const tickSize = Number(instrument.tickSize);
  const ticksPerPrice = 1 / (priceRatio * tickSize);
  const low = cluster.low * ticksPerPrice;
  const { maxRestingDistance } = parameters;
  // Measured at the order itself, as the condition does, on the side where that is tighter: what is chosen here passes there.
  const band = { low, high: cluster.high * ticksPerPrice, gap: (low * maxRestingDistance) / (1 + maxRestingDistance) };
  const near = levels.near(side, band, seenTime, parameters.minRestingMs);
  if (near === undefined) return undefined;
  const { ticks, size, percentile, persistedMs } = near;
  if (ticks === undefined || size === undefined)
    return { side, price: undefined, notional: undefined, percentile, persistedMs };
  const price = priceOfTicks(ticks, tickSize);
  return {
    side,
    price: (price * priceRatio) as Price,
    notional: notionalUsd(instrument.kind, size, price),
    percentile,
    persistedMs,
  };
}
