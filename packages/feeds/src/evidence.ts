import type { Channel, ChannelOffer, Evidence, VenueId } from '@liquidation-heatmap/core';
import { SEEN_LIVE } from './seen-live.js';

/** What each channel of a venue's live feed rests on; a channel that is absent is not offered. */
type Offered = Readonly<Partial<Record<Channel, Evidence>>>;

/**
 * Recordings and frames are those the tests read. `clients`: the message is described alike by maintained clients or was measured by
 * third parties, but no capture of it is at hand. `documentation`: the venue's own page or general knowledge alone.
 */
const EVIDENCE: Partial<Record<VenueId, Offered>> = {
  'binance': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'clients',
    'ratios': 'clients',
    'liquidations': 'frames',
  },
  'binance-coinm': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'documentation',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'clients',
    'liquidations': 'clients',
  },
  'bybit': {
    'trades': 'clients',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'frames',
    'index': 'frames',
    'funding': 'frames',
    'open-interest': 'frames',
    'ratios': 'clients',
    'liquidations': 'frames',
  },
  'bybit-inverse': {
    'trades': 'clients',
    'book': 'clients',
    'bars': 'documentation',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'documentation',
    'ratios': 'documentation',
    'liquidations': 'clients',
  },
  'okx': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'clients',
    'ratios': 'clients',
    'liquidations': 'frames',
  },
  'okx-inverse': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'clients',
    'ratios': 'documentation',
    'liquidations': 'clients',
  },
  'hyperliquid': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'documentation',
    'mark': 'frames',
    'index': 'frames',
    'funding': 'frames',
    'open-interest': 'frames',
  },
  // The recording is of a retired socket; today's messages are known from clients.
  'bitget': {
    'trades': 'clients',
    'book': 'clients',
    'bars': 'documentation',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'clients',
    'ratios': 'clients',
    'liquidations': 'clients',
  },
  'gate': {
    'trades': 'clients',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'documentation',
    'ratios': 'clients',
    'liquidations': 'clients',
  },
  // The recording holds options, whose book and ticker are those of a perpetual too.
  'deribit': {
    'trades': 'clients',
    'book': 'recording',
    'bars': 'documentation',
    'mark': 'recording',
    'index': 'recording',
    'funding': 'documentation',
    'open-interest': 'recording',
    'liquidations': 'clients',
  },
  'kraken': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'clients',
    'index': 'clients',
    'funding': 'clients',
    'open-interest': 'clients',
    'liquidations': 'clients',
  },
  'htx': {
    'trades': 'recording',
    'book': 'recording',
    'bars': 'clients',
    'mark': 'clients',
    'index': 'documentation',
    'funding': 'documentation',
    'open-interest': 'documentation',
    'ratios': 'clients',
    'liquidations': 'frames',
  },
  'aster': {
    'trades': 'documentation',
    'book': 'documentation',
    'bars': 'documentation',
    'mark': 'documentation',
    'index': 'documentation',
    'funding': 'documentation',
    'open-interest': 'documentation',
    'liquidations': 'frames',
  },
};

/** Every channel a venue offers, with what it rests on and whether it is read: what nobody has captured has to be asked for. */
export function offersOf(venue: VenueId, isUnprovenRead: boolean): readonly ChannelOffer[] {
  const offered = Object.entries(EVIDENCE[venue] ?? {}) as readonly (readonly [Channel, Evidence])[];
  return offered.map(([channel, known]) => {
    const seen = SEEN_LIVE[venue]?.[channel];
    const evidence = seen === undefined ? known : (`live on ${seen}` as const);
    return { channel, evidence, isOn: isUnprovenRead || evidence !== 'documentation' };
  });
}
