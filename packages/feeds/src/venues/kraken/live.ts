import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { kraken } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { krakenRest } from './rest.js';
import { krakenWire } from './subscribe.js';

/** Kraken Futures, live. */
export const krakenLive = liveVenueOf(
  streamedRules({
    venue: 'kraken',
    name: 'Kraken Futures',
    adapter: kraken,
    wire: krakenWire,
    createRest: krakenRest,
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
