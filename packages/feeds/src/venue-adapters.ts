import type { VenueAdapter } from './feed.js';
import { aster } from './venues/aster/index.js';
import { binanceCoinm } from './venues/binance-coinm/index.js';
import { binance } from './venues/binance/index.js';
import { bybitInverse } from './venues/bybit-inverse/index.js';
import { bybit } from './venues/bybit/index.js';
import { okxInverse } from './venues/okx-inverse/index.js';
import { okx } from './venues/okx/index.js';

/** Every venue whose recordings can be read. */
export const venueAdapters: readonly VenueAdapter[] = [
  binance,
  binanceCoinm,
  bybit,
  bybitInverse,
  okx,
  okxInverse,
  aster,
];
