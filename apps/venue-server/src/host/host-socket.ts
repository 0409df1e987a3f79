import { FrameGate } from '../faults/frame-gate.js';
import type { VenueName } from '../market/venue-name.js';
import type { SocketPort, VenueSocket, WireChannel } from '../venues/venue-server.js';

/** Why a socket ended: the WebSocket close code, 1006 where there was no close frame, and the venue's words. */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
}

/** The client's end of a connection to a venue, without a network. */
export interface HostSocket {
  readonly url: string;
  readonly venue: VenueName;
  readonly isOpen: boolean;
  /** Undefined while it is open. */
  readonly closed: SocketEnd | undefined;
  /** Sends a text to the venue; its answers come before this returns. */
  send(text: string): void;
  close(): void;
  /** Hears every frame; those that came before are told at once. */
  onText(listener: (text: string) => void): void;
  onClose(listener: (end: SocketEnd) => void): void;
  /** Hears the venue's ping frames and takes over answering them with `pong`; without it they are answered at once, as browsers do. */
  onPing(listener: () => void): void;
  pong(): void;
}

/** Both ends of a connection, and the gate that faults act on. */
export class Connection implements HostSocket {
  readonly url: string;
  readonly venue: VenueName;
  readonly gate: FrameGate;
  /** The venue's way out. */
  readonly port: SocketPort;
  readonly #ended: (connection: Connection) => void;
  #venueSocket: VenueSocket | undefined;
  #closed: SocketEnd | undefined;
  #early: string[] | undefined = [];
  readonly #textListeners: ((text: string) => void)[] = [];
  readonly #closeListeners: ((end: SocketEnd) => void)[] = [];
  readonly #pingListeners: (() => void)[] = [];

  constructor(
    url: string,
    venue: VenueName,
    isMuted: (channel: WireChannel) => boolean,
    ended: (connection: Connection) => void,
  ) {
    this.url = url;
    this.venue = venue;
    this.#ended = ended;
    this.gate = new FrameGate((text) => this.#deliver(text), isMuted);
    this.port = {
      send: (frame, about) => this.gate.pass(JSON.stringify(frame), about),
      sendText: (text, about) => this.gate.pass(text, about),
      ping: () => this.#ping(),
      // Through a stalled line not even a close frame comes.
      close: (code, reason) => this.end(this.gate.isStalled ? { code: 1006, reason: '' } : { code, reason }),
    };
  }

  get isOpen(): boolean {
    return this.#closed === undefined;
  }

  get closed(): SocketEnd | undefined {
    return this.#closed;
  }

  /** Joins the venue's end to this connection. */
  join(venueSocket: VenueSocket): void {
    this.#venueSocket = venueSocket;
    if (!this.isOpen) venueSocket.end();
  }

  send(text: string): void {
    if (this.isOpen && !this.gate.isStalled) this.#venueSocket?.receive(text);
  }

  close(): void {
    this.end({ code: 1000, reason: 'closed by the client' });
  }

  /** Ends the connection, whoever wants it. */
  end(end: SocketEnd): void {
    if (!this.isOpen) return;
    this.#closed = end;
    this.#venueSocket?.end();
    this.#ended(this);
    for (const listener of this.#closeListeners) listener(end);
  }

  onText(listener: (text: string) => void): void {
    this.#textListeners.push(listener);
    for (const text of this.#early ?? []) listener(text);
    this.#early = undefined;
  }

  onClose(listener: (end: SocketEnd) => void): void {
    this.#closeListeners.push(listener);
  }

  onPing(listener: () => void): void {
    this.#pingListeners.push(listener);
  }

  pong(): void {
    if (this.isOpen && !this.gate.isStalled) this.#venueSocket?.pong();
  }

  #deliver(text: string): void {
    if (!this.isOpen) return;
    this.#early?.push(text);
    for (const listener of this.#textListeners) listener(text);
  }

  #ping(): void {
    if (this.gate.isStalled) return;
    if (this.#pingListeners.length === 0) this.pong();
    for (const listener of this.#pingListeners) listener();
  }
}
