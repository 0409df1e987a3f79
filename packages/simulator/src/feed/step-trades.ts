import type { TakerSide } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';
import type { ForcedClose, VenueMarket } from '../venue-market.js';

/** Fast traders' prints a second in a usual market. */
const CHURN_PRINTS_PER_SECOND = 3.5;
/** An order this many times the mean size of fast prints walks one level further. */
const LEVEL_FACTOR = 3;
const MAX_FILLS = 6;
/** Noise of the path within a step, in standard deviations of the step. */
const PATH_NOISE = 0.4;

/** One public trade before it has an id and times; size in whole size steps, price in ticks. */
export interface StepTrade {
  readonly moment: number;
  readonly takerSide: TakerSide;
  readonly size: number;
  readonly priceTicks: number;
}

/** A forced close as it filled; price is the size-weighted mean of its fills. */
export interface ForcedFill {
  readonly forced: ForcedClose;
  readonly moment: number;
  readonly price: number;
}

/** Everything a venue traded within its last step, by moment. */
export interface StepTrades {
  readonly trades: readonly StepTrade[];
  readonly forced: readonly ForcedFill[];
}

interface Pending {
  readonly moment: number;
  readonly takerSide: TakerSide;
  readonly size: number;
  readonly forced: ForcedClose | undefined;
}

/** Splits a step's orders and churn into public trades along the price's path; sizes sum to what the market traded. */
export function tradesOfStep(
  venue: VenueMarket,
  stepMs: number,
  sigma: number,
  activity: number,
  random: MarketRandom,
): StepTrades {
  const pending: Pending[] = [...venue.orders];
  const mean = (CHURN_PRINTS_PER_SECOND * Math.sqrt(activity) * stepMs) / 2000;
  splitChurn(pending, 'buy', venue.churn.bought, mean, random);
  splitChurn(pending, 'sell', venue.churn.sold, mean, random);
  pending.sort((a, b) => a.moment - b.moment);
  const usual = Math.max(1, (venue.churn.bought + venue.churn.sold) / Math.max(1, 2 * mean));
  const trades: StepTrade[] = [];
  const forced: ForcedFill[] = [];
  const logPath = Math.log(venue.last / venue.lastBefore);
  for (const order of pending) {
    const bridge = PATH_NOISE * sigma * Math.sqrt(order.moment * (1 - order.moment)) * random.normal();
    const middle = (venue.lastBefore * Math.exp(logPath * order.moment + bridge)) / venue.tickSize;
    const price = fill(order, middle, usual, random, trades) * venue.tickSize;
    if (order.forced !== undefined) forced.push({ forced: order.forced, moment: order.moment, price });
  }
  return { trades, forced };
}

/** Appends one order's fills, each a level worse than the one before; returns their mean price in ticks. */
function fill(order: Pending, middle: number, usual: number, random: MarketRandom, trades: StepTrade[]): number {
  const { moment, takerSide, size } = order;
  const best = takerSide === 'buy' ? Math.floor(middle) + 1 : Math.ceil(middle) - 1;
  const away = takerSide === 'buy' ? 1 : -1;
  const levels = 1 + Math.floor(Math.log2(1 + size / (LEVEL_FACTOR * usual)));
  const fills = Math.min(size, MAX_FILLS, levels);
  let left = size;
  let paid = 0;
  for (let i = 0; i < fills; i++) {
    const part =
      i === fills - 1
        ? left
        : Math.max(1, Math.min(left - (fills - 1 - i), Math.round((left / (fills - i)) * random.between(0.5, 1.5))));
    const priceTicks = Math.max(1, best + away * i);
    trades.push({ moment, takerSide, size: part, priceTicks });
    paid += part * priceTicks;
    left -= part;
  }
  return paid / size;
}

function splitChurn(
  pending: Pending[],
  takerSide: TakerSide,
  total: number,
  meanCount: number,
  random: MarketRandom,
): void {
  let count = Math.min(total, Math.max(1, random.poisson(meanCount)));
  let left = total;
  for (; count > 0; count--) {
    const part =
      count === 1
        ? left
        : Math.min(left - (count - 1), Math.max(1, Math.round((left / count) * random.exponential(1))));
    pending.push({ moment: random.uniform(), takerSide, size: part, forced: undefined });
    left -= part;
  }
}
