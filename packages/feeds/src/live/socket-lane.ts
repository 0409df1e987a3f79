import type { Channel, UnixMs } from '@liquidation-heatmap/core';
import type { Connection } from '../connection/connection.js';
import type { SocketPlan } from './socket-plan.js';

/** A subscription that should speak and has not spoken after this long is silent: acknowledged, but dead. */
export const SILENT_SUBSCRIPTION_MS = 10_000;

/** One of a venue's sockets: what flows on it and when it was last heard. Times of this machine. */
export class SocketLane {
  readonly plan: SocketPlan;
  connection: Connection | undefined;
  /** Time of the newest data before the last cut; undefined while nothing has been missed. */
  holeFrom: UnixMs | undefined;
  /** Close of the newest bar of the warm start, on the venue's clock, until the trades since then have been fetched. */
  pastEnd: Promise<UnixMs | undefined> | undefined;
  /** Frames that wait until what was missed has been read. */
  held: { readonly text: string; readonly seenTime: UnixMs }[] | undefined;
  readonly #channels: ReadonlyMap<string, Channel | undefined>;
  readonly #speaking: readonly string[];
  #openedAt: UnixMs | undefined;
  readonly #spoken = new Map<string, UnixMs>();

  constructor(plan: SocketPlan) {
    this.plan = plan;
    this.#channels = new Map(plan.streams.map(({ name, channel }) => [name, channel]));
    this.#speaking = plan.streams.filter(({ mustSpeak }) => mustSpeak).map(({ name }) => name);
  }

  /** A socket is open and has brought data. */
  get isDelivering(): boolean {
    return this.#openedAt !== undefined && this.#spoken.size > 0;
  }

  /** Trades and marks flow here: what is missed on it has to be read before it goes on. */
  get hasTrades(): boolean {
    return this.plan.streams.some(({ channel }) => channel === 'trades');
  }

  /** The channel a stream feeds; undefined where the estimate does not use it. */
  channelOf(stream: string): Channel | undefined {
    return this.#channels.get(stream);
  }

  opened(time: UnixMs): void {
    this.#openedAt = time;
    this.#spoken.clear();
  }

  lost(): void {
    this.#openedAt = undefined;
    this.#spoken.clear();
  }

  spoke(stream: string, time: UnixMs): void {
    this.#spoken.set(stream, time);
  }

  /** Milliseconds the present socket has been open; 0 while none is. */
  openMs(now: UnixMs): number {
    return this.#openedAt === undefined ? 0 : now - this.#openedAt;
  }

  /** Streams that were accepted on the open socket and should have spoken by now, but never did. */
  silentStreams(now: UnixMs): readonly string[] {
    const since = this.#openedAt;
    if (since === undefined || now - since < SILENT_SUBSCRIPTION_MS) return [];
    return this.#speaking.filter((stream) => !this.#spoken.has(stream));
  }

  /** The first stream that has spoken on the open socket, always should, and has been silent too long. */
  stalled(now: UnixMs, limitMs: number): string | undefined {
    return this.#speaking.find((stream) => now - (this.#spoken.get(stream) ?? now) >= limitMs);
  }
}
