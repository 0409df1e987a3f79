import { MS_PER_HOUR, MS_PER_MINUTE, type Channel, type DurationMs } from '@liquidation-heatmap/core';
import { STREAM_SILENCE, pollSilence } from '../../connection/heartbeat.js';
import type { VenueAdapter } from '../../feed.js';
import type { VenueRules } from '../../live/venue-rules.js';
import { ratioPoll } from '../../ratio-call.js';
import { RATIO_SILENCE } from '../../ratio-reading.js';
import { openInterestUrl } from './endpoints.js';
import type { BinanceLine } from './line.js';
import { binanceRatios } from './ratios.js';
import { binanceRest } from './rest.js';
import { channelOfStream, socketPlans, streamOfFrame, streamsOf } from './subscribe.js';

/** Open interest is polled this often: weight 6 a minute of 2400. */
const OPEN_INTEREST_EVERY_MS = 10_000;

/** A stream whose channel is to be read. */
function isRead(stream: string, isOn: (channel: Channel) => boolean): boolean {
  const channel = channelOfStream(stream);
  return channel !== undefined && isOn(channel);
}

/** How a line of Binance's protocol is read live. */
export function rulesOf(line: BinanceLine, adapter: VenueAdapter): VenueRules {
  return {
    venue: line.venue,
    name: line.name,
    adapter,
    wire: {
      plans: (spec, isOn, rate) =>
        socketPlans(
          line,
          streamsOf(spec.ownSymbol, rate).filter((stream) => isRead(stream, isOn)),
        ),
      streamOf: streamOfFrame,
    },
    watch: [
      { channel: 'book', rule: STREAM_SILENCE },
      { channel: 'mark', rule: STREAM_SILENCE },
      { channel: 'trades', judgedBy: 'mark' },
      { channel: 'liquidations', judgedBy: 'mark' },
      { channel: 'open-interest', rule: pollSilence(OPEN_INTEREST_EVERY_MS) },
      { channel: 'ratios', rule: RATIO_SILENCE },
    ],
    polls: [
      {
        channel: 'open-interest',
        everyMs: OPEN_INTEREST_EVERY_MS,
        urls: (spec) => [openInterestUrl(line, spec.ownSymbol)],
      },
      ratioPoll(binanceRatios(line)),
    ],
    rotateAfterMs: 24 * MS_PER_HOUR - 10 * MS_PER_MINUTE,
    historyLimitMs: (30 * 24 * MS_PER_HOUR) as DurationMs,
    // BTC makes about 100,000 aggregated trades an hour when busy: five pages of 1000.
    tradesBackfillMs: (2 * MS_PER_MINUTE) as DurationMs,
    createRest: (runtime, onTrouble) => binanceRest(line, runtime, onTrouble),
    tabledSymbols: line.tabledSymbols,
    tabled: (symbol, time) => {
      const ownSymbol = line.ownSymbolOf(symbol);
      return ownSymbol === undefined ? undefined : line.tabledInstrument(ownSymbol, time);
    },
  };
}
