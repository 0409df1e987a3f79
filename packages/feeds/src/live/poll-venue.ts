import type { Bar, Instrument, UnixMs } from '@liquidation-heatmap/core';
import type { Runtime } from '../runtime/runtime.js';
import { INTERVALS, type VenueRest } from './venue-rules.js';

/** A closed candle is asked for this long after its close: venues take a moment to have it. */
const AFTER_CLOSE_MS = 2_000;
/** A candle that could not be had is asked for again after this long. */
const AGAIN_MS = 10_000;

/** What asks, and of whom. */
export interface Asker {
  readonly spec: Instrument;
  readonly rest: VenueRest;
  readonly runtime: Runtime;
}

/**
 * Asks for the candles of every minute once it has closed, from `from` on (the venue's clock), in place of the trades: each candle once,
 * those of a pause or of a failure with the next ones. `venueNow` is the venue's time.
 */
export async function pollBars(
  { spec, rest, runtime }: Asker,
  from: UnixMs,
  venueNow: () => UnixMs,
  onBars: (bars: readonly Bar[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const minute = INTERVALS['1m'];
  const { bars } = rest;
  if (bars === undefined) return;
  let next = Math.floor(from / minute) * minute;
  while (!signal.aborted) {
    const dueMs = next + minute + AFTER_CLOSE_MS - venueNow();
    if (dueMs > 0) await runtime.sleep(dueMs, signal);
    await runtime.presence?.until(false, signal);
    if (signal.aborted) return;
    const now = venueNow();
    // What a page of the venue cannot hold is too long ago to be told as it happened.
    const oldest = Math.floor(now / minute) * minute - bars.page * minute;
    const span = { from: Math.max(next, oldest), to: now };
    const answer = await bars.read(spec, '1m', span, now, signal);
    const closed = answer.ok ? answer.value.filter((bar) => bar.eventTime > next) : [];
    if (closed.length > 0) {
      onBars(closed);
      next = closed.at(-1)!.eventTime;
    } else await runtime.sleep(AGAIN_MS, signal);
  }
}
