import type { PositionSide } from '../model/market-event.js';
import { assertNever, type UnixMs } from '../model/units.js';
import type { ClusterAhead, GaugeOptions } from './gauge-options.js';
import type { GaugePhase, PhaseChange, Run } from './gauge-phase.js';

/** What is seen of one side. */
export interface SideEvidence {
  /** Enough prints, and enough displacement, within the window. */
  readonly isDetected: boolean;
  /** Notional of the window's prints. */
  readonly printed: number;
  /** Rate of prints now, USD a second. */
  readonly rate: number;
  readonly ahead: ClusterAhead | undefined;
  /** The run that begins if it begins now. */
  readonly run: () => Run;
}

/** Everything a change of phase is judged by. */
export interface GaugeEvidence extends Readonly<Record<PositionSide, SideEvidence>> {
  readonly now: UnixMs;
}

type GoingOn = Extract<GaugePhase, { readonly run: Run }> & { readonly phase: 'running' | 'exhausted' };
const SIDES = ['long', 'short'] as const;

/** The phase that follows at once, if one does; asked again until none does. */
export function nextPhase(
  current: GaugePhase,
  evidence: GaugeEvidence,
  options: GaugeOptions,
): PhaseChange | undefined {
  switch (current.phase) {
    case 'idle':
      return afterIdle(evidence, options);
    case 'armed':
      return afterArmed(current.side, evidence, options);
    case 'running':
      return afterRunning(current as GoingOn, evidence, options);
    case 'exhausted':
      return afterExhausted(current as GoingOn, evidence, options);
    case 'done':
      return afterDone(current.since, evidence, options);
    default:
      return assertNever(current);
  }
}

function afterIdle(evidence: GaugeEvidence, { reach }: GaugeOptions): PhaseChange | undefined {
  const { now } = evidence;
  const detected = detectedSide(evidence, undefined);
  if (detected !== undefined)
    return { phase: { phase: 'armed', since: now, side: detected }, reason: 'prints-and-move' };
  const distanceOf = (side: PositionSide): number => evidence[side].ahead?.distance ?? Infinity;
  const side = distanceOf('short') < distanceOf('long') ? 'short' : 'long';
  if (distanceOf(side) > reach) return undefined;
  return { phase: { phase: 'armed', since: now, side }, reason: 'cluster-in-reach' };
}

function afterArmed(
  side: PositionSide,
  evidence: GaugeEvidence,
  { reach, disarm }: GaugeOptions,
): PhaseChange | undefined {
  const { now } = evidence;
  const detected = detectedSide(evidence, side);
  if (detected === side) {
    return { phase: { phase: 'running', since: now, side, run: evidence[side].run() }, reason: 'prints-and-move' };
  }
  const idle: GaugePhase = { phase: 'idle', since: now };
  if (detected !== undefined) return { phase: idle, reason: 'other-side' };
  const distance = evidence[side].ahead?.distance ?? Infinity;
  return distance <= reach * disarm ? undefined : { phase: idle, reason: 'cluster-out-of-reach' };
}

function afterRunning(current: GoingOn, evidence: GaugeEvidence, options: GaugeOptions): PhaseChange | undefined {
  const { side } = current;
  const { now } = evidence;
  if (isOverrun(side, evidence)) return { phase: { ...current, phase: 'done', since: now }, reason: 'other-side' };
  const quietFor = quietMsOf(current, now);
  const consumedShare = evidence[side].ahead?.consumedShare;
  if (quietFor >= options.quietMs && consumedShare !== undefined && consumedShare >= options.consumed) {
    return { phase: { ...current, phase: 'exhausted', since: now }, reason: 'cluster-consumed' };
  }
  if (quietFor < options.fadeMs) return undefined;
  return { phase: { ...current, phase: 'done', since: now }, reason: 'prints-faded' };
}

function afterExhausted(current: GoingOn, evidence: GaugeEvidence, options: GaugeOptions): PhaseChange | undefined {
  const { side, since, run } = current;
  const { now } = evidence;
  if (isOverrun(side, evidence)) return { phase: { ...current, phase: 'done', since: now }, reason: 'other-side' };
  if (evidence[side].rate >= options.flareShare * run.peakRate) {
    return { phase: { ...current, phase: 'running', since: now }, reason: 'flared-up' };
  }
  const isSettled = now - since >= options.settleMs && quietMsOf(current, now) >= options.quietMs;
  return isSettled ? { phase: { ...current, phase: 'done', since: now }, reason: 'settled' } : undefined;
}

function afterDone(since: UnixMs, evidence: GaugeEvidence, { restMs }: GaugeOptions): PhaseChange | undefined {
  const { now } = evidence;
  const isNew = detectedSide(evidence, undefined) !== undefined;
  if (!isNew && now - since < restMs) return undefined;
  return { phase: { phase: 'idle', since: now }, reason: isNew ? 'prints-and-move' : 'rested' };
}

/** The other side runs and this one no longer does: one gauge shows one run. */
function isOverrun(side: PositionSide, evidence: GaugeEvidence): boolean {
  const detected = detectedSide(evidence, side);
  return detected !== undefined && detected !== side;
}

function quietMsOf({ run }: GoingOn, now: UnixMs): number {
  return run.quietSince === undefined ? -1 : now - run.quietSince;
}

/** A side whose prints and move make a run: the preferred one where both do, else the one with more notional. */
function detectedSide(evidence: GaugeEvidence, preferred: PositionSide | undefined): PositionSide | undefined {
  if (preferred !== undefined && evidence[preferred].isDetected) return preferred;
  const detected = SIDES.filter((side) => evidence[side].isDetected);
  return detected.toSorted((a, b) => evidence[b].printed - evidence[a].printed)[0];
}
