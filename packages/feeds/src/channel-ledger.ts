import type { Channel, InstrumentId, MarketEvent, UnixMs } from '@liquidation-heatmap/core';

const CHANNEL_OF: Partial<Record<MarketEvent['kind'], Channel>> = {
  'trade': 'trades',
  'bar': 'bars',
  'mark': 'mark',
  'index': 'index',
  'open-interest': 'open-interest',
  'funding': 'funding',
  'long-short-ratio': 'ratios',
  'liquidation': 'liquidations',
};

/** The channel an event delivers; undefined for the book, which keeps its own account, and for what is no data. */
export function channelOf({ kind }: MarketEvent): Channel | undefined {
  return CHANNEL_OF[kind];
}

/** Which channels of one instrument have delivered, and which were cut and have not come back. The book keeps its own account. */
export class ChannelLedger {
  readonly #instrument: InstrumentId;
  /** Time of the newest event of each channel that has delivered. */
  readonly #delivered = new Map<Channel, UnixMs>();
  readonly #cut = new Set<Channel>();

  constructor(instrument: InstrumentId) {
    this.#instrument = instrument;
  }

  /** Notes what was delivered. */
  note(events: readonly MarketEvent[]): void {
    for (const event of events) {
      const channel = CHANNEL_OF[event.kind];
      if (channel !== undefined && 'eventTime' in event) this.#delivered.set(channel, event.eventTime);
    }
  }

  /** Time of the newest event of a channel; undefined before any. */
  lastOf(channel: Channel): UnixMs | undefined {
    return this.#delivered.get(channel);
  }

  isCut(channel: Channel): boolean {
    return this.#cut.has(channel);
  }

  /** The connection of some channels was lost: one gap for each of them that has delivered and is not cut yet. */
  onCut(seenTime: UnixMs, reason: string, isConcerned: (channel: Channel) => boolean): readonly MarketEvent[] {
    const events: MarketEvent[] = [];
    for (const [channel, last] of this.#delivered) {
      if (this.#cut.has(channel) || !isConcerned(channel)) continue;
      this.#cut.add(channel);
      const to = Math.max(last, seenTime) as UnixMs;
      events.push({ kind: 'gap', ...this.#at(to, seenTime), channel, from: last, to, reason });
    }
    return events;
  }

  /** A frame of their connection came: silence on a single channel is normal, so all of them deliver again. */
  resumed(seenTime: UnixMs, isConcerned: (channel: Channel) => boolean): readonly MarketEvent[] {
    if (this.#cut.size === 0) return [];
    const back = [...this.#cut].filter(isConcerned);
    for (const channel of back) this.#cut.delete(channel);
    return back.map((channel) => ({ kind: 'resumed', ...this.#at(seenTime, seenTime), channel }));
  }

  #at(eventTime: UnixMs, seenTime: UnixMs) {
    return { instrument: this.#instrument, eventTime, seenTime };
  }
}
