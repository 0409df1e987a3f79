import {
  MS_PER_MINUTE,
  type Fault,
  type Fraction,
  type InstrumentId,
  type LongShortRatio,
  type MarketEvent,
  type Parsed,
  type UnixMs,
  type VenueId,
} from '@liquidation-heatmap/core';
import { pollSilence } from './connection/heartbeat.js';
import type { SessionTally } from './session-tally.js';
import { faultOf } from './wire-fields.js';

/** Venues count longs and shorts every five minutes; longer periods are never asked for. */
export const RATIO_PERIOD_MS = 5 * MS_PER_MINUTE;
/** Newest rows that a poll asks for, where a venue lets one say how many: a poll that failed is made up for by the next. */
export const POLLED_RATIOS = 4;
/** A poll may come just before the venue counts, so that the next row is half a period late: requirement S20 with that to spare. */
export const RATIO_SILENCE = pollSilence(1.5 * RATIO_PERIOD_MS);
/** A newest row older than this is no news: the venue has stopped counting, and silence says so. */
const OLD_MS = 3 * RATIO_PERIOD_MS;

/** A body of ratios: whose it is, and how its rows are read. */
export interface RatioBody {
  readonly ownSymbol: string;
  /** Rows of a span of the past, each known at its own time; otherwise the newest rows, known when they arrive. */
  readonly isPast: boolean;
  /** Rows in any order; `id` is the instrument's. */
  parse(raw: unknown, id: InstrumentId): Parsed<readonly LongShortRatio[]>;
}

/**
 * A row of a venue's statistics. Whether its time is the beginning of the five minutes or the moment of counting is not documented, and
 * venues publish some seconds late, so that a row of the past counts as known one period after its time: never earlier than it was.
 */
export function ratioRow(
  instrument: InstrumentId,
  population: LongShortRatio['population'],
  time: number,
  longShare: number,
): LongShortRatio {
  return {
    kind: 'long-short-ratio',
    instrument,
    eventTime: time as UnixMs,
    seenTime: (time + RATIO_PERIOD_MS) as UnixMs,
    population,
    longShare: longShare as Fraction,
  };
}

/**
 * What a venue's polls of ratios have told. Each row is told once; of the first answer only the newest, because older ones belong to the
 * past. A body that cannot be read troubles the channel of ratios and no other.
 */
export class RatioReading {
  readonly #venue: VenueId;
  readonly #tally: SessionTally;
  /** Time of the newest row told, by instrument and population. */
  readonly #told = new Map<string, number>();
  /** Addresses whose last body could not be read. */
  readonly #troubled = new Set<string>();

  constructor(venue: VenueId, tally: SessionTally) {
    this.#venue = venue;
    this.#tally = tally;
  }

  /** Takes a body that could not be read: counted, and told once until a sound one comes from the same address. */
  onFault(source: string, fault: Fault, seenTime: UnixMs): readonly MarketEvent[] {
    this.#tally.fault(fault);
    if (this.#troubled.has(source)) return [];
    this.#troubled.add(source);
    return [this.#status('amber', fault.message, seenTime)];
  }

  /** Takes the newest rows of an address as they arrived at `seenTime`. */
  onNewest(source: string, rows: readonly LongShortRatio[], seenTime: UnixMs): readonly MarketEvent[] {
    const ahead = rows.find(({ eventTime }) => eventTime > seenTime + RATIO_PERIOD_MS);
    if (ahead !== undefined) {
      const message = `ratio's time must not be later than now (${String(seenTime)}), was ${String(ahead.eventTime)}`;
      return this.onFault(source, faultOf('bad-time', 'ratio.time', message), seenTime);
    }
    const calmed = this.#troubled.delete(source) && this.#troubled.size === 0;
    const ascending = [...rows].sort((a, b) => a.eventTime - b.eventTime);
    const fresh = ascending.filter((row) => this.#isFresh(row, ascending, seenTime));
    for (const row of fresh) this.#told.set(keyOf(row), row.eventTime);
    const events = fresh.map((row) => ({ ...row, eventTime: Math.min(row.eventTime, seenTime) as UnixMs, seenTime }));
    return calmed ? [this.#status('live', '', seenTime), ...events] : events;
  }

  #isFresh(row: LongShortRatio, ascending: readonly LongShortRatio[], seenTime: UnixMs): boolean {
    const key = keyOf(row);
    const last = this.#told.get(key);
    const isNew =
      last === undefined ? row === ascending.findLast((other) => keyOf(other) === key) : row.eventTime > last;
    if (!isNew) return false;
    if (seenTime - row.eventTime <= OLD_MS) return true;
    this.#tally.drop('old-ratio');
    return false;
  }

  #status(state: 'amber' | 'live', detail: string, seenTime: UnixMs): MarketEvent {
    return { kind: 'status', venue: this.#venue, channel: 'ratios', state, detail, eventTime: seenTime, seenTime };
  }
}

function keyOf({ instrument, population }: LongShortRatio): string {
  return `${instrument} ${population}`;
}
