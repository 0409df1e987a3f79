import { STREAM_SILENCE, type SilenceRule } from '../../connection/heartbeat.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { hyperliquid } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { hyperliquidRest } from './rest.js';
import { BOOK_RECONNECT_MS, hyperliquidWire } from './subscribe.js';

/** The book of 20 levels comes every 5 s at most: one of them missing is a notice, two are trouble. */
const BOOK_SILENCE: SilenceRule = {
  ...STREAM_SILENCE,
  noticeMs: 8_000,
  reconnectMs: BOOK_RECONNECT_MS,
  amberMs: 15_000,
};

/** Hyperliquid, live. Liquidations are not public, so that none are watched. */
export const hyperliquidLive = liveVenueOf(
  streamedRules({
    venue: 'hyperliquid',
    name: 'Hyperliquid',
    adapter: hyperliquid,
    wire: hyperliquidWire,
    createRest: hyperliquidRest,
    watch: [
      { channel: 'book', rule: BOOK_SILENCE },
      { channel: 'mark', rule: STREAM_SILENCE },
      { channel: 'trades', judgedBy: 'mark' },
      { channel: 'open-interest', judgedBy: 'mark' },
    ],
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
