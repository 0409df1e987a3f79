import type { InstrumentId, MarketEvent, VenueId } from '@liquidation-heatmap/core';
import { ReplayFeed, venueAdapters } from '@liquidation-heatmap/feeds';
import { openRecording } from '../replay/open-recording.js';

/** One symbol's part of a recording: what its engine is told. */
export interface RecordedMarket {
  readonly symbol: string;
  readonly venue: VenueId;
  readonly events: readonly MarketEvent[];
}

/** Events of a recording's first symbol, at most `most` of them, in the order in which they were let out. */
export async function recordedMarket(path: string, most: number): Promise<RecordedMarket> {
  const feed = new ReplayFeed({ adapters: venueAdapters });
  const events: MarketEvent[] = [];
  let listed: { readonly symbol: string; readonly instrument: InstrumentId } | undefined;
  for await (const event of feed.events(await openRecording(path))) {
    if (event.kind === 'instrument') listed ??= { symbol: event.spec.symbol, instrument: event.instrument };
    const isOwn = event.kind === 'tick' || event.kind === 'status' || event.instrument === listed?.instrument;
    if (listed !== undefined && isOwn) events.push(event);
    if (events.length >= most) break;
  }
  if (listed === undefined || feed.venue === undefined)
    throw new Error(`${path} must announce an instrument, none was`);
  return { symbol: listed.symbol, venue: feed.venue, events };
}
