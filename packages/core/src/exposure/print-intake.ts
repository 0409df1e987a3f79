import type { Liquidation } from '../model/market-event.js';
import { MS_PER_SECOND } from '../model/units.js';
import { LONG, SHORT } from './exposure-map.js';

/**
 * A throttled feed prints at most one liquidation a second, lately the largest. Of what Poisson arrivals would have printed,
 * this share of the excess over one a second is credited: the largest of several is more than their mean. Chosen, not measured.
 */
const EXCESS_CREDIT = 0.6;
/** Seconds with a print are taken as at most this share, beyond which the rate of arrivals cannot be told. */
const MOST_BUSY_SHARE = 0.95;

/** Gathers liquidation prints of one instrument between two lessons, and knows whether silence means anything. */
export class PrintIntake {
  /** The feed is known to deliver, so that no print is an observation too. */
  isWatched = false;
  /** Reported sizes since the last lesson, long and short, contract units. */
  readonly sizes = new Float64Array(2);
  /** Prints of a throttled feed came in this many different seconds. */
  busySeconds = 0;
  lastSecond = Number.NaN;

  /** Notes one print. */
  note(event: Liquidation): void {
    this.isWatched = true;
    this.sizes[event.positionSide === 'long' ? LONG : SHORT]! += event.size;
    if (event.completeness !== 'throttled') return;
    const second = Math.floor(event.eventTime / MS_PER_SECOND);
    if (second !== this.lastSecond) this.busySeconds += 1;
    this.lastSecond = second;
  }

  /** The feed delivers, or has stopped to. */
  watch(isWatched: boolean): void {
    this.isWatched = isWatched;
    if (!isWatched) this.forget();
  }

  /** What was printed over a time, corrected for what a throttled feed leaves out; begins anew. */
  take(elapsedMs: number): readonly [long: number, short: number] {
    const credit = this.credit(elapsedMs);
    const printed = [this.sizes[LONG]! * credit, this.sizes[SHORT]! * credit] as const;
    this.forget();
    return printed;
  }

  /** Drops what was gathered. */
  forget(): void {
    this.sizes.fill(0);
    this.busySeconds = 0;
  }

  /**
   * By how much what was printed over a time is to be scaled up: with a share p of busy seconds, -ln(1 - p) arrivals a second
   * are expected where p were printed.
   */
  credit(elapsedMs: number): number {
    const seconds = elapsedMs / MS_PER_SECOND;
    if (this.busySeconds === 0 || !(seconds > 0)) return 1;
    const share = Math.min(MOST_BUSY_SHARE, this.busySeconds / seconds);
    return 1 + EXCESS_CREDIT * (-Math.log(1 - share) / share - 1);
  }
}
