import type { CascadeReading } from '../model/cascade.js';
import type { PositionSide } from '../model/market-event.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import { assertNever, type Fraction, type Price, type UnixMs, type Usd } from '../model/units.js';
import { forcedTakerSide, priceDirection } from './forced-taker.js';
import {
  checkGaugeOptions,
  GAUGE_DEFAULTS,
  type ClusterAhead,
  type GaugeInput,
  type GaugeOptions,
} from './gauge-options.js';
import { transitionTo, type CascadeTransition, type GaugePhase, type Run } from './gauge-phase.js';
import { MarkWindow, type MarkWindowState } from './mark-window.js';
import { nextPhase, type GaugeEvidence } from './next-phase.js';
import { PrintWindow, type PrintWindowState } from './print-window.js';

/** What a gauge goes on from: plain data, also after a round trip through JSON. */
export interface GaugeState {
  readonly clock: UnixMs;
  readonly phase: GaugePhase;
  readonly marks: MarkWindowState;
  readonly prints: Readonly<Record<PositionSide, PrintWindowState>>;
  readonly ahead: Readonly<Record<PositionSide, ClusterAhead | undefined>>;
  readonly hasPrints: boolean;
}

type RunFacts = Pick<
  CascadeReading,
  'startedAt' | 'startPrice' | 'extremePrice' | 'printed' | 'isLowerBound' | 'peakPrintRate'
>;
type SideFacts = Pick<CascadeReading, 'printRate' | 'printRateSlope' | 'displacement' | 'remaining' | 'consumedShare'>;

const SIDES = ['long', 'short'] as const;
/** Longest honest chain at one time: done, idle, armed, running, and one to spare. */
const MOST_TRANSITIONS = 5;

/**
 * Whether a cascade is running, from what can be seen: prints, marks, time, and what lies ahead. A run is recognized by prints
 * of one side together with a displacement; it is exhausted only when prints have fallen off and the cluster is used up, and a
 * lost print feed is never taken for silence (docs/cascades.md#gauge).
 */
export class CascadeGauge {
  readonly #options: GaugeOptions;
  readonly #marks: MarkWindow;
  readonly #prints: Readonly<Record<PositionSide, PrintWindow>>;
  #ahead: Readonly<Record<PositionSide, ClusterAhead | undefined>>;
  #hasPrints: boolean;
  #clock: UnixMs;
  #phase: GaugePhase;

  /** With the `state` of another gauge and the same options it goes on as that one would have. */
  constructor(options: Partial<GaugeOptions> = {}, state?: GaugeState) {
    this.#options = { ...GAUGE_DEFAULTS, ...options };
    checkGaugeOptions(this.#options);
    this.#marks = new MarkWindow(this.#options, state?.marks);
    this.#prints = {
      long: new PrintWindow(this.#options, state?.prints.long),
      short: new PrintWindow(this.#options, state?.prints.short),
    };
    this.#ahead = { long: state?.ahead.long, short: state?.ahead.short };
    this.#hasPrints = state?.hasPrints ?? true;
    this.#clock = state?.clock ?? (0 as UnixMs);
    this.#phase = state?.phase ?? { phase: 'idle', since: this.#clock };
  }

  /** Takes one input; returns the changes of phase it caused, or a fault that leaves everything as it was. */
  apply(input: GaugeInput): Parsed<readonly CascadeTransition[]> {
    const fault = faultOf(input, this.#clock);
    if (fault !== undefined) return fault;
    const now = input.seenTime;
    this.#clock = now;
    this.#marks.advance(now);
    for (const side of SIDES) this.#prints[side].advance(now);
    this.#take(input);
    this.#noteRate(now);
    return parsed(this.#settlePhase(now));
  }

  /** The gauge as of its newest input. */
  reading(): CascadeReading {
    const { phase, since } = this.#phase;
    const side = this.#phase.phase === 'idle' ? undefined : this.#phase.side;
    return {
      ...runFacts('run' in this.#phase ? this.#phase.run : undefined, this.#hasPrints),
      ...this.#sideFacts(side),
      phase,
      side,
      since,
      minuteRange: this.#marks.minuteRange,
      hasPrints: this.#hasPrints,
    };
  }

  /** What another gauge goes on from. */
  state(): GaugeState {
    return {
      clock: this.#clock,
      phase: this.#phase,
      marks: this.#marks.state(),
      prints: { long: this.#prints.long.state(), short: this.#prints.short.state() },
      ahead: this.#ahead,
      hasPrints: this.#hasPrints,
    };
  }

  #sideFacts(side: PositionSide | undefined): SideFacts {
    if (side === undefined) {
      const nothing = { printRate: 0, printRateSlope: 0, displacement: 0 as Fraction };
      return { ...nothing, remaining: undefined, consumedShare: undefined };
    }
    const prints = this.#prints[side];
    const ahead = this.#ahead[side];
    return {
      printRate: prints.rateAt(this.#clock),
      printRateSlope: prints.slopeAt(this.#clock),
      displacement: this.#marks.displacement(directionOf(side)),
      remaining: ahead?.remaining,
      consumedShare: ahead?.consumedShare,
    };
  }

  #take(input: GaugeInput): void {
    switch (input.kind) {
      case 'print': {
        const isLowerBound = input.completeness !== 'complete';
        this.#prints[input.positionSide].push(input.seenTime, input.notional, isLowerBound);
        this.#updateRun(input.positionSide, (run) => ({
          ...run,
          printed: run.printed + input.notional,
          isLowerBound: run.isLowerBound || isLowerBound,
        }));
        return;
      }
      case 'mark':
        this.#marks.push(input.seenTime, input.price);
        for (const side of SIDES) {
          const furthest = side === 'long' ? Math.min : Math.max;
          this.#updateRun(side, (run) => ({ ...run, extremePrice: furthest(run.extremePrice, input.price) }));
        }
        return;
      case 'tick':
        return;
      case 'ahead':
        this.#ahead = { long: input.long, short: input.short };
        return;
      case 'print-feed':
        this.#hasPrints = input.isLive;
        if (!input.isLive) {
          for (const side of SIDES) this.#updateRun(side, (run) => ({ ...run, isLowerBound: true }));
        }
        return;
      default:
        assertNever(input);
    }
  }

  /** Changes the run of a side while it is going on; a run that is done stays as it ended. */
  #updateRun(side: PositionSide, change: (run: Run) => Run): void {
    const phase = this.#phase;
    if (!('run' in phase) || phase.phase === 'done' || phase.side !== side) return;
    this.#phase = { ...phase, run: change(phase.run) };
  }

  #noteRate(now: UnixMs): void {
    const phase = this.#phase;
    if (!('run' in phase)) return;
    const rate = this.#prints[phase.side].rateAt(now);
    this.#updateRun(phase.side, (run) => {
      const peakRate = Math.max(run.peakRate, rate);
      const isQuiet = this.#hasPrints && rate < this.#options.lowShare * peakRate;
      return { ...run, peakRate, quietSince: isQuiet ? (run.quietSince ?? now) : undefined };
    });
  }

  #settlePhase(now: UnixMs): readonly CascadeTransition[] {
    const transitions: CascadeTransition[] = [];
    for (;;) {
      const next = nextPhase(this.#phase, this.#evidence(now), this.#options);
      if (next === undefined) return transitions;
      transitions.push(transitionTo(this.#phase, next, now));
      this.#phase = next.phase;
      if (transitions.length > MOST_TRANSITIONS) throw new Error('A gauge must come to rest, this one went in circles');
    }
  }

  #evidence(now: UnixMs): GaugeEvidence {
    const of = (side: PositionSide): GaugeEvidence[PositionSide] => {
      const prints = this.#prints[side];
      return {
        isDetected: this.#isDetected(side),
        printed: prints.total()?.notional ?? 0,
        rate: prints.rateAt(now),
        ahead: this.#ahead[side],
        run: () => this.#newRun(side, now),
      };
    };
    return { now, long: of('long'), short: of('short') };
  }

  #isDetected(side: PositionSide): boolean {
    const { minuteRange } = this.#marks;
    if (minuteRange === undefined) return false;
    const count = this.#prints[side].total()?.count ?? 0;
    if (count < this.#options.prints) return false;
    return this.#marks.displacement(directionOf(side)) >= this.#options.ranges * minuteRange;
  }

  #newRun(side: PositionSide, now: UnixMs): Run {
    const prints = this.#prints[side].total();
    return {
      startedAt: (prints?.first ?? now) as UnixMs,
      startPrice: this.#marks.originOf(directionOf(side)) ?? 0,
      extremePrice: this.#marks.last ?? 0,
      printed: prints?.notional ?? 0,
      isLowerBound: (prints?.isLowerBound ?? false) || !this.#hasPrints,
      peakRate: this.#prints[side].rateAt(now),
      quietSince: undefined,
    };
  }
}

function directionOf(side: PositionSide): -1 | 1 {
  return priceDirection(forcedTakerSide(side));
}

function runFacts(run: Run | undefined, hasPrints: boolean): RunFacts {
  if (run === undefined) {
    const unknown = { startedAt: undefined, startPrice: undefined, extremePrice: undefined };
    return { ...unknown, printed: 0 as Usd, isLowerBound: !hasPrints, peakPrintRate: 0 };
  }
  return {
    startedAt: run.startedAt,
    startPrice: run.startPrice as Price,
    extremePrice: run.extremePrice as Price,
    printed: run.printed as Usd,
    isLowerBound: run.isLowerBound,
    peakPrintRate: run.peakRate,
  };
}

function faultOf(input: GaugeInput, clock: UnixMs): Parsed<never> | undefined {
  const { seenTime } = input;
  if (!Number.isFinite(seenTime) || seenTime < clock) {
    return malformed(
      'out-of-order',
      `${input.kind}.seenTime`,
      `Seen time must not fall below ${clock}, was ${seenTime}`,
    );
  }
  const isSound = (value: number): boolean => value > 0 && Number.isFinite(value);
  if ((input.kind === 'print' || input.kind === 'mark') && !isSound(input.price)) {
    return malformed('malformed-input', `${input.kind}.price`, `A price must be above 0, was ${input.price}`);
  }
  if (input.kind === 'print' && !isSound(input.notional)) {
    return malformed('malformed-input', 'print.notional', `A notional must be above 0, was ${input.notional}`);
  }
  return input.kind === 'ahead' ? (aheadFault('long', input.long) ?? aheadFault('short', input.short)) : undefined;
}

function aheadFault(side: PositionSide, ahead: ClusterAhead | undefined): Parsed<never> | undefined {
  if (ahead === undefined) return undefined;
  const { distance, consumedShare } = ahead;
  if (!(distance >= 0)) {
    return malformed('malformed-input', `ahead.${side}.distance`, `A distance must be at least 0, was ${distance}`);
  }
  if (consumedShare === undefined || (consumedShare >= 0 && consumedShare <= 1)) return undefined;
  return malformed('malformed-input', `ahead.${side}.consumedShare`, `A share must be 0 to 1, was ${consumedShare}`);
}
