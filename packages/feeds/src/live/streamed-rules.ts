import { MS_PER_HOUR, MS_PER_MINUTE, type DurationMs, type Instrument, type UnixMs } from '@liquidation-heatmap/core';
import { STREAM_SILENCE } from '../connection/heartbeat.js';
import { RATIO_SILENCE } from '../ratio-reading.js';
import type { VenueRules } from './venue-rules.js';

/** What a venue whose streams bring everything has to say of itself; the rest is the same for all of them. */
export type OwnRules = Pick<VenueRules, 'venue' | 'name' | 'adapter' | 'wire' | 'createRest'> &
  Partial<VenueRules> &
  KnownContracts;

/** Contracts that are known without asking. */
export interface KnownContracts {
  readonly tabledSymbols: readonly string[];
  tabledInstrument(ownSymbol: string, time: UnixMs): Instrument | undefined;
  ownSymbolOf(symbol: string): string | undefined;
}

/**
 * Rules of a venue that streams book, mark, trades, liquidations and open interest: the mark's stream judges those that may be silent,
 * sockets are replaced before a day has passed, holes of two minutes are filled trade by trade.
 */
export function streamedRules({ tabledSymbols, tabledInstrument, ownSymbolOf, ...own }: OwnRules): VenueRules {
  return {
    watch: [
      { channel: 'book', rule: STREAM_SILENCE },
      { channel: 'mark', rule: STREAM_SILENCE },
      { channel: 'trades', judgedBy: 'mark' },
      { channel: 'liquidations', judgedBy: 'mark' },
      { channel: 'open-interest', judgedBy: 'mark' },
      { channel: 'ratios', rule: RATIO_SILENCE },
    ],
    polls: [],
    rotateAfterMs: 24 * MS_PER_HOUR - 10 * MS_PER_MINUTE,
    historyLimitMs: (30 * 24 * MS_PER_HOUR) as DurationMs,
    tradesBackfillMs: (2 * MS_PER_MINUTE) as DurationMs,
    tabledSymbols,
    tabled: (symbol, time) => {
      const ownSymbol = ownSymbolOf(symbol);
      return ownSymbol === undefined ? undefined : tabledInstrument(ownSymbol, time);
    },
    ...own,
  };
}
