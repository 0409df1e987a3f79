import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import { Subscriptions } from '../subscriptions.js';
import { jsonObject, type FrameAbout, type SocketPort, type VenueDesk, type VenueSocket } from '../venue-server.js';
import { classOf, streamOf, type BinanceStream, type StreamClass } from './stream-names.js';
import { openStream } from './streams.js';

/** Rules of a connection, venues.md 3.3. */
const LIFETIME_MS = 24 * MS_PER_HOUR;
const PING_MS = 3 * MS_PER_MINUTE;
const PONG_WITHIN_MS = 10 * MS_PER_MINUTE;
const MESSAGES_PER_SECOND = 10;
const MOST_STREAMS = 200;
const CONTROL: FrameAbout = { channel: 'control' };

/** How a connection was opened: which class of streams flows on it, and whether they are wrapped. */
export interface BinancePath {
  /** Undefined where the path names no class: then the public streams flow alone. */
  readonly streamClass: StreamClass | undefined;
  readonly isCombined: boolean;
  readonly streams: readonly string[];
}

const PATH = /^(?:\/(public|market))?\/(stream|ws)(?:\/(.+))?$/;

/** What a path asks for; undefined where the venue has no socket there. */
export function binancePath(path: string, query: URLSearchParams): BinancePath | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const [, streamClass, form, rest] = match;
  const isCombined = form === 'stream';
  if (isCombined && rest !== undefined) return undefined;
  const named = isCombined ? (query.get('streams') ?? '') : (rest ?? '');
  const streams = named.split('/').filter((name) => name !== '');
  return { streamClass: streamClass as StreamClass | undefined, isCombined, streams };
}

/** One connection to Binance USDS-M. */
export class BinanceSocket implements VenueSocket {
  readonly #desk: VenueDesk;
  readonly #path: BinancePath;
  readonly #port: SocketPort;
  readonly #streams = new Subscriptions();
  readonly #timers: (() => void)[];
  readonly #received: number[] = [];
  #lastPong: number;

  constructor(desk: VenueDesk, path: BinancePath, port: SocketPort) {
    this.#desk = desk;
    this.#path = path;
    this.#port = port;
    this.#lastPong = desk.trueNow();
    this.#timers = [
      desk.after(LIFETIME_MS, () => port.close(1001, 'connection lives at most 24 hours')),
      desk.every(PING_MS, () => this.#ping()),
    ];
    for (const name of path.streams) this.#subscribe(name);
  }

  receive(text: string): void {
    if (this.#isFlooding()) {
      this.#port.close(1008, 'Too many requests');
      return;
    }
    const message = jsonObject(text);
    const { method, params, id } = message ?? {};
    const names = Array.isArray(params) ? params.filter((name): name is string => typeof name === 'string') : [];
    if (message === undefined) return this.#refuse(3, 'Invalid JSON: expected value at line 1 column 1', undefined);
    switch (method) {
      case 'SUBSCRIBE':
        if (names.length + this.#streams.names.length > MOST_STREAMS) {
          return this.#refuse(2, `Invalid request: a connection has at most ${String(MOST_STREAMS)} streams`, id);
        }
        this.#acknowledge(null, id);
        for (const name of names) this.#subscribe(name);
        return;
      case 'UNSUBSCRIBE':
        this.#acknowledge(null, id);
        for (const name of names) this.#streams.stop(name);
        return;
      case 'LIST_SUBSCRIPTIONS':
        return this.#acknowledge(this.#streams.names, id);
      default:
        return this.#refuse(2, `Invalid request: unknown variant \`${String(method)}\``, id);
    }
  }

  pong(): void {
    this.#lastPong = this.#desk.trueNow();
  }

  end(): void {
    this.#streams.clear();
    for (const cancel of this.#timers) cancel();
  }

  /** Every name is accepted; one of another class, or an unknown one, then never speaks. */
  #subscribe(name: string): void {
    const stream = streamOf(name, this.#desk.symbols);
    this.#streams.start(name, () => {
      if (stream === undefined || !this.#flows(stream)) return () => undefined;
      return openStream(this.#desk, stream, (data, about) => {
        this.#port.send(this.#path.isCombined ? { stream: name, data } : data, about);
      });
    });
  }

  #flows(stream: BinanceStream): boolean {
    return classOf(stream) === (this.#path.streamClass ?? 'public');
  }

  #acknowledge(result: unknown, id: unknown): void {
    this.#port.send({ result, id: id ?? null }, CONTROL);
  }

  #refuse(code: number, msg: string, id: unknown): void {
    this.#port.send({ error: { code, msg }, id: id ?? null }, CONTROL);
  }

  #isFlooding(): boolean {
    const now = this.#desk.trueNow();
    this.#received.push(now);
    while (this.#received[0]! <= now - MS_PER_SECOND) this.#received.shift();
    return this.#received.length > MESSAGES_PER_SECOND;
  }

  #ping(): void {
    if (this.#desk.trueNow() - this.#lastPong > PONG_WITHIN_MS) this.#port.close(1008, 'Pong timeout');
    else this.#port.ping();
  }
}
