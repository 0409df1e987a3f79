import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { ratioPoll } from '../../ratio-call.js';
import { gate } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { GATE_RATIOS } from './ratios.js';
import { gateRest } from './rest.js';
import { gateWire } from './subscribe.js';

/** Gate contracts in USDT, live. */
export const gateLive = liveVenueOf(
  streamedRules({
    venue: 'gate',
    name: 'Gate',
    adapter: gate,
    wire: gateWire,
    polls: [ratioPoll(GATE_RATIOS)],
    createRest: gateRest,
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
