import type { PositionSide, TakerSide } from '../model/market-event.js';

/** Side of the market order that closes a position by force: longs sell, shorts buy, in linear and inverse contracts alike. */
export function forcedTakerSide(side: PositionSide): TakerSide {
  return side === 'long' ? 'sell' : 'buy';
}

/** Where market orders of a taker side move the price: -1 down, +1 up. */
export function priceDirection(takerSide: TakerSide): -1 | 1 {
  return takerSide === 'sell' ? -1 : 1;
}
