import type {
  Bar,
  Channel,
  Gap,
  MarkBar,
  MarketEvent,
  Resumed,
  StatusChange,
  Trade,
  UnixMs,
} from '@liquidation-heatmap/core';

/** What is kept of trades and candles for whoever joins later: candles close every minute and take some seconds to be read. */
const KEPT_MS = 180_000;
const KEPT_EVENTS = 20_000;

type RecentEvent = Trade | Bar | MarkBar | Gap | Resumed;

/** What the past of a reader reaches up to, on the venue's clock. */
export type PastEnd = UnixMs | undefined;

/** What stands until the next of its kind. */
const STANDING: ReadonlySet<MarketEvent['kind']> = new Set([
  'mark',
  'index',
  'spot',
  'funding',
  'open-interest',
  'brackets',
]);
const RECENT: ReadonlySet<MarketEvent['kind']> = new Set(['trade', 'bar', 'mark-bar', 'gap', 'resumed']);

function isRecent(event: MarketEvent): event is RecentEvent {
  return RECENT.has(event.kind);
}

/** Whether a reader's past holds an event: candles up to its end, and what was traded before it. */
export function isInPast(event: MarketEvent, pastEnd: PastEnd): boolean {
  if (pastEnd === undefined) return false;
  if (event.kind === 'trade') return event.eventTime < pastEnd;
  return isRecent(event) && event.eventTime <= pastEnd;
}

/** Keeps of a live stream what somebody who joins later has to be told. The book is not kept: whoever reads the venue has it. */
export class ToldState {
  readonly #statuses = new Map<StatusChange['channel'], StatusChange>();
  /** The newest `gap` or `resumed` of each channel. */
  readonly #deliveries = new Map<Channel, MarketEvent>();
  /** The newest of each kind, and population, that stands until the next one. */
  readonly #standing = new Map<string, MarketEvent>();
  #instrument: MarketEvent | undefined;
  /** Trades, candles, gaps and their ends, as they were told. */
  #recent: RecentEvent[] = [];
  /** From here on every trade is kept; undefined before the first. */
  #keptFrom: UnixMs | undefined;

  /** Takes note of what was told. */
  note(event: MarketEvent): void {
    if (event.kind === 'instrument') this.#instrument = event;
    else if (event.kind === 'status') this.#statuses.set(event.channel, event);
    else if (event.kind === 'long-short-ratio') this.#standing.set(`${event.kind} ${event.population}`, event);
    else if (STANDING.has(event.kind)) this.#standing.set(event.kind, event);
    else if (isRecent(event)) this.#keep(event);
  }

  /**
   * What somebody who joins at `seenTime` is told first. Their past ends at `pastEnd` (undefined: they have none): trades, candles
   * and gaps since then follow, and where trades are not kept, the hole is told.
   */
  joinEvents(pastEnd: PastEnd, seenTime: UnixMs): readonly MarketEvent[] {
    const recent = this.#recentSince(pastEnd, seenTime);
    const instrument = this.#instrument === undefined ? [] : [this.#instrument];
    // What is among the recent is told there, in its place.
    const deliveries = [...this.#deliveries.values()].filter((event) => !recent.includes(event));
    const events = [...instrument, ...this.#statuses.values(), ...deliveries, ...recent, ...this.#standing.values()];
    return events.map((event) => ({ ...event, seenTime }));
  }

  #recentSince(pastEnd: PastEnd, seenTime: UnixMs): readonly MarketEvent[] {
    if (pastEnd === undefined) return [];
    const events = this.#recent.filter((event) => !isInPast(event, pastEnd));
    const keptFrom = this.#keptFrom;
    const first = this.#recent[0];
    if (keptFrom === undefined || first === undefined || keptFrom <= pastEnd) return events;
    const at = { instrument: first.instrument, channel: 'trades', eventTime: keptFrom } as const;
    const reason = 'Trades between the past and the first live one are not kept';
    return [
      { kind: 'gap', ...at, seenTime, from: pastEnd, to: keptFrom, reason },
      { kind: 'resumed', ...at, seenTime },
      ...events,
    ];
  }

  #keep(event: RecentEvent): void {
    if (event.kind === 'gap' || event.kind === 'resumed') this.#deliveries.set(event.channel, event);
    if (event.kind === 'trade') this.#keptFrom ??= event.eventTime;
    this.#recent.push(event);
    const oldest = this.#recent[0]!.eventTime;
    if (this.#recent.length < 2 * KEPT_EVENTS && event.eventTime - oldest < 2 * KEPT_MS) return;
    const from = this.#recent.findIndex(({ eventTime }) => eventTime >= event.eventTime - KEPT_MS);
    this.#recent = this.#recent.slice(Math.max(from, this.#recent.length - KEPT_EVENTS));
    if (this.#keptFrom !== undefined) this.#keptFrom = this.#recent[0]!.eventTime;
  }
}
