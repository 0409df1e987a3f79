import type { UsdRange } from './cluster.js';
import type { PositionSide } from './market-event.js';
import type { Fraction, Price, UnixMs, Usd } from './units.js';

/**
 * Where a run of liquidations stands. `armed`: a prominent cluster is within reach; `running`: prints of one side and a move;
 * `exhausted`: prints have fallen off and the fuel is mostly consumed; `done`: quiet again.
 */
export type CascadePhase = 'idle' | 'armed' | 'running' | 'exhausted' | 'done';

/** The live gauge of one side's cascade. */
export interface CascadeState {
  readonly phase: CascadePhase;
  /** Side of the positions that are closed; undefined while `idle`. */
  readonly side: PositionSide | undefined;
  /** When this phase began. */
  readonly since: UnixMs;
  /** When the run began; undefined before `running`. */
  readonly startedAt: UnixMs | undefined;
  readonly startPrice: Price | undefined;
  /** Furthest mark of the run. */
  readonly extremePrice: Price | undefined;
  /** Observed liquidations of the run: a lower bound where a feed is throttled. */
  readonly printed: Usd;
  readonly isLowerBound: boolean;
  /** Observed rate now and at its peak, USD a second. */
  readonly printRate: number;
  readonly peakPrintRate: number;
  /** Exposure of the side still ahead within reach. */
  readonly remaining: UsdRange | undefined;
}

/** A reading of the gauge with what its phase was judged by. */
export interface CascadeReading extends CascadeState {
  /** How fast the observed rate rises (or falls, below 0), USD a second per second. */
  readonly printRateSlope: number;
  /** Average range of a minute as a fraction of price; undefined until enough minutes were seen, and then no run is detected. */
  readonly minuteRange: Fraction | undefined;
  /** Move of the mark in the direction of `side` within the detection window, as a fraction; 0 while `idle`. */
  readonly displacement: Fraction;
  /** Share of the cluster that is used up, as it was last told. */
  readonly consumedShare: Fraction | undefined;
  /** False while prints are missing: the phase then stands still instead of taking silence for the end. */
  readonly hasPrints: boolean;
}

/** A quantity that is not known, in any unit: 10 %, 50 % and 90 % of what it may be lie below these. */
export interface Quantiles<Value extends number> {
  readonly p10: Value;
  readonly p50: Value;
  readonly p90: Value;
}

/** A gauge that nothing has been seen by. */
export const IDLE_CASCADE: CascadeReading = {
  phase: 'idle',
  side: undefined,
  since: 0 as UnixMs,
  startedAt: undefined,
  startPrice: undefined,
  extremePrice: undefined,
  printed: 0 as Usd,
  isLowerBound: true,
  printRate: 0,
  peakPrintRate: 0,
  remaining: undefined,
  printRateSlope: 0,
  minuteRange: undefined,
  displacement: 0 as Fraction,
  consumedShare: undefined,
  hasPrints: false,
};
