import {
  MS_PER_HOUR,
  MS_PER_MINUTE,
  type ChannelState,
  type Fault,
  type Instrument,
  type MarketEvent,
  type StatusChange,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { EventQueue } from '../../combine/event-queue.js';
import { ChannelWatch } from '../../connection/channel-watch.js';
import { Connection, type ConnectionListener } from '../../connection/connection.js';
import { STREAM_SILENCE, pollSilence } from '../../connection/heartbeat.js';
import type { RestRequest, VenueSession } from '../../feed.js';
import { childController } from '../../runtime/abort.js';
import type { Runtime } from '../../runtime/runtime.js';
import { EXCHANGE_INFO_URL, openInterestUrl } from './endpoints.js';
import { binance } from './index.js';
import { recoverHole, type Recovery } from './recover.js';
import { BinanceRest } from './rest.js';
import { SocketLane } from './socket-lane.js';
import { channelOfStream, streamOfFrame, type SocketPlan } from './subscribe.js';

/** Age at which a socket is replaced: the venue cuts sockets at 24 h. */
export const ROTATE_AFTER_MS = 24 * MS_PER_HOUR - 10 * MS_PER_MINUTE;
/** Open interest is polled this often: weight 6 a minute of 2400. */
export const OPEN_INTEREST_EVERY_MS = 10_000;
const WATCH_EVERY_MS = 1_000;
/** Status events wait this long for the first frame, which tells how far this machine's clock is off. */
const CLOCK_PATIENCE_MS = 3_000;
/** What was missed has to be read by then; what is live waits for it. */
const RECOVERY_PATIENCE_MS = 5_000;
/** First and longest wait before a snapshot that came too old is fetched again. */
const SNAPSHOT_WAIT_MS = 500;
const SNAPSHOT_WAIT_CAP_MS = 30_000;
/** Vain attempts before the venue is asked by REST whether it serves this region at all. */
const VAIN_BEFORE_PROBE = 2;
const REGION_PAUSE_MS = 300_000;

const NOTHING: Recovery = { events: [], frames: [] };

/** Drives one instrument of Binance USDS-M: sockets, snapshots, open interest, liveness. What it learns goes into the queue. */
export class BinanceLiveSession {
  readonly #spec: Instrument;
  readonly #runtime: Runtime;
  readonly #queue: EventQueue<MarketEvent>;
  readonly #session: VenueSession;
  readonly #rest: BinanceRest;
  readonly #lanes: readonly SocketLane[];
  readonly #watch: ChannelWatch;
  readonly #rotateAfterMs: number;
  #waiting: (() => void)[] | undefined = [];
  #lastTradeId: number | undefined;
  #hasAskedSteps = false;
  #said = '';
  #saidOfRest = '';

  constructor(
    spec: Instrument,
    plans: readonly SocketPlan[],
    runtime: Runtime,
    queue: EventQueue<MarketEvent>,
    rotateAfterMs = ROTATE_AFTER_MS,
  ) {
    this.#rotateAfterMs = rotateAfterMs;
    this.#spec = spec;
    this.#runtime = runtime;
    this.#queue = queue;
    this.#session = binance.createSession({ symbols: [spec.ownSymbol], instruments: [spec] });
    this.#rest = new BinanceRest(runtime, (fault) => this.#tellRest(fault));
    this.#lanes = plans.map((plan) => new SocketLane(plan));
    this.#watch = new ChannelWatch(
      'binance',
      [
        { channel: 'book', rule: STREAM_SILENCE },
        { channel: 'mark', rule: STREAM_SILENCE },
        { channel: 'trades', judgedBy: 'mark' },
        { channel: 'liquidations', judgedBy: 'mark' },
        { channel: 'open-interest', rule: pollSilence(OPEN_INTEREST_EVERY_MS) },
      ],
      runtime.now(),
    );
  }

  /** Runs until the signal aborts. `barsEnd`: trades since then are fetched, so that the past joins without a hole. */
  async run(barsEnd: Promise<UnixMs | undefined> | undefined, outer: AbortSignal): Promise<void> {
    const { controller, unlink } = childController(outer);
    const { signal } = controller;
    try {
      this.#say('connecting', 'connecting to Binance');
      const connections = this.#lanes.map((lane) => {
        if (lane.plan.streamClass === 'market') lane.pastEnd = barsEnd;
        lane.connection = new Connection(
          {
            url: lane.plan.url,
            hello: [lane.plan.hello],
            isData: (text) => streamOfFrame(text) !== undefined,
            rotateAfterMs: this.#rotateAfterMs,
          },
          this.#listener(lane, signal),
          this.#runtime,
        );
        return lane.connection.run(signal);
      });
      await Promise.all([
        ...connections,
        this.#clockReady(signal),
        this.#pollOpenInterest(signal),
        this.#watchSilence(signal),
      ]);
    } finally {
      controller.abort();
      unlink();
    }
  }

  #listener(lane: SocketLane, signal: AbortSignal): ConnectionListener {
    return {
      beforeAttempt: (vain, attemptSignal) => this.#beforeAttempt(vain, attemptSignal),
      opened: (generation, time) => {
        lane.opened(time);
        this.#pushAll([...this.#session.onOpen(lane.plan.url, time), ...this.#session.onSent(lane.plan.hello, time)]);
        this.#startRecovery(lane, generation, signal);
      },
      rotated: () => undefined,
      frame: (text, _generation, seenTime) => this.#frame(lane, text, seenTime, signal),
      lost: (reason, from, hadData) => {
        lane.lost();
        lane.held = undefined;
        if (hadData) lane.holeFrom ??= from;
        this.#pushAll(this.#session.onClose(this.#runtime.now(), reason, lane.plan.url));
        if (hadData || !this.#said.startsWith('unavailable')) this.#say('connecting', reason);
      },
      ready: () => this.#queue.ready(),
    };
  }

  #frame(lane: SocketLane, text: string, seenTime: UnixMs, signal: AbortSignal): void {
    const stream = streamOfFrame(text);
    if (stream !== undefined) {
      lane.spoke(stream, seenTime);
      const channel = channelOfStream(stream);
      if (channel !== undefined) this.#watch.heard(channel, seenTime);
    }
    if (lane.held !== undefined) lane.held.push({ text, seenTime });
    else this.#read(text, seenTime, signal);
    if (stream !== undefined && this.#lanes.every((other) => other.isDelivering)) this.#say('live', '');
  }

  #read(text: string, receiveTime: UnixMs, signal: AbortSignal): void {
    const events = this.#session.onText(text, receiveTime);
    if (this.#waiting !== undefined && streamOfFrame(text) !== undefined) this.#clockKnown();
    this.#pushAll(events);
    for (const request of this.#session.takeRequests()) void this.#fetchSnapshot(request, signal);
    if (!this.#hasAskedSteps && this.#session.takeFaults().some(({ code }) => code === 'off-tick'))
      void this.#askSteps(signal);
  }

  // A generation's frames wait until what was missed before it has been read, but no longer than the patience.
  #startRecovery(lane: SocketLane, generation: number, signal: AbortSignal): void {
    const { holeFrom, pastEnd } = lane;
    if (lane.plan.streamClass !== 'market' || (holeFrom === undefined && pastEnd === undefined)) return;
    lane.held = [];
    void this.#recover(lane, generation, signal);
  }

  async #recover(lane: SocketLane, generation: number, outer: AbortSignal): Promise<void> {
    const recovery = await this.#readMissed(lane, outer);
    if (outer.aborted || lane.connection?.generation !== generation || lane.held === undefined) return;
    const { seenTime } = this.#stamp();
    const now = this.#runtime.now();
    for (const event of recovery.events) {
      this.#push({ ...event, eventTime: Math.min(event.eventTime, seenTime) as UnixMs, seenTime });
    }
    for (const frame of recovery.frames) this.#read(frame, now, outer);
    const held = lane.held;
    lane.held = undefined;
    lane.holeFrom = undefined;
    lane.pastEnd = undefined;
    for (const { text } of held) this.#read(text, now, outer);
  }

  /** What was missed since the bars of the warm start ended, or since the last data before a cut. */
  async #readMissed(lane: SocketLane, signal: AbortSignal): Promise<Recovery> {
    const opened = this.#runtime.now();
    await this.#clockReady(signal);
    // Holes are measured on this machine's clock and asked for on the venue's.
    const skewMs = this.#stamp().seenTime - this.#runtime.now();
    const from = (await lane.pastEnd) ?? (lane.holeFrom ?? NaN) + skewMs;
    if (Number.isNaN(from)) return NOTHING;
    return this.#readHole(from as UnixMs, (opened + skewMs) as UnixMs, signal);
  }

  async #readHole(from: UnixMs, to: UnixMs, outer: AbortSignal): Promise<Recovery> {
    const { controller, unlink } = childController(outer);
    const { signal } = controller;
    const hole = { from, to, lastTradeId: this.#lastTradeId };
    const patience = this.#runtime.sleep(RECOVERY_PATIENCE_MS, signal).then(() => NOTHING);
    try {
      return await Promise.race([recoverHole(this.#spec, hole, to, this.#rest, signal), patience]);
    } finally {
      controller.abort();
      unlink();
    }
  }

  async #fetchSnapshot(request: RestRequest, signal: AbortSignal): Promise<void> {
    const isCurrent = (): boolean =>
      !signal.aborted && this.#session.bookState(request.instrument)?.generation === request.generation;
    for (let attempt = request.attempt; isCurrent(); attempt++) {
      if (attempt > 0)
        await this.#runtime.sleep(Math.min(SNAPSHOT_WAIT_CAP_MS, SNAPSHOT_WAIT_MS * 2 ** attempt), signal);
      if (!isCurrent()) return;
      const answer = await this.#rest.depth(this.#spec.ownSymbol, signal);
      if (!isCurrent()) return;
      if (!answer.ok) continue;
      this.#pushAll(this.#session.onRest(request.url, answer.value.body, answer.value.receiveTime, request.generation));
      for (const next of this.#session.takeRequests()) void this.#fetchSnapshot(next, signal);
      return;
    }
  }

  // Prices off the known tick mean that the venue has changed it: its own list says to what.
  async #askSteps(signal: AbortSignal): Promise<void> {
    this.#hasAskedSteps = true;
    const answer = await this.#rest.exchangeInfo(signal);
    if (!answer.ok || signal.aborted) return;
    this.#pushAll(this.#session.onRest(EXCHANGE_INFO_URL, answer.value.body, answer.value.receiveTime));
    for (const next of this.#session.takeRequests()) void this.#fetchSnapshot(next, signal);
  }

  async #pollOpenInterest(signal: AbortSignal): Promise<void> {
    await this.#clockReady(signal);
    while (!signal.aborted) {
      const answer = await this.#rest.openInterest(this.#spec.ownSymbol, signal);
      if (signal.aborted) return;
      if (answer.ok) {
        this.#sayOfRest('live', '');
        const { body, receiveTime } = answer.value;
        const events = this.#session.onRest(openInterestUrl(this.#spec.ownSymbol), body, receiveTime);
        if (events.some((event) => event.kind === 'open-interest')) this.#watch.heard('open-interest', receiveTime);
        this.#pushAll(events);
      }
      await this.#runtime.sleep(OPEN_INTEREST_EVERY_MS, signal);
    }
  }

  async #watchSilence(signal: AbortSignal): Promise<void> {
    await this.#clockReady(signal);
    while (!signal.aborted) {
      const now = this.#runtime.now();
      for (const change of this.#watch.changes(now)) this.#push({ ...change, ...this.#stamp() });
      for (const lane of this.#lanes) this.#endSilence(lane, now);
      await this.#runtime.sleep(WATCH_EVERY_MS, signal);
    }
  }

  #endSilence(lane: SocketLane, now: UnixMs): void {
    const stalled = lane.stalled(now, STREAM_SILENCE.reconnectMs ?? Infinity);
    if (stalled !== undefined) {
      lane.connection?.restart(`no data on ${stalled} for 8 s`);
      return;
    }
    const silent = lane.silentStreams(now);
    if (silent.length === 0) return;
    this.#say('amber', `Binance accepted ${silent.join(', ')} but sends nothing on it`);
    lane.connection?.restart(`silent subscription: ${silent.join(', ')}`);
  }

  async #beforeAttempt(vain: number, signal: AbortSignal): Promise<void> {
    if (vain < VAIN_BEFORE_PROBE) return;
    for (;;) {
      const answer = await this.#rest.ping(signal);
      if (answer.ok || signal.aborted) return;
      this.#say('unavailable', 'unavailable in this region or network');
      if (answer.fault.code !== 'unavailable') return;
      await this.#runtime.sleep(REGION_PAUSE_MS, signal);
    }
  }

  // While the sockets deliver, a refusing REST interface costs snapshots and open interest, not the connection.
  #tellRest(fault: Fault): void {
    if (fault.code === 'unavailable' && !this.#lanes.some((lane) => lane.isDelivering))
      this.#say('unavailable', fault.message);
    else this.#sayOfRest('amber', fault.message);
  }

  #sayOfRest(state: ChannelState, detail: string): void {
    if (this.#saidOfRest === detail) return;
    this.#saidOfRest = detail;
    this.#tell('metadata', state, detail);
  }

  #say(state: ChannelState, detail: string): void {
    const text = `${state} ${detail}`;
    if (this.#said === text) return;
    this.#said = text;
    this.#tell('connection', state, detail);
  }

  #tell(channel: StatusChange['channel'], state: ChannelState, detail: string): void {
    const tell = (): void => this.#push({ kind: 'status', venue: 'binance', channel, state, detail, ...this.#stamp() });
    if (this.#waiting === undefined) tell();
    else this.#waiting.push(tell);
  }

  #clockReady(signal: AbortSignal): Promise<void> {
    if (this.#waiting === undefined) return Promise.resolve();
    const { controller, unlink } = childController(signal);
    const known = new Promise<void>((resolve) => this.#waiting?.push(resolve));
    return Promise.race([known, this.#runtime.sleep(CLOCK_PATIENCE_MS, controller.signal)]).then(() => {
      controller.abort();
      unlink();
      this.#clockKnown();
    });
  }

  #clockKnown(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const tell of waiting) tell();
  }

  #stamp(): { readonly eventTime: UnixMs; readonly seenTime: UnixMs } {
    const seenTime = this.#session.seenTimeOf(this.#runtime.now());
    return { eventTime: seenTime, seenTime };
  }

  #pushAll(events: readonly MarketEvent[]): void {
    for (const event of events) this.#push(event);
  }

  #push(event: MarketEvent): void {
    if (event.kind === 'trade') this.#lastTradeId = Number(event.id);
    this.#queue.push(event);
  }
}
