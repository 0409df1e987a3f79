import { checkAlertRules } from '../alerts/check-alert-rules.js';
import type { AlertRule } from '../model/alert.js';
import type { OutcomeSource } from '../model/setup.js';
import { EXIT_WEIGHTS } from '../cohorts/exits.js';
import { PRIOR, STRIPS } from '../cohorts/distance-classes.js';
import { isVenueId, type VenueId } from '../model/venue.js';
import type { DurationMs } from '../model/units.js';
import { resolveModel, type ModelOptions } from './model-options.js';

/** Column widths kept when the host does not choose: the ladder of the data model. */
export const DEFAULT_RESOLUTIONS = [1_000, 60_000, 900_000] as const;
const DEFAULT_COLUMNS_KEPT = 1_024;
const OUTCOME_SOURCES: readonly OutcomeSource[] = ['recorded', 'archive', 'simulated'];
const SYMBOL = /^[A-Z0-9._:-]{1,32}$/;

/** What an engine is made for. */
export interface EngineOptions {
  /** Canonical symbol, e.g. `BTCUSDT`; events of other symbols are rejected. */
  readonly symbol: string;
  /** First = reference venue, whose prices all merged densities use. */
  readonly venues: readonly VenueId[];
  /** Column widths in ms, whole seconds; default 1 s, 1 min, 15 min. */
  readonly resolutions?: readonly DurationMs[];
  /** Closed columns kept per width; default 1,024. */
  readonly columnsKept?: number;
  /** Rules about what to be told of, JSON as in docs/alerts.md; default none. */
  readonly alertRules?: unknown;
  /** What outcomes that the engine counts are outcomes of; default `recorded`, or `simulated` where a simulated venue takes part. */
  readonly outcomeSource?: OutcomeSource;
  /** Steps of the estimate, for comparing it with itself; default: the model that readers see. */
  readonly model?: Partial<ModelOptions>;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<EngineOptions, 'model' | 'alertRules'>> & {
  readonly model: ModelOptions;
  readonly alertRules: readonly AlertRule[];
};

/** Fills in defaults; throws on what only a caller can do wrong, naming the option and the rule. */
export function resolveOptions(options: EngineOptions): ResolvedOptions {
  const resolutions = options.resolutions ?? (DEFAULT_RESOLUTIONS as readonly number[] as readonly DurationMs[]);
  const columnsKept = options.columnsKept ?? DEFAULT_COLUMNS_KEPT;
  if (!SYMBOL.test(options.symbol)) throw new RangeError(`symbol must match ${SYMBOL.source}, was "${options.symbol}"`);
  if (options.venues.length === 0) throw new RangeError('venues must name at least one venue, was empty');
  const unknown = options.venues.find((venue) => !isVenueId(venue));
  if (unknown !== undefined) throw new RangeError(`venues must hold known venue ids, was "${String(unknown)}"`);
  if (new Set(options.venues).size !== options.venues.length) throw new RangeError('venues must not repeat a venue');
  const broken = resolutions.find((ms) => !(ms >= 1_000 && ms % 1_000 === 0));
  if (broken !== undefined) throw new RangeError(`resolutions must be whole seconds, was ${broken} ms`);
  if (!(Number.isInteger(columnsKept) && columnsKept >= 1)) {
    throw new RangeError(`columnsKept must be a whole number of at least 1, was ${columnsKept}`);
  }
  return {
    symbol: options.symbol,
    venues: [...options.venues],
    resolutions: [...resolutions],
    columnsKept,
    alertRules: rulesOf(options.alertRules),
    outcomeSource: sourceOf(options),
    model: resolveModel(options.model),
  };
}

function rulesOf(json: unknown): readonly AlertRule[] {
  const rules = checkAlertRules(json ?? []);
  if (!rules.ok) throw new RangeError(rules.fault.message);
  return rules.value;
}

/** A simulated venue's outcomes are never counted as recorded ones. */
function sourceOf({ outcomeSource, venues }: EngineOptions): OutcomeSource {
  const source = outcomeSource ?? (venues.includes('simulated') ? 'simulated' : 'recorded');
  if (OUTCOME_SOURCES.includes(source)) return source;
  throw new RangeError(`outcomeSource must be one of ${OUTCOME_SOURCES.join(' ')}, was "${String(source)}"`);
}

/** Name and version of the estimate; a reader can tell which rules made a frame. */
export const MODEL = { name: 'standard', version: '0.4.2' } as const;

/** Hash (FNV-1a, 32 bit, hex) of every parameter of the model, so that two frames made by different numbers never look alike. */
export function paramsHash(model: ModelOptions): string {
  const text = JSON.stringify([MODEL, STRIPS, PRIOR, EXIT_WEIGHTS, model]);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
