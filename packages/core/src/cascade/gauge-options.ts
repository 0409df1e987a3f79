import type { UsdRange } from '../model/cluster.js';
import type { Liquidation, PositionSide } from '../model/market-event.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from '../model/units.js';

/** What a run of liquidations is recognized and ended by. All defaults are chosen, not measured, unless said otherwise. */
export interface GaugeOptions {
  /** Prints of one side within the window from which on it may be a run; a feed of one print a second still gets there. */
  readonly prints: number;
  /** Large prints follow each other after 6 s in the median, and 76 % of prints within 1 s (docs/cascades.md#detection). */
  readonly windowMs: DurationMs;
  /** Displacement of the mark within the window, in average ranges of a minute; 2 is 7.8 deviations of a 10 s random walk. */
  readonly ranges: number;
  /** Minutes averaged into the range, as is usual for it. */
  readonly rangeMinutes: number;
  /** Minutes that must have been seen before a range is known. */
  readonly leastMinutes: number;
  /** A cluster this near arms the gauge; `disarm` further and it is let go, so that price on the edge does not flicker. */
  readonly reach: Fraction;
  readonly disarm: number;
  /** Time constants of the exponentially weighted print rates; their difference gives the slope. */
  readonly fastMs: DurationMs;
  readonly slowMs: DurationMs;
  /** The rate is low below this share of its peak (requirement S52), and a run flares up again above `flareShare`. */
  readonly lowShare: Fraction;
  readonly flareShare: Fraction;
  /** How long the rate must be low, and how much of the cluster used up (S52), for a run to be exhausted. */
  readonly quietMs: DurationMs;
  readonly consumed: Fraction;
  /** How long the rate must be low to end a run whose cluster was not used up: a large print has a follower within 60 s or none. */
  readonly fadeMs: DurationMs;
  /** How long an exhausted run must stay so to be done, and how long `done` is shown. */
  readonly settleMs: DurationMs;
  readonly restMs: DurationMs;
}

/** The defaults of every gauge. */
export const GAUGE_DEFAULTS: GaugeOptions = {
  prints: 4,
  windowMs: 10_000 as DurationMs,
  ranges: 2,
  rangeMinutes: 14,
  leastMinutes: 5,
  reach: 0.03 as Fraction,
  disarm: 1.25,
  fastMs: 5_000 as DurationMs,
  slowMs: 20_000 as DurationMs,
  lowShare: 0.2 as Fraction,
  flareShare: 0.5 as Fraction,
  quietMs: 10_000 as DurationMs,
  consumed: 0.7 as Fraction,
  fadeMs: 60_000 as DurationMs,
  settleMs: 60_000 as DurationMs,
  restMs: 60_000 as DurationMs,
};

/** The nearest prominent cluster of one side, from outside: the gauge knows no map. */
export interface ClusterAhead {
  /** From the mark to its near edge as a fraction of price; 0 inside it. */
  readonly distance: Fraction;
  readonly remaining: UsdRange;
  /** Share used up, corrected for throttled feeds by whoever keeps its ledger; undefined when that is not known. */
  readonly consumedShare: Fraction | undefined;
}

/** Everything the gauge is fed with, in order of `seenTime`. */
export type GaugeInput =
  | {
      readonly kind: 'print';
      readonly seenTime: UnixMs;
      readonly positionSide: PositionSide;
      readonly price: Price;
      readonly notional: Usd;
      readonly completeness: Liquidation['completeness'];
    }
  | { readonly kind: 'mark'; readonly seenTime: UnixMs; readonly price: Price }
  | { readonly kind: 'tick'; readonly seenTime: UnixMs }
  | {
      readonly kind: 'ahead';
      readonly seenTime: UnixMs;
      readonly long: ClusterAhead | undefined;
      readonly short: ClusterAhead | undefined;
    }
  /** The print feed was lost or is back; while it is lost silence means nothing. */
  | { readonly kind: 'print-feed'; readonly seenTime: UnixMs; readonly isLive: boolean };

/** Throws unless every option has a meaning; states the rule. */
export function checkGaugeOptions(options: GaugeOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} must be above 0, was ${String(value)}`);
  }
  if (options.slowMs <= options.fastMs) throw new RangeError(`slowMs must be above fastMs, was ${options.slowMs}`);
  if (options.flareShare <= options.lowShare) {
    throw new RangeError(`flareShare must be above lowShare, was ${options.flareShare}`);
  }
  if (options.disarm < 1) throw new RangeError(`disarm must be at least 1, was ${options.disarm}`);
}
