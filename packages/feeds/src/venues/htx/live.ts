import { STREAM_SILENCE, pollSilence } from '../../connection/heartbeat.js';
import { openInterestUrl } from './endpoints.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { streamedRules } from '../../live/streamed-rules.js';
import { ratioPoll } from '../../ratio-call.js';
import { RATIO_SILENCE } from '../../ratio-reading.js';
import { htx } from './index.js';
import { TABLED_SYMBOLS, ownSymbolOf, tabledInstrument } from './instruments.js';
import { HTX_RATIOS } from './ratios.js';
import { htxRest } from './rest.js';
import { htxWire } from './subscribe.js';

/** Open interest is polled this often. */
const OPEN_INTEREST_EVERY_MS = 10_000;

/** HTX linear swaps, live. Open interest is polled. */
export const htxLive = liveVenueOf(
  streamedRules({
    venue: 'htx',
    name: 'HTX',
    adapter: htx,
    wire: htxWire,
    hasIndexAlone: true,
    createRest: htxRest,
    watch: [
      { channel: 'book', rule: STREAM_SILENCE },
      { channel: 'mark', rule: STREAM_SILENCE },
      { channel: 'trades', judgedBy: 'book' },
      { channel: 'open-interest', rule: pollSilence(OPEN_INTEREST_EVERY_MS) },
      { channel: 'ratios', rule: RATIO_SILENCE },
    ],
    polls: [
      {
        channel: 'open-interest',
        everyMs: OPEN_INTEREST_EVERY_MS,
        urls: ({ ownSymbol }) => [openInterestUrl(ownSymbol)],
      },
      ratioPoll(HTX_RATIOS),
    ],
    tabledSymbols: TABLED_SYMBOLS,
    tabledInstrument,
    ownSymbolOf,
  }),
);
