import {
  MS_PER_HOUR,
  type Channel,
  type Fault,
  type Instrument,
  type InstrumentEvent,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { History, LiveRequest, Shortfall } from '../live-venue.js';
import { INTERVALS, type IntervalName, type Paged, type TimeSpan, type VenueRest } from './venue-rules.js';

/** What of a venue's REST interface tells the past; what is absent is not asked for. */
export type PastOfVenue = {
  readonly [Source in 'bars' | 'markBars' | 'openInterest']: VenueRest[Source] | undefined;
};

/** One kind of history that was asked for, with what came of each page. */
export interface Asked {
  readonly what: string;
  readonly pages: readonly Parsed<readonly InstrumentEvent[]>[];
}

/**
 * Bars, mark bars and open interest that had closed at `now`: 5-minute bars up to the last full five minutes, then 1-minute bars up to
 * the last full minute, so that nothing is told twice. With columns below five minutes the last hour is 1-minute bars.
 */
export async function readHistory(
  spec: Instrument,
  request: LiveRequest,
  now: UnixMs,
  rest: PastOfVenue,
  limitMs: number,
  signal: AbortSignal,
): Promise<History> {
  const { coarse, fine } = historySpans(request, now, limitMs);
  const read = async <Row extends InstrumentEvent>(
    what: string,
    source: Paged<Row> | undefined,
    parts: readonly (readonly [IntervalName, TimeSpan])[],
  ): Promise<Asked> => {
    if (source === undefined) return { what, pages: [] };
    const asked = parts.flatMap(([interval, span]) => pagesOf(interval, span, source.page));
    const pages = asked.map(([interval, span]) => source.read(spec, interval, span, now, signal));
    return { what, pages: await Promise.all(pages) };
  };
  const candles = [
    ['5m', coarse],
    ['1m', fine],
  ] as const;
  const whole = { from: Math.min(coarse.from, fine.from), to: now };
  const asked = await Promise.all([
    read('prices and volumes', rest.bars, candles),
    read('mark prices', rest.markBars, candles),
    read('open interest', rest.openInterest, [['5m', whole]]),
  ]);
  const known = asked
    .flatMap(({ pages }) => pages.flatMap((page) => (page.ok ? page.value : [])))
    .filter((event) => event.seenTime <= now);
  const events = ordered(spec, known);
  const barsEnd = events.findLast((event) => event.kind === 'bar')?.seenTime;
  return { events, barsEnd, shortfalls: asked.flatMap((kind) => shortfallOf('bars', kind)) };
}

/** The 5-minute part and the 1-minute part that follows it. */
export function historySpans(
  { historyMs, intervalMs }: Pick<LiveRequest, 'historyMs' | 'intervalMs'>,
  now: UnixMs,
  limitMs: number,
): { readonly coarse: TimeSpan; readonly fine: TimeSpan } {
  const from = floorTo(now - Math.min(historyMs, limitMs), INTERVALS['5m']);
  const lastHour = floorTo(now - MS_PER_HOUR, INTERVALS['5m']);
  const fineFrom = Math.max(from, intervalMs < INTERVALS['5m'] ? lastHour : floorTo(now, INTERVALS['5m']));
  return { coarse: { from, to: fineFrom }, fine: { from: fineFrom, to: floorTo(now, INTERVALS['1m']) } };
}

/** Cuts a span into pages of whole rows; `to` is the last start asked for, so that no row is on two pages. */
export function pagesOf(
  interval: IntervalName,
  span: TimeSpan,
  rows: number,
): readonly (readonly [IntervalName, TimeSpan])[] {
  const result: [IntervalName, TimeSpan][] = [];
  const stepMs = INTERVALS[interval];
  for (let from = span.from; from < span.to; from += stepMs * rows) {
    result.push([interval, { from, to: Math.min(span.to, from + stepMs * rows) - 1 }]);
  }
  return result;
}

// Mark bars and open interest of a moment come before the bar that closes then: the engine places turnover with them.
const RANK: Readonly<Record<string, number>> = { 'mark-bar': 0, 'open-interest': 1, 'bar': 2 };

function ordered(spec: Instrument, events: InstrumentEvent[]): readonly InstrumentEvent[] {
  events.sort((a, b) => a.seenTime - b.seenTime || (RANK[a.kind] ?? 0) - (RANK[b.kind] ?? 0));
  return introduced(spec, events);
}

/** Events in order behind the instrument they belong to; nothing where there are none. */
export function introduced(spec: Instrument, events: readonly InstrumentEvent[]): readonly InstrumentEvent[] {
  const first = events[0];
  if (first === undefined) return [];
  return [
    { kind: 'instrument', instrument: spec.id, eventTime: first.seenTime, seenTime: first.seenTime, spec },
    ...events,
  ];
}

/** What is missing of one kind of history, if anything. */
export function shortfallOf(channel: Channel, { what, pages }: Asked): readonly Shortfall[] {
  const faults = pages.flatMap((page): readonly Fault[] => (page.ok ? [] : [page.fault]));
  const [first] = faults;
  if (first === undefined) return [];
  const missing = `${String(faults.length)} of ${String(pages.length)} pages missing`;
  return [{ channel, words: `Past ${what} incomplete (${missing}): ${first.message}` }];
}

function floorTo(time: number, stepMs: number): number {
  return Math.floor(time / stepMs) * stepMs;
}
