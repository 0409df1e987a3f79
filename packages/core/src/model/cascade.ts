import type { UsdRange } from './cluster.js';
import type { PositionSide } from './market-event.js';
import type { Price, UnixMs, Usd } from './units.js';

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
