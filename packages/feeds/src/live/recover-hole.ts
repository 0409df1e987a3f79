import type { Instrument, InstrumentEvent, Parsed, UnixMs } from '@liquidation-heatmap/core';
import { childController } from '../runtime/abort.js';
import type { Runtime } from '../runtime/runtime.js';
import {
  INTERVALS,
  type Hole,
  type IntervalName,
  type MissedTrades,
  type TimeSpan,
  type VenueRest,
} from './venue-rules.js';

/** What was missed has to be read by then; what is live waits for it. */
const PATIENCE_MS = 5_000;

/** What a hole is read from; undefined where the venue has none, or where it is read anyhow. */
export interface HoleRest {
  readonly bars?: VenueRest['bars'] | undefined;
  readonly markBars?: VenueRest['markBars'] | undefined;
  missedTrades?(spec: Instrument, hole: Hole, signal: AbortSignal): Promise<MissedTrades>;
}

/** What could be had of a hole. */
export interface Recovery {
  /** Prices crossed and turnover, to be applied before anything live. */
  readonly events: readonly InstrumentEvent[];
  /** Missed trades as frames in the stream's own shape. */
  readonly frames: readonly string[];
  /** The part of the hole of which neither trades nor whole candles could be had; undefined where there is none. */
  readonly missing: TimeSpan | undefined;
}

/** Nothing could be had, or nothing was missed. */
export const NO_RECOVERY: Recovery = { events: [], frames: [], missing: undefined };

const NO_TRADES: MissedTrades = { frames: [], from: Number.NaN };

/**
 * Reads what happened in a hole: mark candles of every minute it touches (requirement S21: prices crossed meanwhile are swept before
 * the first live mark), the missed trades where it is short, and the candles of the whole minutes that those trades do not reach.
 */
export async function recoverHole(
  spec: Instrument,
  hole: Hole,
  rest: HoleRest,
  tradesBackfillMs: number,
  signal: AbortSignal,
): Promise<Recovery> {
  const length = hole.to - hole.from;
  const interval: IntervalName = length < INTERVALS['1m'] * ((rest.bars?.page ?? 100) - 2) ? '1m' : '5m';
  const step = INTERVALS[interval];
  const touched = { from: Math.floor(hole.from / step) * step, to: hole.to };
  // A running candle counts here, since its extremes were reached already; it is stamped with the present below.
  const horizon = (hole.to + step) as UnixMs;
  const [marks, trades] = await Promise.all([
    rest.markBars?.read(spec, interval, touched, horizon, signal),
    length <= tradesBackfillMs ? rest.missedTrades?.(spec, hole, signal) : undefined,
  ]);
  const { frames, from } = trades ?? NO_TRADES;
  const barsTo = Math.floor((Number.isNaN(from) ? hole.to : from) / step) * step;
  const inside = { from: Math.ceil(hole.from / step) * step, to: barsTo - 1 };
  const bars = inside.to < inside.from ? undefined : await rest.bars?.read(spec, interval, inside, hole.to, signal);
  const stamped = [...rowsOf(marks), ...rowsOf(bars)].map((event) => ({
    ...event,
    eventTime: Math.min(event.eventTime, hole.to) as UnixMs,
    seenTime: hole.to,
  }));
  return {
    events: stamped.sort((a, b) => a.eventTime - b.eventTime),
    frames,
    missing: missingOf(hole, from, bars?.ok === true ? inside : undefined),
  };
}

/** As `recoverHole`, or nothing when the venue takes longer than the live stream may wait. */
export async function recoverInTime(
  spec: Instrument,
  hole: Hole,
  rest: HoleRest,
  tradesBackfillMs: number,
  runtime: Runtime,
  outer: AbortSignal,
): Promise<Recovery> {
  const { controller, unlink } = childController(outer);
  const { signal } = controller;
  try {
    const patience = runtime.sleep(PATIENCE_MS, signal).then(() => NO_RECOVERY);
    return await Promise.race([recoverHole(spec, hole, rest, tradesBackfillMs, signal), patience]);
  } finally {
    controller.abort();
    unlink();
  }
}

/** What lies before the trades that were had and outside of the candles. */
function missingOf({ from, to }: Hole, told: number, bars: TimeSpan | undefined): TimeSpan | undefined {
  const tradesFrom = Number.isNaN(told) ? to : told;
  if (tradesFrom <= from) return undefined;
  if (bars === undefined) return { from, to: tradesFrom };
  if (bars.from > from) return { from, to: bars.to + 1 < tradesFrom ? tradesFrom : bars.from };
  return bars.to + 1 < tradesFrom ? { from: bars.to + 1, to: tradesFrom } : undefined;
}

function rowsOf<Row extends InstrumentEvent>(page: Parsed<readonly Row[]> | undefined): readonly Row[] {
  return page?.ok === true ? page.value : [];
}
