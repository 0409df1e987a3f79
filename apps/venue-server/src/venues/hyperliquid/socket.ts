import { Subscriptions } from '../subscriptions.js';
import { jsonObject, type FrameAbout, type SocketPort, type VenueDesk, type VenueSocket } from '../venue-server.js';
import { channelOf, type Asked } from './channels.js';

/** Without a frame from the venue for this long it closes, venues.md 6.1; so a client pings. */
const IDLE_MS = 60_000;
const LOOK_MS = 1_000;
const CONTROL: FrameAbout = { channel: 'control' };

/** One connection to Hyperliquid. */
export class HyperliquidSocket implements VenueSocket {
  readonly #desk: VenueDesk;
  readonly #port: SocketPort;
  readonly #channels = new Subscriptions();
  readonly #stopLooking: () => void;
  #lastSent: number;

  constructor(desk: VenueDesk, port: SocketPort) {
    this.#desk = desk;
    this.#port = port;
    this.#lastSent = desk.trueNow();
    this.#stopLooking = desk.every(LOOK_MS, () => {
      if (desk.trueNow() - this.#lastSent >= IDLE_MS) port.close(1000, 'Inactive');
    });
  }

  receive(text: string): void {
    const message = jsonObject(text);
    const method = message?.['method'];
    if (method === 'ping') return this.#send({ channel: 'pong' }, CONTROL);
    const asked = message?.['subscription'];
    const isAsked = typeof asked === 'object' && asked !== null && !Array.isArray(asked);
    if (!isAsked || (method !== 'subscribe' && method !== 'unsubscribe'))
      return this.#refuse(`Error parsing JSON into valid websocket request: ${text}`);
    if (method === 'subscribe') this.#subscribe(asked as Asked);
    else this.#unsubscribe(asked as Asked);
  }

  pong(): void {
    // This venue's heartbeat is a message, not a frame of the protocol.
  }

  end(): void {
    this.#channels.clear();
    this.#stopLooking();
  }

  #subscribe(asked: Asked): void {
    const name = nameOf(asked);
    const open = channelOf(this.#desk, asked);
    if (open === undefined) return this.#refuse(`Invalid subscription ${name}`);
    if (this.#channels.has(name)) return this.#refuse(`Already subscribed: ${name}`);
    this.#acknowledge('subscribe', asked);
    this.#channels.start(name, () => open((channel, data, about) => this.#send({ channel, data }, about)));
  }

  #unsubscribe(asked: Asked): void {
    const name = nameOf(asked);
    if (!this.#channels.stop(name)) return this.#refuse(`Already unsubscribed: ${name}`);
    this.#acknowledge('unsubscribe', asked);
  }

  #acknowledge(method: string, subscription: Asked): void {
    this.#send({ channel: 'subscriptionResponse', data: { method, subscription } }, CONTROL);
  }

  #refuse(reason: string): void {
    this.#send({ channel: 'error', data: reason }, CONTROL);
  }

  #send(frame: object, about: FrameAbout): void {
    this.#lastSent = this.#desk.trueNow();
    this.#port.send(frame, about);
  }
}

/** The same for the same wishes, in whatever order they are written. */
function nameOf(asked: Asked): string {
  return JSON.stringify(Object.fromEntries(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1))));
}
