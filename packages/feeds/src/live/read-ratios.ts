import {
  MS_PER_HOUR,
  type Instrument,
  type InstrumentEvent,
  type LongShortRatio,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { RATIO_PERIOD_MS } from '../ratio-reading.js';
import type { History, LiveRequest, Shortfall } from '../live-venue.js';
import { childController } from '../runtime/abort.js';
import type { Runtime } from '../runtime/runtime.js';
import { introduced, pagesOf, shortfallOf } from './read-history.js';
import type { Paged } from './venue-rules.js';

/** All books are weighted by the newest ratio, whose memory is an hour: older ones than a day would cost pages and change nothing. */
const REACH_MS = 24 * MS_PER_HOUR;
/** The warm start waits no longer for ratios: without them it is as good as it was. */
const PATIENCE_MS = 3_000;

/** Ratios of the past as far as they could be had in time. */
export interface PastRatios {
  readonly events: readonly LongShortRatio[];
  readonly shortfalls: readonly Shortfall[];
}

/** Reads the ratios of the last day that could be known at `now`. What fails or takes too long is missing and said so. */
export async function readRatios(
  spec: Instrument,
  { historyMs }: Pick<LiveRequest, 'historyMs'>,
  now: UnixMs,
  sources: readonly Paged<LongShortRatio>[],
  runtime: Runtime,
  outer: AbortSignal,
): Promise<PastRatios> {
  const { controller, unlink } = childController(outer);
  const { signal } = controller;
  const from = Math.ceil((now - Math.min(historyMs, REACH_MS)) / RATIO_PERIOD_MS) * RATIO_PERIOD_MS;
  void runtime.sleep(PATIENCE_MS, signal).then(() => controller.abort());
  try {
    const asked = sources.flatMap((source) =>
      pagesOf('5m', { from, to: now }, source.page).map(([interval, span]) =>
        source.read(spec, interval, span, now, signal),
      ),
    );
    const pages = await Promise.all(asked);
    const rows = pages.flatMap((page) => (page.ok ? page.value : []));
    const events = rows.filter(({ seenTime }) => seenTime <= now).sort((a, b) => a.seenTime - b.seenTime);
    return { events, shortfalls: shortfallOf('ratios', { what: 'ratios of longs', pages }) };
  } finally {
    controller.abort();
    unlink();
  }
}

/** The past with its ratios, each before what else became known at the same time. */
export function withRatios(spec: Instrument, history: History, ratios: PastRatios): History {
  const shortfalls = [...history.shortfalls, ...ratios.shortfalls];
  if (ratios.events.length === 0) return { ...history, shortfalls };
  const others = history.events.filter(({ kind }) => kind !== 'instrument');
  const events: InstrumentEvent[] = [...ratios.events, ...others];
  return {
    ...history,
    events: introduced(
      spec,
      events.sort((a, b) => a.seenTime - b.seenTime),
    ),
    shortfalls,
  };
}
