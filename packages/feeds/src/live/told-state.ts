import type { Channel, MarketEvent, StatusChange, Trade, UnixMs } from '@liquidation-heatmap/core';

/** Trades kept for whoever joins later: candles close every minute and take some seconds to be read. */
const KEPT_MS = 180_000;
const KEPT_TRADES = 20_000;

/** What the past of a reader reaches up to, on the venue's clock. */
export type PastEnd = UnixMs | undefined;

/** Keeps of a live stream what somebody who joins later has to be told. The book is not kept: whoever reads the venue has it. */
export class ToldState {
  readonly #statuses = new Map<StatusChange['channel'], StatusChange>();
  /** The newest `gap` or `resumed` of each channel. */
  readonly #deliveries = new Map<Channel, MarketEvent>();
  /** The newest of each kind, and population, that stands until the next one. */
  readonly #standing = new Map<string, MarketEvent>();
  #instrument: MarketEvent | undefined;
  #trades: Trade[] = [];
  /** From here on every trade is kept; undefined before the first. */
  #keptFrom: UnixMs | undefined;

  /** Takes note of what was told. */
  note(event: MarketEvent): void {
    switch (event.kind) {
      case 'instrument':
        this.#instrument = event;
        return;
      case 'status':
        this.#statuses.set(event.channel, event);
        return;
      case 'gap':
      case 'resumed':
        this.#deliveries.set(event.channel, event);
        return;
      case 'trade':
        this.#keep(event);
        return;
      case 'mark':
      case 'index':
      case 'spot':
      case 'funding':
      case 'open-interest':
      case 'brackets':
        this.#standing.set(event.kind, event);
        return;
      case 'long-short-ratio':
        this.#standing.set(`${event.kind} ${event.population}`, event);
        return;
      default:
    }
  }

  /**
   * What somebody who joins at `seenTime` is told first. Their past ends at `pastEnd` (undefined: they have none): trades since then
   * follow, and where they are not kept, the hole is told.
   */
  joinEvents(pastEnd: PastEnd, seenTime: UnixMs): readonly MarketEvent[] {
    const stands = [this.#instrument, ...this.#statuses.values(), ...this.#deliveries.values()];
    return [
      ...stands.filter((event) => event !== undefined),
      ...this.#tradesSince(pastEnd, seenTime),
      ...this.#standing.values(),
    ].map((event) => ({ ...event, seenTime }));
  }

  #tradesSince(pastEnd: PastEnd, seenTime: UnixMs): readonly MarketEvent[] {
    if (pastEnd === undefined || this.#keptFrom === undefined) return [];
    const trades = this.#trades.filter(({ eventTime }) => eventTime >= pastEnd);
    if (this.#keptFrom <= pastEnd) return trades;
    const at = { instrument: this.#trades[0]!.instrument, channel: 'trades', eventTime: this.#keptFrom } as const;
    const reason = 'Trades between the past and the first live one are not kept';
    return [
      { kind: 'gap', ...at, seenTime, from: pastEnd, to: this.#keptFrom, reason },
      { kind: 'resumed', ...at, seenTime },
      ...trades,
    ];
  }

  #keep(trade: Trade): void {
    this.#keptFrom ??= trade.eventTime;
    this.#trades.push(trade);
    if (this.#trades.length < 2 * KEPT_TRADES && trade.eventTime - this.#trades[0]!.eventTime < 2 * KEPT_MS) return;
    const from = this.#trades.findIndex(({ eventTime }) => eventTime >= trade.eventTime - KEPT_MS);
    this.#trades = this.#trades.slice(Math.max(from, this.#trades.length - KEPT_TRADES));
    this.#keptFrom = this.#trades[0]!.eventTime;
  }
}
