import type { VenueAdapter } from '../../feed.js';
import { streamedRules } from '../../live/streamed-rules.js';
import type { VenueRules } from '../../live/venue-rules.js';
import { ratioPoll } from '../../ratio-call.js';
import type { OkxLine } from './line.js';
import { OKX_RATIOS } from './ratios.js';
import { okxRest } from './rest.js';
import { okxWire } from './subscribe.js';

/** How one of OKX's lines is read live. Everything comes over one socket. */
export function rulesOf(line: OkxLine, adapter: VenueAdapter): VenueRules {
  return streamedRules({
    venue: line.venue,
    name: line.name,
    adapter,
    wire: okxWire,
    hasIndexAlone: true,
    polls: [ratioPoll(OKX_RATIOS)],
    createRest: (runtime, onTrouble) => okxRest(line, runtime, onTrouble),
    tabledSymbols: line.tabledSymbols,
    tabledInstrument: (ownSymbol, time) => line.tabledInstrument(ownSymbol, time),
    ownSymbolOf: (symbol) => line.ownSymbolOf(symbol),
  });
}
