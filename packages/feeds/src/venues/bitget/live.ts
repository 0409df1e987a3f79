import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { ratioPoll } from '../../ratio-call.js';
import { bitget } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { BITGET_RATIOS } from './ratios.js';
import { bitgetRest } from './rest.js';
import { bitgetWire } from './subscribe.js';

/** Bitget contracts in USDT, live. */
export const bitgetLive = liveVenueOf(
  streamedRules({
    venue: 'bitget',
    name: 'Bitget',
    adapter: bitget,
    wire: bitgetWire,
    polls: [ratioPoll(BITGET_RATIOS)],
    createRest: bitgetRest,
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
