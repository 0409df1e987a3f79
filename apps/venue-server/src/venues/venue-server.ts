import type { Cancel } from '../clock/timeline.js';
import type { InstrumentMarket } from '../market/instrument-market.js';
import type { SymbolName, VenueName } from '../market/venue-name.js';

/** What a frame carries, by which faults choose; `control` is every ack, error and pong. */
export type WireChannel =
  'control' | 'book' | 'trades' | 'bars' | 'mark' | 'index' | 'ticker' | 'open-interest' | 'funding' | 'liquidations';

/** What is known of a frame besides its text. */
export interface FrameAbout {
  readonly channel: WireChannel;
  /** Canonical; undefined where a frame is of no one symbol. */
  readonly symbol?: SymbolName;
  /** The book frame that a stream of deltas starts from; faults of the book leave it alone. */
  readonly isSnapshot?: boolean;
}

/** The way out of a venue's socket. */
export interface SocketPort {
  send(frame: unknown, about: FrameAbout): void;
  /** Text that is no JSON, such as OKX's `pong`. */
  sendText(text: string, about: FrameAbout): void;
  /** A ping frame of the WebSocket protocol. */
  ping(): void;
  close(code: number, reason: string): void;
}

/** The venue's end of one connection. It sends nothing after `end`. */
export interface VenueSocket {
  receive(text: string): void;
  /** A pong frame of the WebSocket protocol arrived. */
  pong(): void;
  /** The connection is gone, whoever ended it. */
  end(): void;
}

/** A request as it arrives: path below the host, query apart. */
export interface RestRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** An answer of any status; header names are lower case. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a venue may know and do: its markets, its own clock, and timers. */
export interface VenueDesk {
  readonly venue: VenueName;
  /** Names the run; ids that look drawn are made from it. */
  readonly seed: number | string;
  /** Canonical symbols that are listed. */
  readonly symbols: readonly SymbolName[];
  /** What the venue's clock shows, unix ms. */
  now(): number;
  /** True unix ms, for durations: the venue's clock may jump. */
  trueNow(): number;
  /** A true time as the venue's clock would have shown it. */
  stamp(time: number): number;
  market(symbol: SymbolName): InstrumentMarket;
  /** The canonical symbol of the venue's own name; undefined where it lists none of that name. */
  symbolOf(ownSymbol: unknown): SymbolName | undefined;
  after(ms: number, action: () => void): Cancel;
  every(ms: number, action: () => void): Cancel;
}

/** One venue: its sockets and its REST, nothing of ports and clocks. */
export interface VenueServer {
  /** Opens a socket at a path; undefined where the venue has none there. */
  openSocket(host: string, path: string, query: URLSearchParams, port: SocketPort): VenueSocket | undefined;
  answer(request: RestRequest): RestAnswer;
}

/** An answer whose body is JSON. */
export function jsonAnswer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): RestAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** A client's frame as an object; undefined where it is no JSON object. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
