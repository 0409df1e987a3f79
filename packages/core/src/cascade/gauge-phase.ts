import type { CascadePhase } from '../model/cascade.js';
import type { PositionSide } from '../model/market-event.js';
import type { UnixMs } from '../model/units.js';

/** What is known of a run, from its first print on; plain data. */
export interface Run {
  readonly startedAt: UnixMs;
  readonly startPrice: number;
  readonly extremePrice: number;
  readonly printed: number;
  readonly isLowerBound: boolean;
  readonly peakRate: number;
  /** Since when the rate has been low; undefined while it is not, or while prints are missing. */
  readonly quietSince: UnixMs | undefined;
}

/** Where a gauge stands: only a phase with a run has the facts of one. */
export type GaugePhase =
  | { readonly phase: 'idle'; readonly since: UnixMs }
  | { readonly phase: 'armed'; readonly since: UnixMs; readonly side: PositionSide }
  | {
      readonly phase: 'running' | 'exhausted' | 'done';
      readonly since: UnixMs;
      readonly side: PositionSide;
      readonly run: Run;
    };

/** Why a phase ended. */
export type TransitionReason =
  | 'cluster-in-reach'
  | 'cluster-out-of-reach'
  | 'prints-and-move'
  | 'cluster-consumed'
  | 'prints-faded'
  | 'flared-up'
  | 'settled'
  | 'other-side'
  | 'rested';

/** One change of phase; several can happen at one time, each of them a legal one. */
export interface CascadeTransition {
  readonly from: CascadePhase;
  readonly to: CascadePhase;
  /** Side of the phase that is entered, or of the one left when that is `idle`. */
  readonly side: PositionSide;
  readonly seenTime: UnixMs;
  readonly reason: TransitionReason;
}

/** Phases that may follow each phase. A run that is recognized out of the blue is armed and running at the same time. */
export const NEXT_PHASES: Readonly<Record<CascadePhase, readonly CascadePhase[]>> = {
  idle: ['armed'],
  armed: ['idle', 'running'],
  running: ['exhausted', 'done'],
  exhausted: ['running', 'done'],
  done: ['idle'],
};

/** A phase to enter and why. */
export interface PhaseChange {
  readonly phase: GaugePhase;
  readonly reason: TransitionReason;
}

/** The change of phase as told to others; throws when it is not a legal one. */
export function transitionTo(
  from: GaugePhase,
  { phase: to, reason }: PhaseChange,
  seenTime: UnixMs,
): CascadeTransition {
  if (!NEXT_PHASES[from.phase].includes(to.phase)) {
    throw new Error(`After ${from.phase} must come one of ${NEXT_PHASES[from.phase].join(', ')}, not ${to.phase}`);
  }
  if (to.phase !== 'idle') return { from: from.phase, to: to.phase, side: to.side, seenTime, reason };
  if (from.phase === 'idle') throw new Error('Idle cannot follow idle');
  return { from: from.phase, to: to.phase, side: from.side, seenTime, reason };
}
