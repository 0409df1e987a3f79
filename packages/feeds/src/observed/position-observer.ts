import {
  MS_PER_MINUTE,
  MS_PER_SECOND,
  parsed,
  type ContractSize,
  type Fault,
  type InstrumentId,
  type MarketEvent,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { readJson } from '../connection/json-rest.js';
import { budgetOf } from '../connection/rate-limit.js';
import { RestClient } from '../connection/rest-client.js';
import type { Runtime } from '../runtime/runtime.js';
import { REST_BASE, positionsRequest } from '../venues/hyperliquid/endpoints.js';
import { parsePositions } from '../venues/hyperliquid/parse-positions.js';
import { WEIGHT_PER_MINUTE } from '../venues/hyperliquid/rest.js';
import { tradeUsers } from '../venues/hyperliquid/trade-users.js';
import { parseAddress } from './address.js';
import { AddressRotation } from './address-rotation.js';
import { QUESTION_WEIGHT, checkObserveOptions, type CheckedOptions, type ObserveOptions } from './observe-options.js';
import { oldestAgeOf, shareOf, sizeOf, type ObservedSnapshot } from './observed-snapshot.js';
import { PositionLog } from './position-log.js';
import { ShareBudget } from './share-budget.js';

/** The venue tells open interest every few seconds: after a minute without it the line is broken, and the share is unknown. */
const OPEN_INTEREST_AGE_MS = MS_PER_MINUTE;
/** How long to wait when nobody may be asked for. */
const IDLE_MS = MS_PER_SECOND;
/** Distances to the mark below this are all alike: 0.1 %, a row of the lattice. */
const LEAST_DISTANCE = 0.001;

/** Once for every address would be too often: the client tells of these as they come. */
const TOLD_BY_CLIENT: ReadonlySet<string> = new Set(['rate-limited', 'unavailable']);

/** Told of every question that failed, and of pauses that the venue asks for. */
export type OnTrouble = (fault: Fault) => void;

/**
 * Asks Hyperliquid for the positions of known addresses, one after the other, and keeps what it saw last of each. Marks and open
 * interest are told to it, frames of trades only if addresses are to be learned; nothing is written anywhere. One question at a time:
 * where the venue answers slowly, less than the budget is asked.
 */
export class PositionObserver {
  readonly #options: CheckedOptions;
  readonly #runtime: Runtime;
  readonly #client: RestClient;
  readonly #rotation: AddressRotation;
  readonly #log: PositionLog;
  readonly #onTrouble: OnTrouble;
  readonly #marks = new Map<InstrumentId, Price>();
  readonly #openInterest = new Map<InstrumentId, { readonly size: ContractSize; readonly toldAt: UnixMs }>();

  constructor(options: CheckedOptions, runtime: Runtime, onTrouble: OnTrouble) {
    this.#options = options;
    this.#runtime = runtime;
    this.#onTrouble = onTrouble;
    this.#rotation = new AddressRotation(options);
    this.#log = new PositionLog(options.instruments.values(), options.dropAfterMs);
    const host = budgetOf(runtime, REST_BASE, WEIGHT_PER_MINUTE);
    const budget = new ShareBudget(runtime, options.weightPerMinute, host);
    this.#client = new RestClient({ runtime, budget, onTrouble });
  }

  /** Hears of the market: marks say who is close to liquidation, open interest what share is covered. Other events are left alone. */
  onEvent(event: MarketEvent): void {
    if (event.kind === 'mark') this.#marks.set(event.instrument, event.price);
    if (event.kind === 'open-interest')
      this.#openInterest.set(event.instrument, { size: event.size, toldAt: this.#runtime.now() });
  }

  /** Hears a frame of the venue's socket: buyers and sellers of public trades are learned, where that was asked for. */
  onFrame(text: string): void {
    if (this.#options.learn === 0) return;
    for (const user of tradeUsers(text)) {
      const address = parseAddress(user, 'trades.users');
      const left = address.ok ? this.#rotation.learn(address.value) : undefined;
      if (left !== undefined) this.#log.forget(left);
    }
  }

  /** Asks until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const asked = this.#runtime.now();
      const address = this.#rotation.take(asked, (candidate) => this.#urgencyOf(candidate));
      if (address !== undefined) await this.#ask(address, signal);
      const waitMs = address === undefined ? IDLE_MS : asked + this.#options.spacingMs - this.#runtime.now();
      if (waitMs > 0) await this.#runtime.sleep(waitMs, signal);
    }
  }

  /** What is observed of a symbol now; throws for a symbol that is not. */
  snapshot(symbol: string): ObservedSnapshot {
    const instrument = this.#options.instruments.get(symbol);
    if (instrument === undefined) throw new Error(`Symbol must be one that is observed, was ${symbol}`);
    const time = this.#runtime.now();
    const { rows, counts } = this.#log.read(instrument, time);
    const size = sizeOf(rows);
    const told = this.#openInterest.get(instrument);
    const openInterest = told !== undefined && time - told.toldAt <= OPEN_INTEREST_AGE_MS ? told.size : undefined;
    return {
      kind: 'observed-positions',
      instrument,
      symbol,
      time,
      rows,
      size,
      openInterest,
      share: shareOf(size, openInterest),
      oldestAgeMs: oldestAgeOf(rows, time),
      addresses: { known: this.#rotation.size, ...counts },
      fault: this.#log.fault,
    };
  }

  async #ask(address: string, signal: AbortSignal): Promise<void> {
    const { url, body } = positionsRequest(address);
    const answer = await this.#client.get(url, QUESTION_WEIGHT, signal, body);
    // It may have left for a newly learned one meanwhile.
    if (signal.aborted || !this.#rotation.has(address)) return;
    const positions = readJson(answer, parsePositions);
    if (positions.ok) {
      const isHolding = this.#log.answered(address, positions.value, this.#runtime.now());
      this.#rotation.noteHolding(address, isHolding);
      return;
    }
    this.#log.failed(address, positions.fault);
    if (!TOLD_BY_CLIENT.has(positions.fault.code)) this.#onTrouble(positions.fault);
  }

  /** Notional over distance to liquidation, summed: ten times the size and a tenth of the distance weigh the same. */
  #urgencyOf(address: string): number {
    let urgency = 0;
    for (const [instrument, { size, liquidationPrice }] of this.#log.heldBy(address) ?? []) {
      const mark = this.#marks.get(instrument);
      if (mark === undefined || liquidationPrice === undefined) continue;
      urgency += (size * mark) / Math.max(LEAST_DISTANCE, Math.abs(liquidationPrice / mark - 1));
    }
    return urgency;
  }
}

/** An observer that follows the options; the fault names the option that breaks a rule. */
export function createPositionObserver(
  options: ObserveOptions,
  runtime: Runtime,
  onTrouble: OnTrouble = () => undefined,
): Parsed<PositionObserver> {
  const checked = checkObserveOptions(options);
  return checked.ok ? parsed(new PositionObserver(checked.value, runtime, onTrouble)) : checked;
}
