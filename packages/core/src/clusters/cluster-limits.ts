import { MS_PER_MINUTE, MS_PER_SECOND } from '../model/units.js';

/** Every threshold of the search and of what is told; defaults and their reasons in `DEFAULT_LIMITS`. */
export interface ClusterLimits {
  /** Height over the surroundings, in standard deviations, at which a peak counts; and below which it no longer does. */
  readonly prominence: number;
  readonly keptProminence: number;
  /** Least mass as a share of open interest, and in median trades; the larger counts. */
  readonly massShare: number;
  readonly massTrades: number;
  /** Share of the least mass below which a cluster that stands is given up. */
  readonly keptMass: number;
  /** How far the surroundings of a peak reach, rows. */
  readonly reachRows: number;
  /** Share of its height over the surroundings at which a band ends. */
  readonly edgeShare: number;
  /** How long a cluster is seen before it is told, and missed before it is given up. */
  readonly appearMs: number;
  readonly dissolveMs: number;
  /** Told as grown when it holds this many times what was last told. */
  readonly growFactor: number;
  /** Told as moved when its middle is this many rows from where it was last told. */
  readonly moveRows: number;
  /** Told as approached when the mark is this near, as a share of the mark; again only after it was `approachAgain` times as far. */
  readonly approachDistance: number;
  readonly approachAgain: number;
  /** Between two changes of one kind of one cluster. */
  readonly cooldownMs: number;
  /** Share of what it held since the mark first reached it, above which it ends as consumed. */
  readonly consumedShare: number;
}

/** The thresholds in use; docs/clusters.md says what each does when it is changed. */
export const DEFAULT_LIMITS: ClusterLimits = {
  // Measured on simulated markets (docs/clusters.md#prominence): bands from 1 on hold 1.4 times what others around them do; from 2 on,
  // as the method's study has it, next to none is found.
  prominence: 1,
  // Chosen: noise of a quarter of a deviation on peak and surroundings takes 0.5 from a prominence of 1.
  keptProminence: 0.5,
  // The larger of 0.3 % of open interest and 50 median trades, from the method's study; not measured on real prints.
  massShare: 0.003,
  massTrades: 50,
  // Chosen, not measured: a cluster may lose two fifths of the least mass before it is given up.
  keptMass: 0.6,
  // Chosen: the setups look 3 % far, and a band as wide as that is a background, not a cluster.
  reachRows: 30,
  // Full width at half height, the usual width of a peak.
  edgeShare: 0.5,
  // Chosen: ten samples of the live engine, or the second bar of a backfill.
  appearMs: 10 * MS_PER_SECOND,
  dissolveMs: 10 * MS_PER_SECOND,
  // Chosen: half as much again is seen on a ramp of colors without a legend.
  growFactor: 1.5,
  // Chosen: 0.5 %, twice the width of the smoothing kernel.
  moveRows: 5,
  // Chosen: a third of the 3 % within which a setup looks.
  approachDistance: 0.01,
  approachAgain: 1.5,
  // The interval at which a reader is assumed to come back.
  cooldownMs: 15 * MS_PER_MINUTE,
  // More than half of the fuel.
  consumedShare: 0.5,
};

/** Fills in defaults; throws on what only a caller can do wrong, naming the limit and the rule. */
export function resolveLimits(limits: Partial<ClusterLimits> = {}): ClusterLimits {
  const resolved = { ...DEFAULT_LIMITS, ...limits };
  for (const [name, value] of Object.entries(resolved)) {
    if (!(Number.isFinite(value) && value >= 0)) {
      throw new RangeError(`limits.${name} must be a finite number of at least 0, was ${value}`);
    }
  }
  requireAtMost('keptProminence', resolved.keptProminence, 'prominence', resolved.prominence);
  requireAtMost('keptMass', resolved.keptMass, '1', 1);
  requireAtMost('edgeShare', resolved.edgeShare, '1', 1);
  requireAtMost('1', 1, 'reachRows', resolved.reachRows);
  requireAtMost('1', 1, 'growFactor', resolved.growFactor);
  requireAtMost('1', 1, 'approachAgain', resolved.approachAgain);
  return resolved;
}

function requireAtMost(lesser: string, less: number, greater: string, more: number): void {
  if (!(less <= more)) throw new RangeError(`${lesser} must be at most ${greater}, were ${less} and ${more}`);
}
