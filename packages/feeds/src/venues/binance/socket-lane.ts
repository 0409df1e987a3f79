import type { UnixMs } from '@liquidation-heatmap/core';
import type { Connection } from '../../connection/connection.js';
import { mustSpeak, type SocketPlan } from './subscribe.js';

/** A subscription that speaks at least once a second and has not spoken after this long is silent: acked, but dead. */
export const SILENT_SUBSCRIPTION_MS = 10_000;

/** One of the venue's two sockets: what flows on it and when it was last heard. Times of this machine. */
export class SocketLane {
  readonly plan: SocketPlan;
  connection: Connection | undefined;
  /** Time of the newest data before the last cut; undefined while nothing has been missed. */
  holeFrom: UnixMs | undefined;
  /** Close of the newest bar of the warm start, on the venue's clock, until the trades since then have been fetched. */
  pastEnd: Promise<UnixMs | undefined> | undefined;
  /** Frames that wait until what was missed has been read. */
  held: { readonly text: string; readonly seenTime: UnixMs }[] | undefined;
  #openedAt: UnixMs | undefined;
  readonly #spoken = new Map<string, UnixMs>();

  constructor(plan: SocketPlan) {
    this.plan = plan;
  }

  /** A socket is open and has brought data. */
  get isDelivering(): boolean {
    return this.#openedAt !== undefined && this.#spoken.size > 0;
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

  /** Streams that were accepted on the open socket and should have spoken by now, but never did. */
  silentStreams(now: UnixMs): readonly string[] {
    const since = this.#openedAt;
    if (since === undefined || now - since < SILENT_SUBSCRIPTION_MS) return [];
    return this.plan.streams.filter((stream) => mustSpeak(stream) && !this.#spoken.has(stream));
  }

  /** The longest silence among streams that have spoken on the open socket and always should. */
  stalled(now: UnixMs, limitMs: number): string | undefined {
    return this.plan.streams.find((stream) => mustSpeak(stream) && now - (this.#spoken.get(stream) ?? now) >= limitMs);
  }
}
