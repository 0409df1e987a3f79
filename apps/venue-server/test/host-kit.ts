import { createVenueHost, type HostSocket, type VenueHost, type VenueHostOptions } from '../src/index.js';
import type { InstrumentMarket } from '../src/market/instrument-market.js';
import type { Ladder } from '../src/market/ladder.js';

/** 2026-11-20 00:00:30 UTC. */
export const START = 1_795_132_830_000;

/** A host with BTC alone and two hours of past, unless a test wants more. */
export function makeHost(options: Partial<VenueHostOptions> = {}): VenueHost {
  return createVenueHost({ seed: 1, startTime: START, symbols: ['BTCUSDT'], historyMs: 2 * 3_600_000, ...options });
}

/** Any JSON object of the wire; tests look into it by name. */
export type Frame = Readonly<Record<string, unknown>>;

/** A client that keeps what it hears. */
export class Listener {
  readonly socket: HostSocket;
  readonly texts: string[] = [];

  constructor(host: VenueHost, url: string, ...messages: readonly unknown[]) {
    const outcome = host.connect(url);
    if (outcome.outcome !== 'open') throw new Error(`${url} refused: ${String(outcome.status)}`);
    this.socket = outcome.socket;
    this.socket.onText((text) => void this.texts.push(text));
    for (const message of messages) this.say(message);
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Frames that are JSON, as objects. */
  get frames(): Frame[] {
    return this.texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Frame);
  }

  /** Frames that satisfy a test, which looks at them as they are. */
  those<Shape>(isOne: (frame: Frame) => boolean): Shape[] {
    return this.frames.filter(isOne) as Shape[];
  }
}

/** Rows of a book on the wire: price and size first. */
export type WireRow = readonly [price: string, size: string, ...unknown[]];

/** A book as a reader of the wire keeps it: text in, numbers out. */
export class ReaderBook {
  readonly #sides = { bids: new Map<number, number>(), asks: new Map<number, number>() };

  replace(bids: readonly WireRow[], asks: readonly WireRow[]): void {
    this.#sides.bids.clear();
    this.#sides.asks.clear();
    this.change(bids, asks);
  }

  change(bids: readonly WireRow[], asks: readonly WireRow[]): void {
    for (const [side, rows] of [
      [this.#sides.bids, bids],
      [this.#sides.asks, asks],
    ] as const) {
      for (const [price, size] of rows) {
        if (Number(size) === 0) side.delete(Number(price));
        else side.set(Number(price), Number(size));
      }
    }
  }

  get isCrossed(): boolean {
    return Math.max(...this.#sides.bids.keys()) >= Math.min(...this.#sides.asks.keys());
  }

  /** The best levels of a side as `[price, size]`, best first. */
  levels(side: 'bids' | 'asks', count: number): [number, number][] {
    const away = side === 'asks' ? 1 : -1;
    return [...this.#sides[side]].sort(([a], [b]) => (a - b) * away).slice(0, count);
  }
}

/** The best levels of the model's side as `[price, size]`; sizes divided by what a contract is worth. */
export function modelLevels({ listing }: InstrumentMarket, side: Ladder, count: number): [number, number][] {
  const { tick, sizeStep, contractValue, priceDecimals } = listing;
  return side
    .levels(count)
    .map(({ ticks, size }) => [
      Number((ticks * tick.value).toFixed(priceDecimals)),
      Number(((size * sizeStep.value) / contractValue).toFixed(8)),
    ]);
}

/** The body of an answer that must be one. */
export function bodyOf<Shape>(host: VenueHost, url: string, body?: unknown): Shape {
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = host.fetch(url, request);
  if ('network' in answer) throw new Error(answer.network);
  return JSON.parse(answer.body) as Shape;
}

/** Status of an answer, or the word of the network that gave none. */
export function statusOf(host: VenueHost, url: string): number | string {
  const answer = host.fetch(url);
  return 'network' in answer ? answer.network : answer.status;
}
