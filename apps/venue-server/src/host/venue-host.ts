import type { Fault } from '@liquidation-heatmap/core';
import { Timeline } from '../clock/timeline.js';
import { checkFaults } from '../faults/check-faults.js';
import { FaultDesk } from '../faults/fault-desk.js';
import type { BurstFault, FaultEvent, FaultScript } from '../faults/fault-script.js';
import type { InstrumentMarket } from '../market/instrument-market.js';
import { listingOf } from '../market/listing.js';
import { SymbolMarket } from '../market/symbol-market.js';
import { SYMBOLS, isSymbolName, ofEachVenue, type SymbolName, type VenueName } from '../market/venue-name.js';
import { createBinance } from '../venues/binance/binance.js';
import { createBybit } from '../venues/bybit/bybit.js';
import { createHyperliquid } from '../venues/hyperliquid/hyperliquid.js';
import { createOkx } from '../venues/okx/okx.js';
import type { VenueDesk, VenueServer } from '../venues/venue-server.js';
import { addressOf } from './addresses.js';
import { Connection, type HostSocket } from './host-socket.js';
import { answerRequest, type HostAnswer, type HostRequest } from './rest-answers.js';

/** What a host is made from; the same options and the same calls give the same frames. */
export interface VenueHostOptions {
  /** Names the market and every draw; `crash-7` and the like pick a preset world of the simulator. */
  readonly seed: number | string;
  /** Unix ms at which the host's time begins. */
  readonly startTime: number;
  /** What goes wrong, as `checkFaults` reads it; default nothing. */
  readonly faults?: unknown;
  /** Canonical symbols that are listed; default all five. Each is simulated from the first moment somebody asks for it. */
  readonly symbols?: readonly SymbolName[];
  /** Market in bars before the start, default 30 days. It takes about 2 s a symbol to make; a test needs little of it. */
  readonly historyMs?: number;
}

/** What became of an attempt to connect; without a status nobody answered at all. */
export type ConnectOutcome =
  | { readonly outcome: 'open'; readonly socket: HostSocket }
  | { readonly outcome: 'refused'; readonly status: number | undefined };

/** Four venues without a network and without a clock of their own. */
export interface VenueHost {
  /** Unix ms reached. */
  readonly now: number;
  /** When something happens next, unix ms; nothing is missed by advancing further at once. */
  readonly nextTime: number;
  /** Opens a socket at an original or a local address. */
  connect(url: string): ConnectOutcome;
  /** Answers a request at once; who asked gets it `delayMs` later. */
  fetch(url: string, request?: HostRequest): HostAnswer;
  /** Lets everything happen that is due by a time, in order; a time that has passed changes nothing. */
  advance(toMs: number): void;
  /** What a venue really knows about a symbol, to compare with what its wire told. */
  market(venue: VenueName, symbol: SymbolName): InstrumentMarket;
}

const DAY_MS = 86_400_000;
const HISTORY_MS = 30 * DAY_MS;
const MOST_HISTORY_MS = 90 * DAY_MS;
const CREATE: Readonly<Record<VenueName, (desk: VenueDesk) => VenueServer>> = {
  binance: createBinance,
  bybit: createBybit,
  okx: createOkx,
  hyperliquid: createHyperliquid,
};

/** The first option that breaks its rule; undefined when all are usable. */
export function checkVenueHostOptions(options: VenueHostOptions): Fault | undefined {
  const { startTime, symbols = SYMBOLS, historyMs = HISTORY_MS, faults = [] } = options;
  if (!(startTime >= MOST_HISTORY_MS && Number.isFinite(startTime)))
    return broken('startTime', `Start time must be unix milliseconds after 1970-03, was ${String(startTime)}`);
  if (symbols.length === 0 || !symbols.every(isSymbolName))
    return broken('symbols', `Symbols must be among ${SYMBOLS.join(', ')}, were ${symbols.join(', ')}`);
  if (!(historyMs >= 0 && historyMs <= MOST_HISTORY_MS))
    return broken('historyMs', `History must last 0 to ${String(MOST_HISTORY_MS)} ms, was ${String(historyMs)}`);
  const checked = checkFaults(faults);
  return checked.ok ? undefined : checked.fault;
}

/** Makes a host. Throws a RangeError with the rule of `checkVenueHostOptions` that the options break. */
export function createVenueHost(options: VenueHostOptions): VenueHost {
  const fault = checkVenueHostOptions(options);
  if (fault !== undefined) throw new RangeError(`${fault.field}: ${fault.message}`);
  const checked = checkFaults(options.faults ?? []);
  return new Host(options, checked.ok ? checked.value : []);
}

class Host implements VenueHost {
  readonly #options: VenueHostOptions;
  readonly #symbols: readonly SymbolName[];
  readonly #timeline: Timeline;
  readonly #faults = new FaultDesk();
  readonly #markets = new Map<SymbolName, SymbolMarket>();
  readonly #servers: Readonly<Record<VenueName, VenueServer>>;
  readonly #connections = new Set<Connection>();

  constructor(options: VenueHostOptions, faults: FaultScript) {
    this.#options = options;
    this.#symbols = options.symbols ?? SYMBOLS;
    this.#timeline = new Timeline(options.startTime);
    this.#servers = ofEachVenue((venue) => CREATE[venue](this.#deskOf(venue)));
    for (const fault of faults) this.#timeline.at(options.startTime + fault.at, () => this.#begin(fault));
  }

  get now(): number {
    return this.#timeline.now;
  }

  get nextTime(): number {
    let next = this.#timeline.nextTime;
    for (const market of this.#markets.values()) next = Math.min(next, market.nextTime);
    return next;
  }

  advance(toMs: number): void {
    // The market moves before the venues' timers of the same moment, so that they tell its newest state.
    for (let next = this.nextTime; next <= toMs; next = this.nextTime) {
      for (const market of this.#markets.values()) market.advance(next);
      this.#timeline.runTo(next);
    }
    this.#timeline.runTo(toMs);
  }

  connect(url: string): ConnectOutcome {
    const address = addressOf(url);
    if (address === undefined) return { outcome: 'refused', status: undefined };
    const { venue, host, path, query } = address;
    const region = this.#faults.region(venue);
    if (this.#faults.isDown(venue)) return { outcome: 'refused', status: undefined };
    if (region === 403 || region === 451) return { outcome: 'refused', status: region };
    const connection = new Connection(
      url,
      venue,
      (channel) => this.#faults.isMuted(venue, channel),
      (ended) => void this.#connections.delete(ended),
    );
    this.#connections.add(connection);
    const venueSocket = this.#servers[venue].openSocket(host, path, query, connection.port);
    if (venueSocket === undefined) {
      this.#connections.delete(connection);
      return { outcome: 'refused', status: 404 };
    }
    connection.join(venueSocket);
    if (region === 'silent') connection.gate.stall(true);
    return { outcome: 'open', socket: connection };
  }

  fetch(url: string, request: HostRequest = {}): HostAnswer {
    return answerRequest(url, request, this.#faults, (venue) => this.#servers[venue]);
  }

  market(venue: VenueName, symbol: SymbolName): InstrumentMarket {
    let market = this.#markets.get(symbol);
    if (market === undefined) {
      const { seed, startTime, historyMs = HISTORY_MS } = this.#options;
      market = new SymbolMarket({ seed, symbol, startTime, historyMs });
      market.advance(this.now);
      this.#markets.set(symbol, market);
    }
    return market.instruments[venue];
  }

  #deskOf(venue: VenueName): VenueDesk {
    const timeline = this.#timeline;
    const names = new Map(this.#symbols.map((symbol) => [listingOf(venue, symbol).ownSymbol, symbol]));
    return {
      venue,
      seed: this.#options.seed,
      symbols: this.#symbols,
      now: () => Math.floor(timeline.now + this.#faults.skewMs(venue)),
      trueNow: () => timeline.now,
      stamp: (time) => Math.floor(time + this.#faults.skewMs(venue)),
      market: (symbol) => this.market(venue, symbol),
      symbolOf: (ownSymbol) => (typeof ownSymbol === 'string' ? names.get(ownSymbol) : undefined),
      after: (ms, action) => timeline.after(ms, action),
      every: (ms, action) => timeline.every(ms, action),
    };
  }

  #begin(fault: FaultEvent): void {
    const end = this.#faults.begin(fault);
    if ('durationMs' in fault && fault.durationMs !== undefined) this.#timeline.after(fault.durationMs, end);
    if (fault.kind === 'burst') this.#burst(fault);
    if (fault.kind === 'listing-change' && this.#symbols.includes(fault.symbol))
      this.market(fault.venue, fault.symbol).relist(fault.tickSize, this.now);
    for (const connection of [...this.#connections]) {
      if (connection.venue === fault.venue) this.#hit(connection, fault);
    }
  }

  /** What a fault does to a socket that is open when it begins. */
  #hit(connection: Connection, fault: FaultEvent): void {
    const { gate } = connection;
    switch (fault.kind) {
      case 'cut':
        return connection.end({ code: fault.code, reason: '' });
      case 'down':
        return connection.end({ code: 1006, reason: '' });
      case 'stall':
        gate.stall(fault.durationMs === undefined);
        if (fault.durationMs !== undefined) this.#timeline.after(fault.durationMs, () => gate.resume());
        return;
      case 'gap':
      case 'duplicate':
      case 'reorder':
      case 'truncated-frame':
        return gate.arm(fault);
      default:
        return;
    }
  }

  /** Trades of one size step at the touch, each at a moment of its own, so that each is a frame. */
  #burst({ venue, symbol, framesPerSecond, durationMs }: BurstFault): void {
    if (!this.#symbols.includes(symbol)) return;
    const market = this.market(venue, symbol);
    const { tick, sizeStep } = market.listing;
    const count = Math.round((framesPerSecond * durationMs) / 1_000);
    for (let i = 0; i < count; i++) {
      const takerSide = i % 2 === 0 ? 'buy' : 'sell';
      this.#timeline.after((i * 1_000) / framesPerSecond, () => {
        const touch = takerSide === 'buy' ? market.book.asks.best : market.book.bids.best;
        const price = (touch ?? 1) * tick.value;
        market.addTrades([{ time: Math.floor(this.now), price, size: sizeStep.value, takerSide }]);
      });
    }
  }
}

function broken(field: string, message: string): Fault {
  return { code: 'invalid-host-option', field, message };
}
