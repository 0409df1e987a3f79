import { hexOf } from '../../market/chance.js';
import { Subscriptions } from '../subscriptions.js';
import { jsonObject, type FrameAbout, type SocketPort, type VenueDesk, type VenueSocket } from '../venue-server.js';
import { topicOf } from './topics.js';

/** Characters that the args of one request may have, venues.md 4. */
const MOST_ARG_CHARACTERS = 21_000;
const CONTROL: FrameAbout = { channel: 'control' };

/** One connection to Bybit's linear contracts. */
export class BybitSocket implements VenueSocket {
  readonly #desk: VenueDesk;
  readonly #port: SocketPort;
  readonly #connectionId: string;
  readonly #topics = new Subscriptions();

  /** `ordinal` counts the venue's connections and makes their ids. */
  constructor(desk: VenueDesk, ordinal: number, port: SocketPort) {
    this.#desk = desk;
    this.#port = port;
    const hex = hexOf(25, 'bybit', desk.seed, ordinal);
    this.#connectionId = `${hex.slice(0, 20)}-${hex.slice(20)}`;
  }

  receive(text: string): void {
    const message = jsonObject(text);
    const { op, args, req_id: requestId } = message ?? {};
    const topics = Array.isArray(args) ? args.filter((topic): topic is string => typeof topic === 'string') : [];
    switch (op) {
      case 'ping':
        return this.#answer('ping', 'pong', true, requestId);
      case 'subscribe':
        return this.#subscribe(topics, requestId);
      case 'unsubscribe':
        for (const topic of topics) this.#topics.stop(topic);
        return this.#answer('unsubscribe', '', true, requestId);
      default:
        return this.#answer(typeof op === 'string' ? op : '', 'error:request unmarshal failed', false, requestId);
    }
  }

  pong(): void {
    // This venue's heartbeat is a message, not a frame of the protocol.
  }

  end(): void {
    this.#topics.clear();
  }

  /** All topics or none: one that is unknown, or runs already, fails the request. */
  #subscribe(topics: readonly string[], requestId: unknown): void {
    if (JSON.stringify(topics).length > MOST_ARG_CHARACTERS)
      return this.#answer('subscribe', 'error:args are too long', false, requestId);
    const opened = topics.map((topic) => ({ topic, open: topicOf(this.#desk, topic) }));
    const unknown = opened.find(({ open }) => open === undefined);
    if (unknown !== undefined)
      return this.#answer('subscribe', `error:handler not found,topic:${unknown.topic}`, false, requestId);
    const repeated = topics.find((topic) => this.#topics.has(topic));
    if (repeated !== undefined)
      return this.#answer('subscribe', `error:already subscribed,topic:${repeated}`, false, requestId);
    this.#answer('subscribe', 'subscribe', true, requestId);
    for (const { topic, open } of opened) {
      if (open !== undefined) this.#topics.start(topic, () => open((frame, about) => this.#port.send(frame, about)));
    }
  }

  #answer(op: string, message: string, success: boolean, requestId: unknown): void {
    const id = typeof requestId === 'string' ? requestId : '';
    this.#port.send({ success, ret_msg: message, conn_id: this.#connectionId, req_id: id, op }, CONTROL);
  }
}
