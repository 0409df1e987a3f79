import type { Better } from '../metrics/snapshot-score.js';
import { holmAdjusted } from './holm.js';
import { comparePaired, meanOf, type PairedComparison } from './paired-skill.js';

/** One market's values of one metric, by model. */
export interface MarketValues {
  readonly world: string;
  readonly values: Readonly<Record<string, number>>;
}

/** A model against the best baseline of one world. */
export interface WorldComparison extends PairedComparison {
  readonly world: string;
  /** The baseline that does best on average in this world. */
  readonly baseline: string;
  /** `p` corrected for the number of worlds asked (Holm). */
  readonly adjustedP: number;
}

/** A model against the best baseline of each world. */
export interface WorldsComparison {
  readonly worlds: readonly WorldComparison[];
  /** Mean of the worlds' means. */
  readonly mean: number;
  /** The world with the smallest mean; undefined without worlds. */
  readonly worst: WorldComparison | undefined;
}

/** The baseline with the best mean over some markets; undefined where none has a value. */
export function bestBaseline(
  markets: readonly MarketValues[],
  baselines: readonly string[],
  better: Better,
): string | undefined {
  const costs = baselines.map((name) => {
    const values = markets.map((market) => market.values[name] ?? Number.NaN).filter(Number.isFinite);
    return { name, cost: costOf(values, better) };
  });
  const known = costs.filter(({ cost }) => Number.isFinite(cost));
  return known.sort((a, b) => a.cost - b.cost)[0]?.name;
}

function costOf(values: readonly number[], better: Better): number {
  if (better === 'zero') return meanOf(values.map(Math.abs));
  return better === 'lower' ? meanOf(values) : -meanOf(values);
}

/** Compares a model with each world's best baseline; worlds in which none has a value are left out. */
export function compareWorlds(
  markets: readonly MarketValues[],
  model: string,
  baselines: readonly string[],
  better: Better,
  seed = 1,
): WorldsComparison {
  const names = [...new Set(markets.map(({ world }) => world))];
  const compared = names.flatMap((world) => {
    const own = markets.filter((market) => market.world === world);
    const baseline = bestBaseline(own, baselines, better);
    if (baseline === undefined) return [];
    const of = (name: string) => own.map(({ values }) => values[name] ?? Number.NaN);
    return [{ world, baseline, ...comparePaired(of(model), of(baseline), better, seed) }];
  });
  const adjusted = holmAdjusted(compared.map(({ p }) => p));
  const worlds = compared.map((one, i) => ({ ...one, adjustedP: adjusted[i]! }));
  const known = worlds.filter(({ mean }) => Number.isFinite(mean));
  return {
    worlds,
    mean: meanOf(known.map(({ mean }) => mean)),
    worst: known.reduce<WorldComparison | undefined>(
      (a, b) => (a !== undefined && a.mean <= b.mean ? a : b),
      undefined,
    ),
  };
}
