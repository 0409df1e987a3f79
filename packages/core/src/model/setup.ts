import type { CascadePhase } from './cascade.js';
import type { PositionSide } from './market-event.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from './units.js';

/** The three setups. `magnet` names the kind; whether a reader may see that word is `MagnetSetup.isMeasured`. */
export type SetupKind = 'magnet' | 'fade' | 'confluence';

/** What became of a condition: `unknown` when what it needs was not observed, never guessed. */
export type Verdict = 'pass' | 'fail' | 'unknown';

/** Conditions that compare a number. */
export type NumberConditionName =
  | 'distance'
  | 'density-percentile'
  | 'path-thinness'
  | 'consumed-share'
  | 'flow-z'
  | 'resting-percentile'
  | 'resting-distance'
  | 'resting-persistence';

/** What a condition's numbers count. `standard-deviations` of the hour before; `ratio` to what is usual. */
export type ConditionUnit = 'fraction' | 'ratio' | 'percentile' | 'standard-deviations' | 'ms';

/** One condition that compares a number with a threshold. */
export interface NumberCondition {
  readonly name: NumberConditionName;
  /** Undefined while it is not known. */
  readonly value: number | undefined;
  readonly relation: 'at least' | 'at most' | 'below';
  readonly threshold: number;
  readonly unit: ConditionUnit;
  readonly verdict: Verdict;
}

/** How the book stands from which a path is measured. */
export type BookHealth = 'in-sync' | 'unsynced' | 'gapped' | 'stale' | 'none';

/** One condition that asks for a state. */
export interface StateCondition {
  readonly name: 'data' | 'book' | 'cascade-phase';
  readonly value: 'fresh' | 'stale' | BookHealth | CascadePhase;
  readonly relation: 'is';
  readonly threshold: 'fresh' | 'in-sync' | CascadePhase;
  readonly unit: 'state';
  readonly verdict: Verdict;
}

/** One condition of a setup with everything needed to show it. */
export type Condition = NumberCondition | StateCondition;

/** Where outcomes come from: recorded by us, a venue's archive, or a simulated market. */
export type OutcomeSource = 'recorded' | 'archive' | 'simulated';

/** How often something happened, with the 95 % interval of the underlying rate. */
export interface OutcomeRate {
  /** Cases whose outcome is known. */
  readonly n: number;
  /** Undefined below 30 cases: too few to be named. */
  readonly rate: Fraction | undefined;
  readonly low95: Fraction;
  readonly high95: Fraction;
  readonly source: OutcomeSource;
}

/** How much more often price touched a cluster than an equally distant level without one. */
export interface MagnetLift {
  readonly horizonMs: DurationMs;
  /** Clusters for which both touches could be judged. */
  readonly n: number;
  readonly touched: OutcomeRate;
  /** Mean share of equally distant levels that were touched; undefined without a case. */
  readonly nullRate: Fraction | undefined;
  /** Touched over null; undefined below 30 clusters, or spread over too few days for an interval. */
  readonly lift: number | undefined;
  readonly low95: number | undefined;
  readonly high95: number | undefined;
  readonly source: OutcomeSource;
}

/** What followed a touch within `afterMs`: on through the cluster, back from it, or neither. */
export interface TouchRates {
  readonly afterMs: DurationMs;
  readonly broke: OutcomeRate;
  readonly bounced: OutcomeRate;
}

/** How much of a cascade's move was undone `afterMs` after its extreme; 0 nothing, 1 all of it. */
export interface RetracementRates {
  readonly afterMs: DurationMs;
  readonly n: number;
  /** Undefined below 30 cascades, like the quartiles. */
  readonly median: number | undefined;
  readonly quartileLow: number | undefined;
  readonly quartileHigh: number | undefined;
  readonly source: OutcomeSource;
}

/** A recorded cascade with what came after it. */
export interface CascadeOutcome {
  readonly side: PositionSide;
  readonly startedAt: UnixMs;
  readonly startPrice: Price;
  readonly extremePrice: Price;
  /** Marks after the extreme; undefined while not yet known. */
  readonly after: readonly { readonly afterMs: DurationMs; readonly price: Price | undefined }[];
}

/** Prices between two edges. */
export interface PriceBand {
  readonly low: Price;
  readonly high: Price;
}

interface SetupBase {
  readonly seenTime: UnixMs;
  /** Whose positions would be, or were, closed by force. */
  readonly side: PositionSide;
  /** `pass` only if every condition passes; `unknown` if none fails and one is unknown. */
  readonly verdict: Verdict;
  /** All of them, always in the same order. */
  readonly conditions: readonly Condition[];
}

/** A dense cluster within reach behind a thin book. */
export interface MagnetSetup extends SetupBase {
  readonly kind: 'magnet';
  readonly clusterId: string;
  readonly band: PriceBand;
  /** Where the price would have to go to reach it. */
  readonly heading: 'up' | 'down';
  /** Prices between which the middle half of the cluster lies. */
  readonly target: PriceBand;
  /** Outcomes show more touches than at equal distance elsewhere; only then may a reader see the word "magnet". */
  readonly isMeasured: boolean;
  /** One for each horizon that was measured. */
  readonly lifts: readonly MagnetLift[];
}

/** A cascade that has run out, with the price that would say otherwise. */
export interface FadeSetup extends SetupBase {
  readonly kind: 'fade';
  /** Away from the sweep. */
  readonly heading: 'up' | 'down';
  /** Extreme of the sweep: beyond it the cascade goes on. */
  readonly invalidation: Price | undefined;
  readonly startPrice: Price | undefined;
  readonly retracements: readonly RetracementRates[];
}

/** A cluster that meets large resting orders. */
export interface ConfluenceSetup extends SetupBase {
  readonly kind: 'confluence';
  readonly clusterId: string;
  readonly band: PriceBand;
  /** The orders that were judged; undefined when the book has none to judge. */
  readonly resting:
    | {
        readonly side: 'bid' | 'ask';
        readonly price: Price;
        readonly notional: Usd;
        readonly persistedMs: DurationMs;
      }
    | undefined;
  /** Resting over expected forced notional; undefined while not known. A reading, not a condition. */
  readonly absorbRatio: number | undefined;
  /** Both outcomes after a touch, as archived. */
  readonly outcomes: readonly TouchRates[];
}

/** A constellation with every condition it rests on. It describes; it advises nothing. */
export type Setup = MagnetSetup | FadeSetup | ConfluenceSetup;
