import type { UnixMs } from '@liquidation-heatmap/core';
import { gunzipText } from '../gunzip-text.js';
import { childController } from '../runtime/abort.js';
import { isConnectionFault } from '../runtime/connection-fault.js';
import type { Runtime, Socket, SocketMessage } from '../runtime/runtime.js';
import { Backoff, HEALTHY_AFTER_MS } from './backoff.js';
import { closePatienceMs, closeWords } from './close-code.js';

/** How long both sockets of a rotation run side by side before the old one is closed. */
const OVERLAP_MS = 2_000;
/** A new socket of a rotation that brings no data by then is given up; the old one stays. */
const STANDBY_PATIENCE_MS = 20_000;
/** Frames kept of the new socket during the overlap: 2 s at the busiest second recorded, twice over. */
const STANDBY_FRAMES = 10_000;

/** What a connection is to hold open. */
export interface ConnectionOptions {
  readonly url: string;
  /** Text frames sent as soon as a socket is open: the subscriptions. */
  readonly hello: readonly string[];
  /** True for frames that carry market data: acks, pongs and errors keep no connection alive. */
  isData(text: string): boolean;
  /** Age at which a socket is replaced by a new one without a hole; venues cut theirs at 24 h. */
  readonly rotateAfterMs: number;
  /** What has to be answered to a frame at once, e.g. a ping of the venue's own. */
  replyTo?(text: string): string | undefined;
  /** A frame sent every so often, where the venue closes sockets that say nothing. */
  readonly keepAlive?: { readonly everyMs: number; readonly text: string };
  /** True where every frame is gzip; a frame that is none is left out. */
  readonly isGzipped?: boolean;
}

/** Who listens to a connection. Nothing here may throw because of what a venue sends. */
export interface ConnectionListener {
  /** Called before each attempt and waited for: the place to probe a venue that gave nothing `vain` times in a row. */
  beforeAttempt(vain: number, signal: AbortSignal): Promise<void>;
  /** A socket opened after none was open. Its subscriptions are sent; what belongs to older generations is void. */
  opened(generation: number, time: UnixMs): void;
  /** A newer socket took over without a hole; frames may repeat what the old one brought. */
  rotated(generation: number): void;
  frame(text: string, generation: number, seenTime: UnixMs): void;
  /** No socket is open now. `from` is the time of the last data, or of the start of a vain attempt; `hadData` tells them apart. */
  lost(reason: string, from: UnixMs, hadData: boolean): void;
  /** Pending when the consumer is behind: reading waits for it. */
  ready(): Promise<void> | undefined;
}

/** A frame as text. */
interface TextMessage {
  readonly data: string;
  readonly seenTime: UnixMs;
}

interface Link {
  readonly socket: Socket;
  readonly generation: number;
  readonly openedAt: UnixMs;
  firstData: UnixMs | undefined;
  lastData: UnixMs | undefined;
  readonly held: TextMessage[];
  reading: Promise<void>;
}

/** Keeps one subscription socket alive: reconnects with backoff, rotates before the venue's own limit, numbers generations. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #listener: ConnectionListener;
  readonly #runtime: Runtime;
  readonly #backoff: Backoff;
  #generation = 0;
  #current: Link | undefined;
  #standby: Link | undefined;
  #restartReason: string | undefined;
  #patienceMs = 0;
  #vain = 0;

  constructor(options: ConnectionOptions, listener: ConnectionListener, runtime: Runtime) {
    this.#options = options;
    this.#listener = listener;
    this.#runtime = runtime;
    this.#backoff = new Backoff(() => runtime.random());
  }

  /** Grows with every socket; an answer asked for under an older number is void. */
  get generation(): number {
    return this.#current?.generation ?? this.#generation;
  }

  /** Sends frames on the open socket; nothing happens while none is open. */
  send(frames: readonly string[]): void {
    for (const text of frames) this.#current?.socket.send(text);
  }

  /** Gives the open socket up, for instance because it went silent; a new one is opened. */
  restart(reason: string): void {
    if (this.#current === undefined) return;
    this.#restartReason = reason;
    this.#current.socket.close();
  }

  /** Runs until the signal aborts; never rejects because of the network. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#listener.beforeAttempt(this.#vain, signal);
      if (signal.aborted) return;
      const started = this.#runtime.now();
      const { reason, from, hadData } = await this.#serve(started, signal);
      if (signal.aborted) return;
      this.#vain = hadData ? 0 : this.#vain + 1;
      this.#listener.lost(reason, from, hadData);
      await this.#pause(signal);
    }
  }

  async #serve(started: UnixMs, signal: AbortSignal): Promise<{ reason: string; from: UnixMs; hadData: boolean }> {
    const { controller, unlink } = childController(signal);
    this.#patienceMs = 0;
    this.#restartReason = undefined;
    try {
      let link = await this.#open(controller.signal);
      this.#current = link;
      this.#listener.opened(link.generation, link.openedAt);
      link.reading = this.#read(link);
      const rotation = this.#rotate(controller.signal);
      for (;;) {
        await link.reading;
        if (this.#current === link && !this.#takeOver()) break;
        link = this.#current;
      }
      controller.abort();
      await rotation;
      return { reason: this.#endWords(link), from: link.lastData ?? started, hadData: link.lastData !== undefined };
    } catch (fault) {
      if (!isConnectionFault(fault)) throw fault;
      return { reason: fault.message, from: started, hadData: false };
    } finally {
      this.#current?.socket.close();
      this.#current = undefined;
      controller.abort();
      unlink();
    }
  }

  #endWords(link: Link): string {
    const close = link.socket.closed;
    if (this.#restartReason !== undefined || close === undefined) return this.#restartReason ?? 'the connection ended';
    this.#patienceMs = closePatienceMs(close);
    return closeWords(close);
  }

  async #open(signal: AbortSignal): Promise<Link> {
    const socket = await this.#runtime.connect(this.#options.url, signal);
    for (const text of this.#options.hello) socket.send(text);
    void this.#keepAlive(socket, signal);
    this.#generation += 1;
    const openedAt = this.#runtime.now();
    return {
      socket,
      generation: this.#generation,
      openedAt,
      firstData: undefined,
      lastData: undefined,
      held: [],
      reading: Promise.resolve(),
    };
  }

  async #keepAlive(socket: Socket, signal: AbortSignal): Promise<void> {
    const { keepAlive } = this.#options;
    if (keepAlive === undefined) return;
    while (socket.closed === undefined && !signal.aborted) {
      await this.#runtime.sleep(keepAlive.everyMs, signal);
      if (!signal.aborted) socket.send(keepAlive.text);
    }
  }

  async #read(link: Link): Promise<void> {
    for await (const raw of link.socket) {
      const message = await this.#readable(raw);
      if (message === undefined) continue;
      const reply = this.#options.replyTo?.(message.data);
      if (reply !== undefined) link.socket.send(reply);
      if (this.#standby === link) {
        this.#hold(link, message);
      } else if (this.#current === link) {
        const wait = this.#listener.ready();
        if (wait !== undefined) await wait;
        this.#deliver(link, message);
      } else {
        return;
      }
    }
  }

  #readable({ data, seenTime }: SocketMessage): TextMessage | undefined | Promise<TextMessage | undefined> {
    if (typeof data === 'string') return { data, seenTime };
    if (this.#options.isGzipped !== true) return undefined;
    return gunzipText(data).then(
      (text) => ({ data: text, seenTime }),
      () => undefined,
    );
  }

  #deliver(link: Link, { data, seenTime }: TextMessage): void {
    if (this.#options.isData(data)) {
      link.firstData ??= seenTime;
      link.lastData = seenTime;
      if (seenTime - link.firstData >= HEALTHY_AFTER_MS) this.#backoff.reset();
    }
    this.#listener.frame(data, link.generation, seenTime);
  }

  #hold(link: Link, message: TextMessage): void {
    if (link.held.length >= STANDBY_FRAMES) link.held.shift();
    link.held.push(message);
    if (this.#options.isData(message.data)) link.firstData ??= message.seenTime;
  }

  async #rotate(signal: AbortSignal): Promise<void> {
    let waitMs = this.#options.rotateAfterMs;
    for (;;) {
      await this.#runtime.sleep(waitMs, signal);
      if (signal.aborted) return;
      waitMs = (await this.#bringStandby(signal)) ? this.#options.rotateAfterMs : STANDBY_PATIENCE_MS;
    }
  }

  // Until the swap the old socket delivers; the new one's frames are held and delivered after it, so that a book
  // sees first everything the old one had and then a continuation that may overlap but has no hole.
  async #bringStandby(signal: AbortSignal): Promise<boolean> {
    try {
      const link = await this.#open(signal);
      this.#standby = link;
      link.reading = this.#read(link);
      const deadline = this.#runtime.now() + STANDBY_PATIENCE_MS;
      while (this.#standby === link && !signal.aborted && this.#runtime.now() < deadline) {
        await this.#runtime.sleep(OVERLAP_MS, signal);
        if (this.#standby === link && this.#takeOver()) return true;
      }
      if (this.#current === link) return true;
      this.#standby = undefined;
      link.socket.close();
      return false;
    } catch (fault) {
      if (!isConnectionFault(fault)) throw fault;
      return false;
    }
  }

  /** Makes the standby the current socket if it has brought data. */
  #takeOver(): boolean {
    const next = this.#standby;
    if (next?.firstData === undefined || next.socket.closed !== undefined) return false;
    const old = this.#current;
    this.#standby = undefined;
    this.#current = next;
    old?.socket.close();
    this.#listener.rotated(next.generation);
    const now = this.#runtime.now();
    for (const message of next.held.splice(0)) this.#deliver(next, { data: message.data, seenTime: now });
    return true;
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const ms = Math.max(this.#patienceMs, this.#backoff.next());
    const { controller, unlink } = childController(signal);
    try {
      // The network's return ends a long wait, after a moment of jitter: a room full of laptops wakes at once.
      const online = this.#runtime
        .whenOnline(controller.signal)
        .then(() => this.#runtime.sleep(this.#runtime.random() * 1_000, controller.signal));
      await Promise.race([this.#runtime.sleep(ms, controller.signal), online]);
    } finally {
      controller.abort();
      unlink();
    }
  }
}
