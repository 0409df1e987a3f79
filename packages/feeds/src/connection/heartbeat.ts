import type { Channel, UnixMs } from '@liquidation-heatmap/core';

/** How long a channel may be silent before each step, in milliseconds; a step that is absent is never taken. */
export interface SilenceRule {
  /** "no data n s" is shown. */
  readonly noticeMs?: number;
  /** The socket is given up and opened anew. */
  readonly reconnectMs?: number;
  readonly amberMs: number;
  readonly staleMs: number;
  /** The venue is left out of the total. */
  readonly leftOutMs?: number;
}

/** Requirement S20 for streams that speak at least once a second: book and mark. */
export const STREAM_SILENCE: SilenceRule = {
  noticeMs: 5_000,
  reconnectMs: 8_000,
  amberMs: 10_000,
  staleMs: 30_000,
  leftOutMs: 120_000,
};

/** Requirement S20 for a polled value: amber after two missed polls, stale after four. */
export function pollSilence(intervalMs: number): SilenceRule {
  return { amberMs: 2 * intervalMs, staleMs: 4 * intervalMs };
}

/** What is watched: a channel, and by which rule or by which other channel of the same socket it is judged. */
export type WatchedChannel =
  | { readonly channel: Channel; readonly rule: SilenceRule }
  /** Silence is normal here, so the control stream on the same socket tells whether it means anything. */
  | { readonly channel: Channel; readonly judgedBy: Channel };

/** How far a silence has gone. */
export type SilenceStep = 'fresh' | 'notice' | 'amber' | 'stale' | 'left-out';

/** When each channel was last heard. Time comes in as an argument. */
export class Heartbeat {
  readonly #heard = new Map<Channel, UnixMs>();
  readonly #started: UnixMs;

  constructor(started: UnixMs) {
    this.#started = started;
  }

  /** Data of the channel arrived. */
  heard(channel: Channel, time: UnixMs): void {
    this.#heard.set(channel, time);
  }

  hasSpoken(channel: Channel): boolean {
    return this.#heard.has(channel);
  }

  /** Milliseconds since the channel was heard, or since the start. */
  silentMs(channel: Channel, now: UnixMs): number {
    return now - (this.#heard.get(channel) ?? this.#started);
  }
}

/** The step a silence has reached under a rule. */
export function silenceStep(silentMs: number, rule: SilenceRule): SilenceStep {
  if (silentMs >= (rule.leftOutMs ?? Infinity)) return 'left-out';
  if (silentMs >= rule.staleMs) return 'stale';
  if (silentMs >= rule.amberMs) return 'amber';
  return silentMs >= (rule.noticeMs ?? Infinity) ? 'notice' : 'fresh';
}
