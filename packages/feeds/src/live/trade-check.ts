import type { Instrument, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { Runtime } from '../runtime/runtime.js';
import type { VenueRest } from './venue-rules.js';

/** Trades that come back after this long make one ask what was missed: on a busy contract it is no pause of the market. */
const SUSPICIOUS_PAUSE_MS = 5_000;
/** So long a silence is asked about while it lasts. */
const SUSPICIOUS_SILENCE_MS = 15_000;
/** Least time between two questions; what comes up meanwhile is asked together. */
const ASK_EVERY_MS = 10_000;

/** What the check does with what it finds. */
export interface TradeCheckActions {
  /** Reads missed trades; the number of those that had not been told. */
  read(frames: readonly string[]): number;
  /** Trades of a span could not be had. */
  tellMissing(from: UnixMs, to: UnixMs): void;
  /** The subscription is dead while others on its socket speak. */
  restart(): void;
  /** Now on the venue's clock. */
  venueNow(): UnixMs;
}

/**
 * Silence of trades is normal, so that nothing on the socket tells a dead subscription from a quiet market. The venue's list of newest
 * trades does: it is asked when trades pause for long, and what was missed is read from it or told as missing.
 */
export class TradeCheck {
  readonly #spec: Instrument;
  readonly #rest: VenueRest;
  readonly #runtime: Runtime;
  readonly #actions: TradeCheckActions;
  #heardAt: UnixMs | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  /** The newest trade before what is still to be asked about; undefined when nothing is. */
  #owed: Trade | undefined;

  constructor(spec: Instrument, rest: VenueRest, runtime: Runtime, actions: TradeCheckActions) {
    this.#spec = spec;
    this.#rest = rest;
    this.#runtime = runtime;
    this.#actions = actions;
  }

  /** No socket delivers now: what is missed is known as a hole. */
  cut(): void {
    this.#heardAt = undefined;
    this.#owed = undefined;
  }

  /** A socket has opened: what is silent on it is silent since now. */
  opened(time: UnixMs): void {
    this.#heardAt = time;
  }

  /** Trades came; `last` is the newest that was told before. */
  heard(time: UnixMs, last: Trade | undefined, signal: AbortSignal): void {
    const pauseMs = time - (this.#heardAt ?? time);
    this.#heardAt = time;
    if (pauseMs >= SUSPICIOUS_PAUSE_MS) this.suspect(last, signal);
  }

  /** Trades after `last` may have been missed: a pause, or a frame that could not be read. */
  suspect(last: Trade | undefined, signal: AbortSignal): void {
    this.#owed ??= last;
    this.#askIfDue(false, signal);
  }

  /** Called every second while the sockets deliver. */
  watch(last: Trade | undefined, signal: AbortSignal): void {
    const silentMs = this.#runtime.now() - (this.#heardAt ?? Number.POSITIVE_INFINITY);
    const isSilent = silentMs >= SUSPICIOUS_SILENCE_MS;
    if (isSilent) this.#owed ??= last;
    this.#askIfDue(isSilent, signal);
  }

  #askIfDue(isSilent: boolean, signal: AbortSignal): void {
    const now = this.#runtime.now();
    const owed = this.#owed;
    if (owed === undefined || now - this.#askedAt < ASK_EVERY_MS) return;
    this.#askedAt = now;
    this.#owed = undefined;
    void this.#ask(owed, isSilent, signal);
  }

  async #ask(last: Trade, isSilent: boolean, signal: AbortSignal): Promise<void> {
    const hole = { from: last.eventTime, to: this.#actions.venueNow(), lastTrade: last };
    const missed = await this.#rest.missedTrades?.(this.#spec, hole, signal);
    if (signal.aborted || missed === undefined || Number.isNaN(missed.from)) return;
    const found = this.#actions.read(missed.frames);
    if (missed.from > hole.from) this.#actions.tellMissing(hole.from, missed.from as UnixMs);
    if (found > 0 && isSilent) this.#actions.restart();
  }
}
