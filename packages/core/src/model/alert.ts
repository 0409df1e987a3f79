import type { CascadePhase } from './cascade.js';
import type { ClusterChangeKind } from './cluster.js';
import type { PositionSide } from './market-event.js';
import type { SetupKind } from './setup.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from './units.js';
import type { VenueId } from './venue.js';

/** What a rule can wait for. */
export type AlertKind = ClusterChangeKind | 'setup' | 'cascade' | 'stale';

/** Phases of a cascade that can be waited for. */
export type AlertPhase = Exclude<CascadePhase, 'idle'>;

interface RuleBase {
  /** Unique among the rules; made from the rule itself where none was given. */
  readonly id: string;
  /** How long its subject must have been silent; for a rule about clusters the cluster, whatever rule spoke of it. */
  readonly cooldownMs: DurationMs;
}

interface OfSide {
  /** Whose positions would be closed by force; undefined = both. */
  readonly side: PositionSide | undefined;
}

interface ClusterRuleBase extends RuleBase, OfSide {
  /** Smallest exposure, P50; of a cluster that is gone the largest it had. */
  readonly minEnergyUsd: Usd;
  /** Rank of its density among the rows of its side, 0..1; 0 lets all through. */
  readonly minPercentile: Fraction;
  /** At least half of the cluster must be of these venues; undefined = all. */
  readonly venues: readonly VenueId[] | undefined;
}

/** Waits for a change that clusters report. */
export interface ClusterChangeRule extends ClusterRuleBase {
  readonly kind: 'appear' | 'move' | 'dissolve' | 'consume';
  /** Only clusters this near the price, as a fraction of it; undefined = anywhere. */
  readonly distance: Fraction | undefined;
}

/** Waits until a cluster has grown. */
export interface GrowRule extends ClusterRuleBase {
  readonly kind: 'grow';
  readonly distance: Fraction | undefined;
  /** Growth since the cluster was first seen, or since the last alert of this rule about it; 0.5 = by half. */
  readonly growBy: Fraction;
}

/** Waits until the price is near a cluster. */
export interface ApproachRule extends ClusterRuleBase {
  readonly kind: 'approach';
  readonly distance: Fraction;
  /** Waits anew only when the price was farther than distance x (1 + hysteresis). */
  readonly hysteresis: Fraction;
}

/** Waits until all conditions of a setup pass. */
export interface SetupRule extends RuleBase, OfSide {
  readonly kind: 'setup';
  readonly setups: readonly SetupKind[];
  /** Waits anew only when a condition has failed by this share of its threshold. */
  readonly hysteresis: Fraction;
}

/** Waits for phases of a cascade. */
export interface CascadeRule extends RuleBase, OfSide {
  readonly kind: 'cascade';
  readonly phases: readonly AlertPhase[];
}

/** Waits until data are too old to rely on; the only rule that is not suspended then. */
export interface StaleRule extends RuleBase {
  readonly kind: 'stale';
  /** Any of these; undefined = the picture as a whole. */
  readonly venues: readonly VenueId[] | undefined;
}

/** What to be told about, complete: defaults are filled in. */
export type AlertRule = ClusterChangeRule | GrowRule | ApproachRule | SetupRule | CascadeRule | StaleRule;

/** Where on the map an alert happened, so that a reader can be taken to that moment; resolves by overlap. */
export interface AlertDeepLink {
  readonly time: UnixMs;
  readonly side: PositionSide | undefined;
  readonly low: Price | undefined;
  readonly high: Price | undefined;
}

/** Something a rule waited for has happened. It carries figures; words are made elsewhere. */
export interface Alert {
  readonly ruleId: string;
  readonly kind: AlertKind;
  readonly seenTime: UnixMs;
  /** Undefined where no single cluster is meant. */
  readonly clusterId: string | undefined;
  readonly values: Readonly<Record<string, number | string>>;
  readonly deepLink: AlertDeepLink;
}
