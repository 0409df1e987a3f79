import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { deribit } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { deribitRest } from './rest.js';
import { deribitWire } from './subscribe.js';

/** Deribit, live: perpetuals, inverse and linear. */
export const deribitLive = liveVenueOf(
  streamedRules({
    venue: 'deribit',
    name: 'Deribit',
    adapter: deribit,
    wire: deribitWire,
    createRest: deribitRest,
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
