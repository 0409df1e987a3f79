import type { VenueAdapter } from './feed.js';
import { aster } from './venues/aster/index.js';
import { binanceCoinm } from './venues/binance-coinm/index.js';
import { binance } from './venues/binance/index.js';
import { bybitInverse } from './venues/bybit-inverse/index.js';
import { bybit } from './venues/bybit/index.js';
import { bitget } from './venues/bitget/index.js';
import { deribit } from './venues/deribit/index.js';
import { gate } from './venues/gate/index.js';
import { htx } from './venues/htx/index.js';
import { hyperliquid } from './venues/hyperliquid/index.js';
import { kraken } from './venues/kraken/index.js';
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
  hyperliquid,
  bitget,
  gate,
  deribit,
  kraken,
  htx,
  aster,
];
