import type { MarketEvent } from '../model/market-event.js';
import type { SideBins } from './score-bins.js';

/** What a model says of some bins; `low` and `high` are P10 and P90 of long + short where the model knows them. */
export interface ModelDensity extends SideBins {
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

/** Anything that reads public events and says how much USD would be closed by force in each price bin. */
export interface ScoreModel {
  readonly name: string;
  apply(event: MarketEvent): void;
  /** USD per bin of ascending edges. */
  density(edges: Float64Array): ModelDensity;
  /** Largest error of "everything accounted for equals the open interest", as a share of it; absent where a model keeps no accounts. */
  conservationError?(): number;
}

/** The part of an engine that scoring needs. */
export interface EstimateLike {
  apply(event: MarketEvent): unknown;
  density(query: { readonly edges: Float64Array; readonly unit: 'usd' }): ModelDensity;
  totals?(): readonly {
    readonly reportedOpenInterest: number | undefined;
    readonly long: AccountedSide;
    readonly short: AccountedSide;
  }[];
}

interface AccountedSide {
  readonly shown: number;
  readonly outOfReach: number;
  readonly outOfWindow: number;
}

/** An engine as a model to be scored. */
export function engineModel(engine: EstimateLike, name: string): ScoreModel {
  return {
    name,
    apply: (event) => {
      engine.apply(event);
    },
    density: (edges) => engine.density({ edges, unit: 'usd' }),
    conservationError: () => conservationOf(engine),
  };
}

function conservationOf(engine: EstimateLike): number {
  let worst = 0;
  for (const { reportedOpenInterest: reported, long, short } of engine.totals?.() ?? []) {
    if (reported === undefined || reported === 0) continue;
    for (const side of [long, short]) {
      const accounted = side.shown + side.outOfReach + side.outOfWindow;
      worst = Math.max(worst, Math.abs(accounted - reported) / reported);
    }
  }
  return worst;
}

/**
 * A model's map with above and below exchanged around the present price: a placebo. It keeps how far exposure lies and how
 * much there is, and loses where, so what it scores is not knowledge of places.
 */
export function mirroredModel(model: ScoreModel, priceOf: () => number): ScoreModel {
  return {
    name: `${model.name} mirrored`,
    apply: (event) => {
      model.apply(event);
    },
    density: (edges) => mirroredDensity(model, edges, priceOf()),
  };
}

/** What `model` says of the bins mirrored around a price (linear in percent), given back on the bins asked for. */
export function mirroredDensity(model: Pick<ScoreModel, 'density'>, edges: Float64Array, price: number): ModelDensity {
  const highest = edges.at(-1) ?? Number.NaN;
  if (!(highest < 2 * price))
    throw new RangeError(`edges must lie below twice the price ${price}, the last was ${highest}`);
  const { long, short, low, high } = model.density(edges.map((edge) => 2 * price - edge).reverse());
  return {
    long: short.slice().reverse(),
    short: long.slice().reverse(),
    ...(low === undefined ? {} : { low: low.slice().reverse() }),
    ...(high === undefined ? {} : { high: high.slice().reverse() }),
  };
}

/** True where a model says how sure it is. */
export function hasBand(density: ModelDensity): density is Required<ModelDensity> {
  return density.low !== undefined && density.high !== undefined;
}
