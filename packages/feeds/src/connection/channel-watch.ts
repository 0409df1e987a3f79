import type { Channel, ChannelState, StatusChange, UnixMs, VenueId } from '@liquidation-heatmap/core';
import { Heartbeat, silenceStep, type SilenceStep, type WatchedChannel } from './heartbeat.js';

/** Turns silence into status events, channel by channel, in the words of requirement S20. */
export class ChannelWatch {
  readonly #venue: VenueId;
  readonly #channels: readonly WatchedChannel[];
  readonly #heartbeat: Heartbeat;
  readonly #said = new Map<Channel, string>();

  constructor(venue: VenueId, channels: readonly WatchedChannel[], started: UnixMs) {
    this.#venue = venue;
    this.#channels = channels;
    this.#heartbeat = new Heartbeat(started);
  }

  /** Data of the channel arrived. */
  heard(channel: Channel, time: UnixMs): void {
    this.#heartbeat.heard(channel, time);
  }

  /** Milliseconds since the channel was heard, or since the start. */
  silentMs(channel: Channel, now: UnixMs): number {
    return this.#heartbeat.silentMs(channel, now);
  }

  /** What changed by `now`; called at least once a second. */
  changes(now: UnixMs): readonly StatusChange[] {
    const changes: StatusChange[] = [];
    for (const watched of this.#channels) {
      const { state, detail } = this.#judge(watched, now);
      const text = `${state} ${detail}`;
      if (this.#said.get(watched.channel) === text) continue;
      this.#said.set(watched.channel, text);
      changes.push({
        kind: 'status',
        eventTime: now,
        seenTime: now,
        venue: this.#venue,
        channel: watched.channel,
        state,
        detail,
      });
    }
    return changes;
  }

  #judge(watched: WatchedChannel, now: UnixMs): { state: ChannelState; detail: string } {
    if ('judgedBy' in watched) {
      const control = this.#channels.find((other) => other.channel === watched.judgedBy);
      if (control === undefined || 'judgedBy' in control)
        throw new Error(`${watched.channel} must be judged by a channel with a rule`);
      const judged = this.#judge(control, now);
      return judged.detail === ''
        ? judged
        : { state: judged.state, detail: `${judged.detail} on the ${control.channel} stream of the same socket` };
    }
    const silentMs = this.#heartbeat.silentMs(watched.channel, now);
    const step = silenceStep(silentMs, watched.rule);
    const isFirst = !this.#heartbeat.hasSpoken(watched.channel);
    return { state: stateOf(step, isFirst), detail: detailOf(step, silentMs) };
  }
}

function stateOf(step: SilenceStep, isFirst: boolean): ChannelState {
  switch (step) {
    case 'fresh':
    case 'notice':
      return isFirst ? 'connecting' : 'live';
    case 'amber':
    case 'stale':
      return step;
    case 'left-out':
      return 'unavailable';
  }
}

function detailOf(step: SilenceStep, silentMs: number): string {
  if (step === 'fresh') return '';
  if (step === 'left-out') return `left out of the total: no data ${spanWords(silentMs)}`;
  return step === 'stale' ? `STALE ${spanWords(silentMs)}` : `no data ${spanWords(silentMs)}`;
}

// Seconds up to two minutes, then minutes: a count that changes every second says nothing more by then.
function spanWords(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.floor(seconds / 60))} min`;
}
