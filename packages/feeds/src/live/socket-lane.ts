import type { Channel, UnixMs } from '@liquidation-heatmap/core';
import type { Connection } from '../connection/connection.js';
import { STREAM_SILENCE } from '../connection/heartbeat.js';
import type { PlannedStream, SocketPlan } from './socket-plan.js';

/** Silence of a stream that always speaks after which its socket is given up. */
const RECONNECT_MS = STREAM_SILENCE.reconnectMs ?? Number.POSITIVE_INFINITY;
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
  readonly #speaking: readonly PlannedStream[];
  #openedAt: UnixMs | undefined;
  readonly #spoken = new Map<string, UnixMs>();

  constructor(plan: SocketPlan) {
    this.plan = plan;
    this.#channels = new Map(plan.streams.map(({ name, channel }) => [name, channel]));
    this.#speaking = plan.streams.filter(({ mustSpeak }) => mustSpeak);
  }

  /** A socket is open and has brought data; where no stream has to speak, being open is all that can be known. */
  get isDelivering(): boolean {
    return this.#openedAt !== undefined && (this.#spoken.size > 0 || this.#speaking.length === 0);
  }

  /** Trades and marks flow here: what is missed on it has to be read before it goes on. */
  get hasTrades(): boolean {
    return this.has('trades');
  }

  /** A channel flows here. */
  has(wanted: Channel): boolean {
    return this.plan.streams.some(({ channel }) => channel === wanted);
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
    return this.#speaking.map(({ name }) => name).filter((name) => !this.#spoken.has(name));
  }

  /** The first stream that has spoken on the open socket, always should, and has been silent too long, with the limit. */
  stalled(now: UnixMs): { readonly stream: string; readonly limitMs: number } | undefined {
    for (const { name, reconnectMs: limitMs = RECONNECT_MS } of this.#speaking) {
      if (now - (this.#spoken.get(name) ?? now) >= limitMs) return { stream: name, limitMs };
    }
    return undefined;
  }
}
