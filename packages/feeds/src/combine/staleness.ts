import type { Channel, ChannelState, MarketEvent, VenueId } from '@liquidation-heatmap/core';

/** Channels without which a venue's estimate cannot be current: a venue is as fresh as the worst of them (requirement S20). */
export const REQUIRED_CHANNELS: readonly (Channel | 'connection')[] = [
  'connection',
  'book',
  'mark',
  'trades',
  'open-interest',
];

/** A venue counts for the total's freshness from this share of the open interest on (requirement S20). */
export const WEIGHT_THAT_COUNTS = 0.1;

/** From best to worst. */
const ORDER: readonly ChannelState[] = ['live', 'connecting', 'amber', 'stale', 'unavailable', 'ended'];

/** How current venues and the total are, learned from status events. */
export class Staleness {
  readonly #venues = new Map<VenueId, Map<Channel | 'connection', ChannelState>>();

  /** Takes note of a status event; any other event is ignored. */
  apply(event: MarketEvent): void {
    if (event.kind !== 'status') return;
    const channels = this.#venues.get(event.venue) ?? new Map<Channel | 'connection', ChannelState>();
    channels.set(event.channel, event.state);
    this.#venues.set(event.venue, channels);
  }

  /** The venue's state: its worst required channel; `connecting` before anything is known. */
  venue(venue: VenueId): ChannelState {
    const channels = this.#venues.get(venue);
    if (channels === undefined) return 'connecting';
    return worst(REQUIRED_CHANNELS.flatMap((channel) => channels.get(channel) ?? []));
  }

  /** The total's state: its worst venue with at least a tenth of the open interest. `weights` are shares by venue, 0..1. */
  aggregate(weights: ReadonlyMap<VenueId, number>): ChannelState {
    const counting = [...weights]
      .filter(([, weight]) => weight >= WEIGHT_THAT_COUNTS)
      .map(([venue]) => this.venue(venue));
    return worst(counting);
  }
}

function worst(states: readonly ChannelState[]): ChannelState {
  const ranks = states.map((state) => ORDER.indexOf(state));
  return ranks.length === 0 ? 'connecting' : ORDER[Math.max(...ranks)]!;
}
