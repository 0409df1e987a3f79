import type { DurationMs, UnixMs } from '@liquidation-heatmap/core';
import type { Presence } from './presence.js';

/** One frame from a socket, stamped when it arrived, not when somebody read it. */
export interface SocketMessage {
  readonly data: string | Uint8Array;
  readonly seenTime: UnixMs;
}

/** Why a socket ended: the WebSocket close code (1006 where there was none) and the words that came with it. */
export interface SocketClose {
  readonly code: number;
  readonly reason: string;
}

/** An open WebSocket. Iteration yields frames in order of arrival and ends when the socket has closed. */
export interface Socket extends AsyncIterable<SocketMessage> {
  /** Sends one text frame; does nothing once the socket is closing. */
  send(text: string): void;
  /** Closes and ends the iteration; may be called again. */
  close(): void;
  /** Why it ended; undefined while it is open. */
  readonly closed: SocketClose | undefined;
}

/** An HTTP answer of any status. */
export interface HttpAnswer {
  readonly status: number;
  /** A header by its lower-case name; undefined where it is absent or hidden from the page. */
  header(name: string): string | undefined;
  readonly body: string;
}

/** The only way to time, chance and the network. Everything that waits takes a signal and leaves nothing behind when it aborts. */
export interface Runtime {
  now(): UnixMs;
  /** A number in [0, 1). */
  random(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Resolves with an open socket; rejects with a `ConnectionFault`. `isAside`: what flows on it is no part of the contract's market, so
   * that a recording of that market leaves it out.
   */
  connect(url: string, signal: AbortSignal, isAside?: boolean): Promise<Socket>;
  /**
   * GET without custom headers, or POST where there is a `body` of JSON; resolves with an answer of any status, rejects with a
   * `ConnectionFault`.
   */
  fetchText(url: string, signal: AbortSignal, timeoutMs: DurationMs, body?: string): Promise<HttpAnswer>;
  /** Resolves when the machine says that its network came back, or when the signal aborts. A hint: it may never resolve otherwise. */
  whenOnline(signal: AbortSignal): Promise<void>;
  /** Whether somebody can see the page; absent where that has no meaning. */
  readonly presence?: Presence;
  /** So long a venue's stream outlives its last reader, ms; default 0. */
  readonly lingerMs?: number;
}
