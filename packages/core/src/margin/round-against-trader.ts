import type { PositionSide } from '../model/market-event.js';
import { priceOfTicks } from '../model/instrument.js';
import type { Price, PriceTicks } from '../model/units.js';
import { requirePositive } from './margin-input.js';

/** A price this close to a tick, in ticks and relatively, is that tick: binary fractions are not a reason to move one further. */
const ON_TICK = 1e-13;

/**
 * A liquidation price as a venue shows it: moved to the next tick toward the market, up for a long and down for a short.
 * Bybit's example: 5739.08 of a long at tick 0.5 is shown as 5739.50 (help center, inverse contract, cross margin).
 */
export function roundAgainstTrader(price: Price, side: PositionSide, tickSize: number): Price {
  requirePositive('Tick size', tickSize);
  requirePositive('Price', price);
  const ticks = price / tickSize;
  const nearest = Math.round(ticks);
  if (Math.abs(ticks - nearest) <= ON_TICK * Math.max(1, ticks)) return priceOfTicks(nearest as PriceTicks, tickSize);
  return priceOfTicks((side === 'long' ? Math.ceil(ticks) : Math.floor(ticks)) as PriceTicks, tickSize);
}
