import type { Channel, ChannelState, MarketEvent, StatusChange, UnixMs, VenueId } from '@liquidation-heatmap/core';
import type { ClockGate } from './clock-gate.js';

/** Tells how a venue stands, each thing once, and nothing before the venue's time is known. */
export class StatusTeller {
  readonly #venue: VenueId;
  readonly #gate: ClockGate;
  readonly #now: () => UnixMs;
  readonly #push: (event: MarketEvent) => void;
  readonly #said = new Map<string, string>();

  constructor(venue: VenueId, gate: ClockGate, now: () => UnixMs, push: (event: MarketEvent) => void) {
    this.#venue = venue;
    this.#gate = gate;
    this.#now = now;
    this.#push = push;
  }

  /** State of the connection that was told last. */
  get connection(): string {
    return this.#said.get('connection') ?? '';
  }

  /** How the sockets stand. */
  say(state: ChannelState, detail: string): void {
    this.#tellOnce('connection', state, detail);
  }

  /**
   * How the REST interface stands, or the one channel that a poll aside feeds: while the sockets deliver, its refusal costs snapshots and
   * polls, not the connection.
   */
  sayOfRest(state: ChannelState, detail: string, channel: Channel = 'metadata'): void {
    if (detail === '' && !this.#said.has(channel)) return;
    this.#tellOnce(channel, state, detail);
  }

  #tellOnce(channel: StatusChange['channel'], state: ChannelState, detail: string): void {
    const text = `${state} ${detail}`;
    if (this.#said.get(channel) === text) return;
    this.#said.set(channel, text);
    this.#gate.whenOpen(() => {
      const seenTime = this.#now();
      this.#push({ kind: 'status', venue: this.#venue, channel, state, detail, eventTime: seenTime, seenTime });
    });
  }
}
