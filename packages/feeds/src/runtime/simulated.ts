import type { DurationMs, UnixMs } from '@liquidation-heatmap/core';
import { onAbort } from './abort.js';
import { ConnectionFault } from './connection-fault.js';
import type { HttpAnswer, Runtime, Socket } from './runtime.js';
import { simulatedSocket, type ServerSocket } from './simulated-socket.js';
import { VirtualClock } from './virtual-clock.js';

/** What a simulated host answers to a GET; `network` fails like a missing network or missing CORS headers. */
export type SimulatedAnswer =
  | {
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly delayMs?: number;
    }
  | { readonly network: string; readonly delayMs?: number };

/** The outside world of a simulated runtime, scripted by a test. */
export interface SimulatedHost {
  /** Decides on a connection attempt; `hang` never answers the handshake. */
  admits(url: string): 'accept' | 'refuse' | 'hang';
  /** An accepted socket, just opened. */
  accepted(socket: ServerSocket): void;
  answer(url: string, body?: string): SimulatedAnswer;
}

/** Longest wait for a handshake, as in the real runtimes. */
const HANDSHAKE_MS = 10_000;

/** A runtime whose hours take milliseconds and whose network is `host`. Same seed and script: same run. */
export class SimulatedWorld {
  readonly #host: SimulatedHost;
  readonly #clock: VirtualClock;
  readonly #requests: { readonly time: UnixMs; readonly url: string }[] = [];
  readonly #onlineListeners = new Set<() => void>();
  #openSockets = 0;
  #waits = 0;
  /** What the feeds under test run on. */
  readonly runtime: Runtime;

  constructor(host: SimulatedHost, start: UnixMs, seed = 1) {
    this.#host = host;
    this.#clock = new VirtualClock(start);
    this.runtime = {
      now: () => this.#clock.now,
      random: seededRandom(seed),
      sleep: (ms, signal) => this.#sleep(ms, signal),
      connect: (url, signal) => this.#connect(url, signal),
      fetchText: (url, signal, timeoutMs, body) => this.#fetchText(url, signal, timeoutMs, body),
      whenOnline: (signal) => this.#whenOnline(signal),
    };
  }

  now(): UnixMs {
    return this.#clock.now;
  }

  /** Sockets the client holds open, handshakes included. */
  get openSockets(): number {
    return this.#openSockets;
  }

  /** Waits of the client that have neither ended nor been aborted. */
  get waits(): number {
    return this.#waits;
  }

  /** Every URL asked for with GET, with the time of asking. */
  get requests(): readonly { readonly time: UnixMs; readonly url: string }[] {
    return this.#requests;
  }

  /** Lets everything run that needs no time to pass. */
  settle(): Promise<void> {
    return nextTurn();
  }

  /** Moves time on; everything due happens in order, each to its end before the next. */
  async advance(ms: number): Promise<void> {
    const until = (this.#clock.now + ms) as UnixMs;
    await nextTurn();
    while (this.#clock.step(until)) await nextTurn();
  }

  /** The host's own script: runs `action` after `ms`. */
  after(ms: number, action: () => void): void {
    this.#clock.after(ms, action);
  }

  /** The host's own script: runs `action` every `ms` until it returns false. */
  every(ms: number, action: () => boolean | undefined): void {
    const again = (): void => {
      if (action() !== false) this.#clock.after(ms, again);
    };
    this.#clock.after(ms, again);
  }

  /** Tells the runtime that the network came back. */
  online(): void {
    for (const listener of [...this.#onlineListeners]) listener();
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.#waits += 1;
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waits -= 1;
        timer.cancel();
        unlink();
        resolve();
      };
      const timer = this.#clock.after(ms, done);
      const unlink = onAbort(signal, done);
    });
  }

  async #connect(url: string, signal: AbortSignal): Promise<Socket> {
    const verdict = this.#host.admits(url);
    this.#openSockets += 1;
    await this.#sleep(verdict === 'hang' ? HANDSHAKE_MS : 0, signal);
    const close = (): void => void (this.#openSockets -= 1);
    if (signal.aborted || verdict !== 'accept') close();
    if (signal.aborted) throw new ConnectionFault('aborted', 'aborted');
    if (verdict === 'refuse') throw new ConnectionFault('refused', `${url} refused the connection`);
    if (verdict === 'hang') throw new ConnectionFault('timeout', `${url} did not answer within 10 s`);
    const { client, server } = simulatedSocket(url, this.#clock, signal, close);
    this.#host.accepted(server);
    return client;
  }

  async #fetchText(url: string, signal: AbortSignal, timeoutMs: DurationMs, body?: string): Promise<HttpAnswer> {
    if (signal.aborted) throw new ConnectionFault('aborted', 'aborted');
    this.#requests.push({ time: this.#clock.now, url });
    const answer = this.#host.answer(url, body);
    const delay = answer.delayMs ?? 0;
    await this.#sleep(Math.min(delay, timeoutMs), signal);
    if (signal.aborted) throw new ConnectionFault('aborted', 'aborted');
    if (delay > timeoutMs)
      throw new ConnectionFault('timeout', `${url} did not answer within ${String(timeoutMs / 1_000)} s`);
    if ('network' in answer) throw new ConnectionFault('network', `${url} could not be read: ${answer.network}`);
    return { status: answer.status, body: answer.body, header: (name) => answer.headers?.[name] };
  }

  #whenOnline(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#onlineListeners.delete(done);
        unlink();
        resolve();
      };
      let unlink: () => void = () => undefined;
      this.#onlineListeners.add(done);
      unlink = onAbort(signal, done);
    });
  }
}

// One turn of the host's event loop: every promise that can go on has gone on when it returns. No time is waited for.
function nextTurn(): Promise<void> {
  const { setImmediate: immediate } = globalThis as { setImmediate?: (action: () => void) => void };
  return new Promise((resolve) => {
    if (immediate !== undefined) {
      immediate(resolve);
      return;
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

/** Mulberry32 (T. Ettinger, public domain): enough for jitter. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
