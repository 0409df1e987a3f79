import { EXIT_WEIGHTS } from '../cohorts/exits.js';
import { PRIOR, STRIPS } from '../cohorts/distance-classes.js';
import { isVenueId, type VenueId } from '../model/venue.js';
import type { DurationMs } from '../model/units.js';
import { resolveModel, type ModelOptions } from './model-options.js';

/** Column widths kept when the host does not choose: the ladder of the data model. */
export const DEFAULT_RESOLUTIONS = [1_000, 60_000, 900_000] as const;
const DEFAULT_COLUMNS_KEPT = 1_024;
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
  /** Steps of the estimate, for comparing it with itself; default: the model that readers see. */
  readonly model?: Partial<ModelOptions>;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<EngineOptions, 'model'>> & { readonly model: ModelOptions };

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
  const model = resolveModel(options.model);
  return { symbol: options.symbol, venues: [...options.venues], resolutions: [...resolutions], columnsKept, model };
}

/** Name and version of the estimate; a reader can tell which rules made a frame. */
export const MODEL = { name: 'standard', version: '0.4.0' } as const;

/** Hash (FNV-1a, 32 bit, hex) of every parameter of the model, so that two frames made by different numbers never look alike. */
export function paramsHash(model: ModelOptions): string {
  const text = JSON.stringify([MODEL, STRIPS, PRIOR, EXIT_WEIGHTS, model]);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
