import { Engine } from './engine.js';
import { resolveOptions, type EngineOptions } from './engine-options.js';

/** Makes an engine for one symbol. Throws a RangeError that names the option and the rule when an option breaks one. */
export function createEngine(options: EngineOptions): Engine {
  return new Engine(resolveOptions(options));
}
