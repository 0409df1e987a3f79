import {
  createEngine,
  type DurationMs,
  type EngineOptions,
  type MarketEvent,
  type VenueId,
} from '@liquidation-heatmap/core';
import {
  BASELINES,
  engineModel,
  isBaselineName,
  mirroredDensity,
  type ModelDensity,
  type ScoreModel,
} from '@liquidation-heatmap/core/score';

/** Engine variants by name and the options in which they differ from the standard: an ablation is one line here. */
const ENGINE_VARIANTS: Readonly<Record<string, Partial<EngineOptions>>> = {
  'standard': {},
  'prior-only': { model: { learns: false } },
  'no-tiers': { model: { concentration: 0 } },
  'no-stops': { model: { stoppedShare: 0 } },
  'net-only': { model: { completesTurnover: false } },
  'no-ratio': { model: { ratioWeight: 0 } },
};

const MIRRORED = '-mirrored';

/** Names of the engine variants. */
export const ENGINE_NAMES: readonly string[] = Object.keys(ENGINE_VARIANTS);
/** Names of the baselines. */
export const BASELINE_NAMES: readonly string[] = Object.keys(BASELINES);
/** What is scored unless the caller chooses: engines, their mirrored placebos, baselines. */
export const DEFAULT_MODELS: readonly string[] = ['standard', `standard${MIRRORED}`, ...BASELINE_NAMES];

/** True for a name that `createModels` knows. */
export function isModelName(name: string): boolean {
  const base = name.endsWith(MIRRORED) ? name.slice(0, -MIRRORED.length) : name;
  return Object.hasOwn(ENGINE_VARIANTS, base) || isBaselineName(base);
}

/** A model as the scorecard runs it; a mirrored one hears nothing itself and turns around what its base says. */
export interface RunningModel {
  readonly name: string;
  apply(event: MarketEvent): void;
  density(edges: Float64Array, price: number): ModelDensity;
  conservationError(): number;
  readonly isMirrored: boolean;
}

/** Makes the named models; a mirrored one shares its base where that is named too. */
export function createModels(names: readonly string[], venues?: readonly VenueId[]): readonly RunningModel[] {
  const bases = new Map<string, ScoreModel>();
  const baseOf = (name: string): ScoreModel => {
    const model = bases.get(name) ?? createModel(name, venues);
    bases.set(name, model);
    return model;
  };
  return names.map((name) => {
    if (!name.endsWith(MIRRORED)) return running(name, baseOf(name));
    const baseName = name.slice(0, -MIRRORED.length);
    const isShared = names.includes(baseName);
    const base = baseOf(baseName);
    return {
      ...running(name, base),
      ...(isShared ? { apply: () => undefined } : {}),
      density: (edges, price) => mirroredDensity(base, edges, price),
      isMirrored: true,
    };
  });
}

/** Makes one model by its name. */
export function createModel(name: string, venues: readonly VenueId[] = ['simulated'], symbol = 'BTCUSDT'): ScoreModel {
  if (isBaselineName(name)) return BASELINES[name]();
  const variant = ENGINE_VARIANTS[name];
  if (variant === undefined) throw new Error(`A model's name must be known, was ${name}`);
  // Columns are for pictures; scoring asks the present only, so one coarse series is kept.
  const engine = createEngine({
    symbol,
    venues,
    resolutions: [900_000 as DurationMs],
    columnsKept: 64,
    ...variant,
  });
  return engineModel(engine, name);
}

function running(name: string, model: ScoreModel): RunningModel {
  return {
    name,
    apply: (event) => {
      model.apply(event);
    },
    density: (edges) => model.density(edges),
    conservationError: () => model.conservationError?.() ?? Number.NaN,
    isMirrored: false,
  };
}
