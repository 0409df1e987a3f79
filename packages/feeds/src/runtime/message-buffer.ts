import type { UnixMs } from '@liquidation-heatmap/core';
import type { SocketClose, SocketMessage } from './runtime.js';

/** Frames a socket holds for a slow reader: about 8 s of the busiest second recorded (2,466 frames). */
export const BUFFERED_FRAMES = 20_000;
/** Close code of our own for a reader that fell too far behind (4000-4999 are free for applications). */
export const CLOSE_SLOW_READER = 4001;

/** The reading half of a socket: a bounded queue with one reader. */
export class MessageBuffer implements AsyncIterable<SocketMessage> {
  readonly #limit: number;
  #queue: SocketMessage[] = [];
  #head = 0;
  #closed: SocketClose | undefined;
  #wake: (() => void) | undefined;

  constructor(limit: number = BUFFERED_FRAMES) {
    this.#limit = limit;
  }

  get closed(): SocketClose | undefined {
    return this.#closed;
  }

  /** Adds a frame; false when the reader is too far behind, after which the socket has to be closed. */
  push(data: string | Uint8Array, seenTime: UnixMs): boolean {
    if (this.#closed !== undefined) return true;
    if (this.#queue.length - this.#head >= this.#limit) {
      this.end({ code: CLOSE_SLOW_READER, reason: `more than ${String(this.#limit)} frames waited to be read` });
      return false;
    }
    this.#queue.push({ data, seenTime });
    this.#awake();
    return true;
  }

  /** No frame comes after this; what is queued is still read. The first reason stays. */
  end(close: SocketClose): void {
    this.#closed ??= close;
    this.#awake();
  }

  /** Ends and forgets what is queued: the reader has lost interest. */
  discard(close: SocketClose): void {
    this.#queue = [];
    this.#head = 0;
    this.end(close);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SocketMessage> {
    for (;;) {
      const message = this.#queue[this.#head];
      if (message !== undefined) {
        this.#head += 1;
        if (this.#head > 1_024 && this.#head * 2 > this.#queue.length) this.#compact();
        yield message;
      } else if (this.#closed !== undefined) {
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }

  #compact(): void {
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }

  #awake(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
