import type { VenueAdapter } from '../../feed.js';
import { streamedRules } from '../../live/streamed-rules.js';
import type { VenueRules } from '../../live/venue-rules.js';
import { ratioPoll } from '../../ratio-call.js';
import type { BybitLine } from './line.js';
import { bybitRatios } from './ratios.js';
import { bybitRest } from './rest.js';
import { bybitWire } from './subscribe.js';

/** How one of Bybit's lines is read live. Mark, index, funding and open interest share the ticker. */
export function rulesOf(line: BybitLine, adapter: VenueAdapter): VenueRules {
  return streamedRules({
    venue: line.venue,
    name: line.name,
    adapter,
    wire: bybitWire(line),
    polls: [ratioPoll(bybitRatios(line))],
    createRest: (runtime, onTrouble) => bybitRest(line, runtime, onTrouble),
    tabledSymbols: line.tabledSymbols,
    tabledInstrument: (ownSymbol, time) => line.tabledInstrument(ownSymbol, time),
    ownSymbolOf: (symbol) => line.ownSymbolOf(symbol),
  });
}
