import { MS_PER_HOUR } from '@liquidation-heatmap/core';
import { hexOf } from '../../market/chance.js';
import { Subscriptions } from '../subscriptions.js';
import { jsonObject, type FrameAbout, type SocketPort, type VenueDesk, type VenueSocket } from '../venue-server.js';
import { subscriptionOf, type ChannelArg, type OkxPath } from './channels.js';

/** Silence in both directions after which the venue closes; close code 4004 is from memory. */
const SILENCE_MS = 30_000;
const SILENCE_CODE = 4004;
const LOOK_MS = 1_000;
/** Subscribe and unsubscribe operations an hour and connection, venues.md 5. */
const OPERATIONS_PER_HOUR = 480;
const CONTROL: FrameAbout = { channel: 'control' };

/** One connection to OKX. */
export class OkxSocket implements VenueSocket {
  readonly #desk: VenueDesk;
  readonly #path: OkxPath;
  readonly #port: SocketPort;
  readonly #connectionId: string;
  readonly #channels = new Subscriptions();
  readonly #stopLooking: () => void;
  readonly #operations: number[] = [];
  #lastFrame: number;

  /** `ordinal` counts the venue's connections and makes their ids. */
  constructor(desk: VenueDesk, path: OkxPath, ordinal: number, port: SocketPort) {
    this.#desk = desk;
    this.#path = path;
    this.#port = port;
    this.#connectionId = hexOf(8, 'okx', desk.seed, ordinal);
    this.#lastFrame = desk.trueNow();
    this.#stopLooking = desk.every(LOOK_MS, () => this.#look());
  }

  receive(text: string): void {
    this.#lastFrame = this.#desk.trueNow();
    if (text === 'ping') {
      this.#port.sendText('pong', CONTROL);
      return;
    }
    const message = jsonObject(text);
    const { op, args } = message ?? {};
    if ((op !== 'subscribe' && op !== 'unsubscribe') || !Array.isArray(args))
      return this.#refuse('60012', `Invalid request: ${text}`);
    if (this.#isHasty()) return this.#refuse('60014', 'Requests too frequent');
    for (const arg of args) {
      if (typeof arg !== 'object' || arg === null) this.#refuse('60012', `Invalid request: ${text}`);
      else if (op === 'subscribe') this.#subscribe(arg as ChannelArg);
      else this.#unsubscribe(arg as ChannelArg);
    }
  }

  pong(): void {
    // This venue's heartbeat is a text, not a frame of the protocol.
  }

  end(): void {
    this.#channels.clear();
    this.#stopLooking();
  }

  #subscribe(asked: ChannelArg): void {
    const subscription = subscriptionOf(this.#desk, this.#path, asked);
    if (subscription === undefined) {
      const named = Object.entries(asked).map(([name, value]) =>
        name === 'channel' ? String(value) : `${name}:${String(value)}`,
      );
      const wanted = `Wrong URL or channel:${named.join(',')} doesn't exist.`;
      return this.#refuse(
        '60018',
        `${wanted} Please use the correct URL, channel and parameters referring to API document.`,
      );
    }
    const { arg, open } = subscription;
    this.#send({ event: 'subscribe', arg, connId: this.#connectionId }, CONTROL);
    this.#channels.start(JSON.stringify(arg), () => open((rest, about) => this.#send({ arg, ...rest }, about)));
  }

  #unsubscribe(asked: ChannelArg): void {
    const arg = subscriptionOf(this.#desk, this.#path, asked)?.arg ?? asked;
    this.#channels.stop(JSON.stringify(arg));
    this.#send({ event: 'unsubscribe', arg, connId: this.#connectionId }, CONTROL);
  }

  #refuse(code: string, msg: string): void {
    this.#send({ event: 'error', msg, code, connId: this.#connectionId }, CONTROL);
  }

  #send(frame: object, about: FrameAbout): void {
    this.#lastFrame = this.#desk.trueNow();
    this.#port.send(frame, about);
  }

  #isHasty(): boolean {
    const now = this.#desk.trueNow();
    this.#operations.push(now);
    while (this.#operations[0]! <= now - MS_PER_HOUR) this.#operations.shift();
    return this.#operations.length > OPERATIONS_PER_HOUR;
  }

  #look(): void {
    if (this.#desk.trueNow() - this.#lastFrame >= SILENCE_MS) this.#port.close(SILENCE_CODE, 'No data received in 30s');
  }
}
