import type {
  Channel,
  ChannelState,
  MarketEvent,
  SourceState,
  UnixMs,
  VenueId,
  VenueStatus,
} from '@liquidation-heatmap/core';

/** Channels whose silence is not normal: they judge how fresh the data are. */
const FRESH_KINDS: ReadonlySet<MarketEvent['kind']> = new Set([
  'trade',
  'bar',
  'mark',
  'mark-bar',
  'index',
  'book-snapshot',
  'book-delta',
]);

const STATE_OF: Readonly<Record<ChannelState, SourceState>> = {
  connecting: 'connecting',
  live: 'live',
  amber: 'amber',
  stale: 'stale',
  unavailable: 'error',
  ended: 'frozen',
  off: 'live',
};

/** Keeps what the status line needs from the events that pass: newest data time and how each venue stands. */
export class SourceProgress {
  #dataTime: UnixMs | undefined;
  readonly #venues = new Map<VenueId, Map<Channel | 'connection', { state: ChannelState; detail: string }>>();

  /** `seenTime` of the newest event that carries data; ticks and statuses carry none. */
  get dataTime(): UnixMs | undefined {
    return this.#dataTime;
  }

  /** Takes note of one event. */
  note(event: MarketEvent): void {
    if (FRESH_KINDS.has(event.kind)) this.#dataTime = event.seenTime;
    if (event.kind !== 'status') return;
    const channels =
      this.#venues.get(event.venue) ?? new Map<Channel | 'connection', { state: ChannelState; detail: string }>();
    this.#venues.set(event.venue, channels);
    channels.set(event.channel, { state: event.state, detail: event.detail });
  }

  /** How each venue that said anything stands: its connection's own word, or its worst channel. */
  venues(): readonly VenueStatus[] {
    return [...this.#venues].map(([venue, channels]) => {
      const entries = [...channels.values()];
      const worst = entries.reduce((a, b) => (rank(b.state) > rank(a.state) ? b : a));
      return { venue, state: STATE_OF[worst.state], detail: worst.detail };
    });
  }

  /** The newest sentence a venue gave for not delivering, or empty. */
  trouble(): string {
    return (
      this.venues().find(({ state, detail }) => (state === 'error' || state === 'stale') && detail !== '')?.detail ?? ''
    );
  }
}

const ORDER: readonly ChannelState[] = ['live', 'ended', 'connecting', 'amber', 'stale', 'unavailable'];

function rank(state: ChannelState): number {
  return ORDER.indexOf(state);
}
