import type { Instrument, InstrumentEvent, UnixMs } from '@liquidation-heatmap/core';
import { AGG_TRADES_PAGE, INTERVALS, KLINES_PAGE, type BinanceRest, type IntervalName } from './rest.js';

/** Up to this long a hole in the trades is filled trade by trade; BTC makes about 100,000 aggregated trades an hour when busy. */
export const TRADES_BACKFILL_MS = 120_000;
/** Pages of 1000 trades that are fetched for one hole at most (weight 20 each). */
const TRADES_PAGES = 5;

/** A hole in what the market socket brought. Times of this machine. */
export interface Hole {
  readonly from: UnixMs;
  readonly to: UnixMs;
  /** Newest aggregated trade before the hole; undefined when none was seen yet. */
  readonly lastTradeId: number | undefined;
}

/** What could be had of a hole. */
export interface Recovery {
  /** Prices crossed and turnover, to be applied before anything live. */
  readonly events: readonly InstrumentEvent[];
  /** Missed trades as frames in the stream's own shape, so that the session's own reading removes doubles. */
  readonly frames: readonly string[];
}

/**
 * Reads what happened in a hole: mark candles of every minute it touches (requirement S21: prices crossed meanwhile are swept before
 * the first live mark), the missed trades where it is short, and otherwise the candles of the minutes that lie inside it as a whole.
 */
export async function recoverHole(
  spec: Instrument,
  hole: Hole,
  seenTime: UnixMs,
  rest: BinanceRest,
  signal: AbortSignal,
): Promise<Recovery> {
  const isShort = hole.to - hole.from <= TRADES_BACKFILL_MS;
  const interval: IntervalName = hole.to - hole.from < INTERVALS['1m'] * (KLINES_PAGE - 2) ? '1m' : '5m';
  const step = INTERVALS[interval];
  const touched = { from: Math.floor(hole.from / step) * step, to: hole.to };
  const inside = { from: Math.ceil(hole.from / step) * step, to: Math.floor(hole.to / step) * step - 1 };
  // A running candle counts here, since its extremes were reached already; it is stamped with the present below.
  const horizon = (hole.to + step) as UnixMs;
  const [marks, bars, frames] = await Promise.all([
    rest.markPriceKlines(spec.id, interval, touched, horizon, signal),
    isShort || inside.to < inside.from ? undefined : rest.klines(spec.id, interval, inside, hole.to, signal),
    isShort ? missedTrades(spec, hole, rest, signal) : [],
  ]);
  const events: InstrumentEvent[] = [...(marks.ok ? marks.value : []), ...(bars?.ok === true ? bars.value : [])];
  const stamped = events.map((event) => ({
    ...event,
    eventTime: Math.min(event.eventTime, seenTime) as UnixMs,
    seenTime,
  }));
  return { events: stamped.sort((a, b) => a.eventTime - b.eventTime), frames };
}

async function missedTrades(
  spec: Instrument,
  hole: Hole,
  rest: BinanceRest,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const frames: string[] = [];
  let from: { fromId: number } | { from: number; to: number } =
    hole.lastTradeId === undefined ? { from: hole.from, to: hole.to } : { fromId: hole.lastTradeId + 1 };
  for (let page = 0; page < TRADES_PAGES && !signal.aborted; page++) {
    const rows = await rest.aggTrades(spec.ownSymbol, from, signal);
    if (!rows.ok) return frames;
    for (const row of rows.value) frames.push(frameOf(spec.ownSymbol, row));
    const last = (rows.value.at(-1) as { readonly a?: unknown } | undefined)?.a;
    if (rows.value.length < AGG_TRADES_PAGE || typeof last !== 'number') return frames;
    from = { fromId: last + 1 };
  }
  return frames;
}

// A REST row has the stream's fields except type, symbol and time of sending.
function frameOf(ownSymbol: string, row: object): string {
  const time = (row as { readonly T?: unknown }).T;
  return JSON.stringify({
    stream: `${ownSymbol.toLowerCase()}@aggTrade`,
    data: { e: 'aggTrade', E: time, s: ownSymbol, ...row },
  });
}
