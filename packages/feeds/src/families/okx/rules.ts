import { MS_PER_HOUR, MS_PER_MINUTE, type DurationMs } from '@liquidation-heatmap/core';
import { STREAM_SILENCE } from '../../connection/heartbeat.js';
import type { VenueAdapter } from '../../feed.js';
import type { VenueRules } from '../../live/venue-rules.js';
import type { OkxLine } from './line.js';
import { okxRest } from './rest.js';
import { okxWire } from './subscribe.js';

/** How one of OKX's lines is read live. Everything comes over one socket. */
export function rulesOf(line: OkxLine, adapter: VenueAdapter): VenueRules {
  return {
    venue: line.venue,
    name: line.name,
    adapter,
    wire: okxWire,
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
    createRest: (runtime, onTrouble) => okxRest(line, runtime, onTrouble),
    tabledSymbols: line.tabledSymbols,
    tabled: (symbol, time) => {
      const ownSymbol = line.ownSymbolOf(symbol);
      return ownSymbol === undefined ? undefined : line.tabledInstrument(ownSymbol, time);
    },
  };
}
