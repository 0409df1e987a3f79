import { MS_PER_HOUR, MS_PER_MINUTE, type DurationMs } from '@liquidation-heatmap/core';
import { STREAM_SILENCE } from '../../connection/heartbeat.js';
import type { VenueAdapter } from '../../feed.js';
import type { VenueRules } from '../../live/venue-rules.js';
import type { BybitLine } from './line.js';
import { bybitRest } from './rest.js';
import { bybitWire } from './subscribe.js';

/** How one of Bybit's lines is read live. Mark, index, funding and open interest share the ticker. */
export function rulesOf(line: BybitLine, adapter: VenueAdapter): VenueRules {
  return {
    venue: line.venue,
    name: line.name,
    adapter,
    wire: bybitWire(line),
    watch: [
      { channel: 'book', rule: STREAM_SILENCE },
      { channel: 'mark', rule: STREAM_SILENCE },
      { channel: 'trades', judgedBy: 'mark' },
      { channel: 'liquidations', judgedBy: 'mark' },
      { channel: 'open-interest', judgedBy: 'mark' },
    ],
    polls: [],
    rotateAfterMs: 24 * MS_PER_HOUR - 10 * MS_PER_MINUTE,
    historyLimitMs: (30 * 24 * MS_PER_HOUR) as DurationMs,
    tradesBackfillMs: (2 * MS_PER_MINUTE) as DurationMs,
    createRest: (runtime, onTrouble) => bybitRest(line, runtime, onTrouble),
    tabledSymbols: line.tabledSymbols,
    tabled: (symbol, time) => {
      const ownSymbol = line.ownSymbolOf(symbol);
      return ownSymbol === undefined ? undefined : line.tabledInstrument(ownSymbol, time);
    },
  };
}
