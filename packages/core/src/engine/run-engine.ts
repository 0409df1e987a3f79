import type { CancelSignal } from '../model/heatmap-source.js';
import type { MarketEvent } from '../model/market-event.js';
import type { Fault } from '../model/parsed.js';
import { createEngine } from './create-engine.js';
import type { Engine } from './engine.js';
import type { EngineOptions } from './engine-options.js';

/** Told of every event after it was applied (or why it was rejected), with the engine as it then is. */
export type EngineObserver = (event: MarketEvent, fault: Fault | undefined, engine: Engine) => void;

/**
 * Joins any stream of events to an engine until the stream ends or the signal aborts, and gives the engine back.
 * A rejected event stops nothing; a stream that throws passes its error on.
 */
export async function runEngine(
  events: AsyncIterable<MarketEvent> | Iterable<MarketEvent>,
  options: EngineOptions,
  cancel: CancelSignal,
  observe?: EngineObserver,
): Promise<Engine> {
  const engine = createEngine(options);
  for await (const event of events) {
    if (cancel.aborted) break;
    const fault = engine.apply(event);
    observe?.(event, fault, engine);
  }
  return engine;
}
