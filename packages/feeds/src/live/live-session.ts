import type { Bar, ChannelOffer, Fault, Instrument, MarketEvent, Trade, UnixMs } from '@liquidation-heatmap/core';
import { ChannelWatch } from '../connection/channel-watch.js';
import { Connection, type ConnectionListener } from '../connection/connection.js';
import type { RestRequest, VenueSession } from '../feed.js';
import { childController } from '../runtime/abort.js';
import type { Runtime } from '../runtime/runtime.js';
import { BookRenewal } from './book-renewal.js';
import { ClockGate } from './clock-gate.js';
import { fetchSnapshot } from './fetch-snapshot.js';
import { pollBars, type Asker } from './poll-venue.js';
import { NO_RECOVERY, recoverInTime, type HoleRest, type Recovery } from './recover-hole.js';
import { runPoll } from './run-poll.js';
import { SILENT_SUBSCRIPTION_MS, SocketLane } from './socket-lane.js';
import type { SocketPlan } from './socket-plan.js';
import type { LiveSink } from './shared-live.js';
import { StatusTeller } from './status-teller.js';
import type { PastEnd, ToldState } from './told-state.js';
import { TradeCheck } from './trade-check.js';
import { untilReachable } from './until-reachable.js';
import type { Poll, VenueRest, VenueRules } from './venue-rules.js';

const WATCH_EVERY_MS = 1_000;
const AWAY_WORDS = 'paused while nobody sees the page';

/** Drives one instrument of a venue: sockets, snapshots, polls, liveness. What it learns goes into the sink. */
export class LiveSession {
  readonly #rules: VenueRules;
  readonly #spec: Instrument;
  readonly #runtime: Runtime;
  readonly #sink: LiveSink;
  readonly #offers: readonly ChannelOffer[];
  readonly #session: VenueSession;
  readonly #rest: VenueRest;
  readonly #asker: Asker;
  readonly #lanes: readonly SocketLane[];
  readonly #watch: ChannelWatch;
  readonly #gate: ClockGate;
  readonly #teller: StatusTeller;
  readonly #renewal: BookRenewal;
  readonly #trades: TradeCheck;
  #tradesTold = 0;
  #lastTrade: Trade | undefined;
  #hasAskedSteps = false;

  constructor(
    rules: VenueRules,
    spec: Instrument,
    plans: readonly SocketPlan[],
    runtime: Runtime,
    sink: LiveSink,
    offers: readonly ChannelOffer[] = [],
  ) {
    this.#rules = rules;
    this.#spec = spec;
    this.#runtime = runtime;
    this.#sink = sink;
    this.#offers = offers;
    this.#session = rules.adapter.createSession({ symbols: [spec.symbol], instruments: [spec] });
    this.#rest = rules.createRest(runtime, (fault) => this.#tellRest(fault));
    this.#asker = { spec, rest: this.#rest, runtime };
    this.#lanes = plans.map((plan) => new SocketLane(plan));
    this.#watch = new ChannelWatch(rules.venue, rules.watch, runtime.now());
    this.#gate = new ClockGate(runtime);
    this.#teller = new StatusTeller(
      rules.venue,
      this.#gate,
      () => this.#seenNow(),
      (event) => this.#push(event),
    );
    this.#renewal = new BookRenewal(runtime);
    this.#trades = new TradeCheck(spec, this.#rest, runtime, {
      read: (frames) => this.#readMissedFrames(frames),
      tellMissing: (from, to) => this.#tellGap(from, to, 'Trades did not come and could not be read', this.#seenNow()),
      restart: () => this.#restartTrades(),
      venueNow: () => this.#seenNow(),
    });
  }

  /** A time of this machine on the venue's clock; undefined until the contract has been listed. */
  seenTimeOf(time: UnixMs): UnixMs | undefined {
    return this.#session.instruments().length === 0 ? undefined : this.#session.seenTimeOf(time);
  }

  /** Runs until the signal aborts. `barsEnd`: trades since then are fetched, so that the past joins without a hole. */
  async run(barsEnd: Promise<UnixMs | undefined> | undefined, outer: AbortSignal): Promise<void> {
    const { controller, unlink } = childController(outer);
    const { signal } = controller;
    try {
      this.#teller.say('connecting', `connecting to ${this.#rules.name}`);
      const connections = this.#lanes.map((lane) => {
        if (lane === this.#priceLane) lane.pastEnd = barsEnd;
        lane.connection = this.#connectionOf(lane, signal);
        return lane.connection.run(signal);
      });
      await Promise.all([
        ...connections,
        this.#gate.passed(signal),
        ...this.#rules.polls.map((poll) => this.#poll(poll, signal)),
        this.#watchSilence(signal),
        this.#followPresence(signal),
        this.#rules.hasBarsForTrades === true ? this.#pollBars(barsEnd, signal) : undefined,
      ]);
    } finally {
      controller.abort();
      unlink();
    }
  }

  /** How things stand now, for a reader whose past ends at `pastEnd`. */
  nowEvents(told: ToldState, pastEnd: PastEnd): readonly MarketEvent[] {
    const seenTime = this.#seenNow();
    const events = told.joinEvents(pastEnd, seenTime);
    const book = this.#session.book(this.#spec.id);
    if (book === undefined) return events;
    const { bids, asks } = book;
    return [...events, { kind: 'book-snapshot', instrument: this.#spec.id, eventTime: seenTime, seenTime, bids, asks }];
  }

  #connectionOf(lane: SocketLane, signal: AbortSignal): Connection {
    const { url, hello, keepAlive } = lane.plan;
    const { wire, adapter, rotateAfterMs } = this.#rules;
    return new Connection(
      {
        url,
        hello,
        isData: (text) => wire.streamOf(text) !== undefined,
        replyTo: (text) => wire.replyTo?.(text),
        rotateAfterMs,
        ...(keepAlive === undefined ? {} : { keepAlive }),
        ...(adapter.isGzipped === true ? { isGzipped: true } : {}),
      },
      this.#listener(lane, signal),
      this.#runtime,
    );
  }

  #listener(lane: SocketLane, signal: AbortSignal): ConnectionListener {
    const { url, hello } = lane.plan;
    return {
      beforeAttempt: (vain, attemptSignal) => this.#beforeAttempt(vain, attemptSignal),
      opened: (generation, time) => {
        lane.opened(time);
        if (lane.hasTrades) this.#trades.opened(time);
        this.#pushAll(this.#session.onOpen(url, time));
        for (const text of hello) this.#pushAll(this.#session.onSent(text, time));
        this.#startRecovery(lane, generation, signal);
      },
      rotated: () => undefined,
      frame: (text, _generation, seenTime) => this.#frame(lane, text, seenTime, signal),
      lost: (reason, from, hadData) => {
        lane.lost();
        lane.held = undefined;
        if (lane.hasTrades) this.#trades.cut();
        if (hadData) lane.holeFrom ??= from;
        this.#pushAll(this.#session.onClose(this.#runtime.now(), reason, url));
        // A new socket subscribes by itself.
        this.#session.takeResubscriptions();
        if (hadData || !this.#teller.connection.startsWith('unavailable')) this.#teller.say('connecting', reason);
      },
      ready: () => this.#sink.ready(),
    };
  }

  #frame(lane: SocketLane, text: string, seenTime: UnixMs, signal: AbortSignal): void {
    const stream = this.#rules.wire.streamOf(text);
    if (stream !== undefined) {
      lane.spoke(stream, seenTime);
      const channel = lane.channelOf(stream);
      if (channel !== undefined) this.#watch.heard(channel, seenTime);
      if (channel === 'trades' && lane.held === undefined) this.#trades.heard(seenTime, this.#lastTrade, signal);
    }
    if (lane.held !== undefined) lane.held.push({ text, seenTime });
    else this.#read(lane, text, seenTime, signal);
    if (stream !== undefined && this.#lanes.every((other) => other.isDelivering)) this.#teller.say('live', '');
  }

  #read(lane: SocketLane, text: string, receiveTime: UnixMs, signal: AbortSignal): void {
    const events = this.#session.onText(text, receiveTime);
    if (this.#session.isTimeKnown) this.#gate.open();
    this.#pushAll(events);
    this.#meetWishes(signal);
    if (this.#session.takeResubscriptions().length > 0) void this.#renewBook(lane, signal);
    const faults = this.#session.takeFaults();
    if (faults.length === 0) return;
    if (lane.hasTrades) this.#trades.suspect(this.#lastTrade, signal);
    if (!this.#hasAskedSteps && faults.some(({ code }) => code === 'off-tick')) void this.#askSteps(signal);
  }

  #meetWishes(signal: AbortSignal): void {
    for (const request of this.#session.takeRequests()) void this.#fetchSnapshot(request, signal);
  }

  async #renewBook(lane: SocketLane, signal: AbortSignal): Promise<void> {
    const frames = this.#rules.wire.bookAgain?.(this.#spec) ?? [];
    await this.#renewal.run(
      () => this.#session.bookState(this.#spec.id)?.state === 'in-sync',
      () => lane.connection?.send(frames),
      () => lane.connection?.restart('the book could not be renewed'),
      signal,
    );
  }

  // A generation's frames wait until what was missed before it has been read, but no longer than the patience.
  #startRecovery(lane: SocketLane, generation: number, signal: AbortSignal): void {
    const { holeFrom, pastEnd } = lane;
    if (lane !== this.#priceLane || (holeFrom === undefined && pastEnd === undefined)) return;
    lane.held = [];
    void this.#recover(lane, generation, signal);
  }

  async #recover(lane: SocketLane, generation: number, outer: AbortSignal): Promise<void> {
    const recovery = await this.#readMissed(lane, outer);
    if (outer.aborted || lane.connection?.generation !== generation || lane.held === undefined) return;
    const seenTime = this.#seenNow();
    const now = this.#runtime.now();
    for (const event of recovery.events) {
      this.#push({ ...event, eventTime: Math.min(event.eventTime, seenTime) as UnixMs, seenTime });
    }
    if (lane.hasTrades && lane.pastEnd !== undefined) this.#tellMissing(recovery, seenTime);
    for (const frame of recovery.frames) this.#read(lane, frame, now, outer);
    const held = lane.held;
    lane.held = undefined;
    lane.holeFrom = undefined;
    lane.pastEnd = undefined;
    for (const { text } of held) this.#read(lane, text, now, outer);
  }

  // A cut has told its gap already; between the past and the first live trade nothing else would.
  #tellMissing({ missing }: Recovery, seenTime: UnixMs): void {
    if (missing === undefined) return;
    const to = Math.min(missing.to, seenTime) as UnixMs;
    const words = 'Trades between the past and the first live one could not be read';
    this.#tellGap(missing.from as UnixMs, to, words, seenTime);
  }

  #tellGap(from: UnixMs, to: UnixMs, reason: string, seenTime: UnixMs): void {
    const at = { instrument: this.#spec.id, channel: 'trades', seenTime } as const;
    this.#push({ kind: 'gap', ...at, eventTime: to, from, to, reason });
    this.#push({ kind: 'resumed', ...at, eventTime: to });
  }

  #readMissedFrames(frames: readonly string[]): number {
    const before = this.#tradesTold;
    for (const frame of frames) this.#pushAll(this.#session.onText(frame, this.#runtime.now()));
    return this.#tradesTold - before;
  }

  // The rest of the socket has spoken on, so that its hole would begin too late for trades.
  #restartTrades(): void {
    const lane = this.#tradeLane();
    if (lane === undefined || this.#lastTrade === undefined) return;
    const skewMs = this.#seenNow() - this.#runtime.now();
    lane.holeFrom ??= (this.#lastTrade.eventTime - skewMs) as UnixMs;
    lane.connection?.restart('silent subscription: trades');
  }

  /** Where prices come: what is missed there has to be read before it goes on. */
  get #priceLane(): SocketLane | undefined {
    return this.#tradeLane() ?? this.#lanes.find((lane) => lane.has('mark'));
  }

  /** Candles that are asked for anyhow need no reading back. */
  get #holeRest(): HoleRest {
    return this.#rules.hasBarsForTrades === true ? { markBars: this.#rest.markBars } : this.#rest;
  }

  #tradeLane(): SocketLane | undefined {
    return this.#lanes.find(({ hasTrades }) => hasTrades);
  }

  /** What was missed since the bars of the warm start ended, or since the last data before a cut. */
  async #readMissed(lane: SocketLane, signal: AbortSignal): Promise<Recovery> {
    const opened = this.#runtime.now();
    await this.#gate.passed(signal);
    // Holes are measured on this machine's clock and asked for on the venue's.
    const skewMs = this.#seenNow() - this.#runtime.now();
    const from = (await lane.pastEnd) ?? (lane.holeFrom ?? Number.NaN) + skewMs;
    if (Number.isNaN(from)) return NO_RECOVERY;
    return this.#readHole(from as UnixMs, (opened + skewMs) as UnixMs, signal);
  }

  #readHole(from: UnixMs, to: UnixMs, signal: AbortSignal): Promise<Recovery> {
    const hole = { from, to, lastTrade: this.#lastTrade };
    const { tradesBackfillMs } = this.#rules;
    return recoverInTime(this.#spec, hole, this.#holeRest, tradesBackfillMs, this.#runtime, signal);
  }

  async #fetchSnapshot(request: RestRequest, signal: AbortSignal): Promise<void> {
    const answer = await fetchSnapshot(request, this.#session, this.#asker, signal);
    if (answer === undefined) return;
    this.#pushAll(this.#session.onRest(request.url, answer.body, answer.receiveTime, request.generation));
    this.#meetWishes(signal);
  }

  // Prices off the known tick mean that the venue has changed it: its own list says to what.
  async #askSteps(signal: AbortSignal): Promise<void> {
    this.#hasAskedSteps = true;
    const listed = await this.#rest.instruments(signal);
    if (!listed.ok || signal.aborted) return;
    this.#pushAll(this.#session.relist(listed.value, this.#runtime.now()));
    this.#meetWishes(signal);
    const lane = this.#bookLane();
    if (lane !== undefined && this.#session.takeResubscriptions().length > 0) void this.#renewBook(lane, signal);
  }

  // Nobody sees the page: its sockets are given back, and what was missed is read when somebody does again.
  async #followPresence(signal: AbortSignal): Promise<void> {
    const { presence } = this.#runtime;
    while (presence !== undefined && !signal.aborted) {
      await presence.until(true, signal);
      if (signal.aborted) return;
      for (const lane of this.#lanes) lane.connection?.restart(AWAY_WORDS);
      await presence.until(false, signal);
    }
  }

  async #poll(poll: Poll, signal: AbortSignal): Promise<void> {
    await this.#gate.passed(signal);
    const told = { session: this.#session, watch: this.#watch, teller: this.#teller };
    await runPoll(poll, this.#asker, { ...told, push: (events) => this.#pushAll(events) }, signal);
  }

  async #pollBars(barsEnd: Promise<UnixMs | undefined> | undefined, signal: AbortSignal): Promise<void> {
    await this.#gate.passed(signal);
    const from = (await barsEnd) ?? this.#seenNow();
    const take = (bars: readonly Bar[]): void => {
      this.#watch.heard('bars', this.#runtime.now());
      const seenTime = this.#seenNow();
      for (const bar of bars) this.#push({ ...bar, seenTime });
    };
    await pollBars(this.#asker, from, () => this.#seenNow(), take, signal);
  }

  async #watchSilence(signal: AbortSignal): Promise<void> {
    await this.#gate.passed(signal);
    while (!signal.aborted) {
      await this.#runtime.presence?.until(false, signal);
      const now = this.#runtime.now();
      const seenTime = this.#seenNow();
      for (const change of this.#watch.changes(now)) this.#push({ ...change, eventTime: seenTime, seenTime });
      for (const lane of this.#lanes) this.#endSilence(lane, now);
      this.#endBookless(now, signal);
      if (this.#tradeLane()?.isDelivering === true) this.#trades.watch(this.#lastTrade, signal);
      await this.#runtime.sleep(WATCH_EVERY_MS, signal);
    }
  }

  #endSilence(lane: SocketLane, now: UnixMs): void {
    const stalled = lane.stalled(now);
    if (stalled !== undefined) {
      lane.connection?.restart(`no data on ${stalled.stream} for ${String(stalled.limitMs / 1_000)} s`);
      return;
    }
    const silent = lane.silentStreams(now);
    if (silent.length === 0) return;
    this.#teller.say('amber', `${this.#rules.name} accepted ${silent.join(', ')} but sends nothing on it`);
    lane.connection?.restart(`silent subscription: ${silent.join(', ')}`);
  }

  // The stream speaks, but no snapshot has come: the subscription has lost its beginning.
  #endBookless(now: UnixMs, signal: AbortSignal): void {
    const state = this.#session.bookState(this.#spec.id)?.state;
    const lane = this.#bookLane();
    if (this.#rules.wire.bookAgain === undefined || lane === undefined || state === 'in-sync') return;
    if (lane.openMs(now) >= SILENT_SUBSCRIPTION_MS && !this.#renewal.isRunning) void this.#renewBook(lane, signal);
  }

  #bookLane(): SocketLane | undefined {
    return this.#lanes.find((lane) => lane.has('book'));
  }

  #beforeAttempt(vain: number, signal: AbortSignal): Promise<void> {
    return untilReachable(vain, this.#asker, (words) => this.#teller.say('unavailable', words), signal);
  }

  #tellRest(fault: Fault): void {
    if (fault.code === 'unavailable' && !this.#lanes.some((lane) => lane.isDelivering))
      this.#teller.say('unavailable', fault.message);
    else this.#teller.sayOfRest('amber', fault.message);
  }

  #seenNow(): UnixMs {
    return this.#session.seenTimeOf(this.#runtime.now());
  }

  #pushAll(events: readonly MarketEvent[]): void {
    for (const event of events) this.#push(event);
  }

  #push(event: MarketEvent): void {
    if (event.kind === 'trade') {
      this.#tradesTold += 1;
      // What was read back is older than what came meanwhile.
      if (event.eventTime >= (this.#lastTrade?.eventTime ?? 0)) this.#lastTrade = event;
    }
    this.#sink.push(event.kind === 'instrument' ? { ...event, offers: this.#offers } : event);
  }
}
