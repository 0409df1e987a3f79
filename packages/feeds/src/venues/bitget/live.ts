import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { bitget } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { bitgetRest } from './rest.js';
import { bitgetWire } from './subscribe.js';

/** Bitget contracts in USDT, live. */
export const bitgetLive = liveVenueOf(
  streamedRules({
    venue: 'bitget',
    name: 'Bitget',
    adapter: bitget,
    wire: bitgetWire,
    createRest: bitgetRest,
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
