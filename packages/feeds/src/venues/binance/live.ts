import { MS_PER_HOUR, MS_PER_MINUTE, type DurationMs } from '@liquidation-heatmap/core';
import { STREAM_SILENCE, pollSilence } from '../../connection/heartbeat.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import type { VenueRules } from '../../live/venue-rules.js';
import { openInterestUrl } from './endpoints.js';
import { binance } from './index.js';
import { TABLED_SYMBOLS, tabledInstrument } from './instruments.js';
import { binanceRest } from './rest.js';
import { socketPlans, streamOfFrame, streamsOf } from './subscribe.js';

/** Open interest is polled this often: weight 6 a minute of 2400. */
export const OPEN_INTEREST_EVERY_MS = 10_000;

/** How Binance USDS-M is read live. */
export const binanceRules: VenueRules = {
  venue: 'binance',
  name: 'Binance USDS-M',
  adapter: binance,
  wire: {
    plans: (spec) => socketPlans(streamsOf(spec.ownSymbol)),
    streamOf: streamOfFrame,
  },
  watch: [
    { channel: 'book', rule: STREAM_SILENCE },
    { channel: 'mark', rule: STREAM_SILENCE },
    { channel: 'trades', judgedBy: 'mark' },
    { channel: 'liquidations', judgedBy: 'mark' },
    { channel: 'open-interest', rule: pollSilence(OPEN_INTEREST_EVERY_MS) },
  ],
  polls: [
    {
      channel: 'open-interest',
      everyMs: OPEN_INTEREST_EVERY_MS,
      url: (spec) => openInterestUrl(spec.ownSymbol),
    },
  ],
  rotateAfterMs: 24 * MS_PER_HOUR - 10 * MS_PER_MINUTE,
  historyLimitMs: (30 * 24 * MS_PER_HOUR) as DurationMs,
  // BTC makes about 100,000 aggregated trades an hour when busy: five pages of 1000.
  tradesBackfillMs: (2 * MS_PER_MINUTE) as DurationMs,
  createRest: binanceRest,
  tabledSymbols: TABLED_SYMBOLS,
  tabled: tabledInstrument,
};

/** Binance USDS-M futures, live. */
export const binanceLive = liveVenueOf(binanceRules);
