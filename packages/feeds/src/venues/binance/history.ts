import {
  MS_PER_HOUR,
  type Fault,
  type Instrument,
  type InstrumentEvent,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { History, LiveRequest } from '../../live-venue.js';
import type { TimeSpan } from './rest-urls.js';
import { INTERVALS, KLINES_PAGE, OPEN_INTEREST_PAGE, type BinanceRest, type IntervalName } from './rest.js';

/** How far back the venue keeps open interest. */
export const HISTORY_LIMIT_MS = 30 * 24 * MS_PER_HOUR;

/**
 * Bars, mark bars and open interest that had closed at `now`: 5-minute bars up to the last full five minutes, then 1-minute bars up to
 * the last full minute, so that nothing is told twice. With columns below five minutes the last hour is 1-minute bars.
 */
export async function readHistory(
  spec: Instrument,
  request: LiveRequest,
  now: UnixMs,
  rest: BinanceRest,
  signal: AbortSignal,
): Promise<History> {
  const shortfalls: string[] = [];
  const { coarse, fine } = historySpans(request, now);
  const keep = <Event extends InstrumentEvent>(
    what: string,
    pages: readonly Parsed<readonly Event[]>[],
  ): readonly Event[] => {
    const faults = pages.flatMap((page) => (page.ok ? [] : [page.fault]));
    if (faults.length > 0) shortfalls.push(shortfallWords(what, faults, pages.length));
    return pages.flatMap((page) => (page.ok ? page.value : []));
  };
  const bars = (interval: IntervalName, spans: readonly TimeSpan[]) =>
    Promise.all(spans.map((span) => rest.klines(spec.id, interval, span, now, signal)));
  const markBars = (interval: IntervalName, spans: readonly TimeSpan[]) =>
    Promise.all(spans.map((span) => rest.markPriceKlines(spec.id, interval, span, now, signal)));
  const openInterest = Promise.all(
    pages({ from: Math.min(coarse.from, fine.from), to: now }, INTERVALS['5m'], OPEN_INTEREST_PAGE).map((span) =>
      rest.openInterestHistory(spec.id, span, signal),
    ),
  );
  const coarsePages = pages(coarse, INTERVALS['5m'], KLINES_PAGE);
  const finePages = pages(fine, INTERVALS['1m'], KLINES_PAGE);
  const [coarseBars, fineBars, coarseMarks, fineMarks, interest] = await Promise.all([
    bars('5m', coarsePages),
    bars('1m', finePages),
    markBars('5m', coarsePages),
    markBars('1m', finePages),
    openInterest,
  ]);
  const known: InstrumentEvent[] = [
    ...keep('prices and volumes', [...coarseBars, ...fineBars]),
    ...keep('mark prices', [...coarseMarks, ...fineMarks]),
    ...keep('open interest', interest),
  ].filter((event) => event.seenTime <= now);
  const barsEnd = known.findLast((event) => event.kind === 'bar')?.seenTime;
  return { events: ordered(spec, known), barsEnd, shortfalls };
}

/** The 5-minute part and the 1-minute part that follows it. */
export function historySpans(
  { historyMs, intervalMs }: Pick<LiveRequest, 'historyMs' | 'intervalMs'>,
  now: UnixMs,
): { readonly coarse: TimeSpan; readonly fine: TimeSpan } {
  const from = floorTo(now - Math.min(historyMs, HISTORY_LIMIT_MS), INTERVALS['5m']);
  const lastHour = floorTo(now - MS_PER_HOUR, INTERVALS['5m']);
  const fineFrom = Math.max(from, intervalMs < INTERVALS['5m'] ? lastHour : floorTo(now, INTERVALS['5m']));
  return { coarse: { from, to: fineFrom }, fine: { from: fineFrom, to: floorTo(now, INTERVALS['1m']) } };
}

/** Cuts a span into pages of whole rows; `to` is the last start asked for, so that no row is on two pages. */
function pages(span: TimeSpan, stepMs: number, limit: number): readonly TimeSpan[] {
  const result: TimeSpan[] = [];
  for (let from = span.from; from < span.to; from += stepMs * limit) {
    result.push({ from, to: Math.min(span.to, from + stepMs * limit) - 1 });
  }
  return result;
}

// Mark bars and open interest of a moment come before the bar that closes then: the engine places turnover with them.
const RANK: Readonly<Record<string, number>> = { 'mark-bar': 0, 'open-interest': 1, 'bar': 2 };

function ordered(spec: Instrument, events: InstrumentEvent[]): readonly InstrumentEvent[] {
  events.sort((a, b) => a.seenTime - b.seenTime || (RANK[a.kind] ?? 0) - (RANK[b.kind] ?? 0));
  const first = events[0];
  if (first === undefined) return [];
  return [
    { kind: 'instrument', instrument: spec.id, eventTime: first.seenTime, seenTime: first.seenTime, spec },
    ...events,
  ];
}

function shortfallWords(what: string, faults: readonly Fault[], pages: number): string {
  return `Past ${what} incomplete (${String(faults.length)} of ${String(pages)} pages missing): ${faults[0]!.message}`;
}

function floorTo(time: number, stepMs: number): number {
  return Math.floor(time / stepMs) * stepMs;
}
