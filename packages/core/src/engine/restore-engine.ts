import type { SeriesState } from '../grid/column-series.js';
import type { ChannelCoverage, ObservedPrint } from '../model/heatmap-frame.js';
import type { Instrument } from '../model/instrument.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import { restoreEstimate, type captureEngine } from './checkpoint.js';
import { Engine } from './engine.js';
import { paramsHash, resolveOptions, type EngineOptions } from './engine-options.js';
import { InstrumentEstimate } from './instrument-estimate.js';
import { unpackState } from './pack-state.js';
import type { ReportIntervalsState } from './report-intervals.js';

/**
 * Makes the engine whose state the bytes hold; going on from there gives the same bytes as never having stopped.
 * The fault names what does not fit: bytes of something else, another model's numbers, other options.
 */
export function restoreEngine(bytes: Uint8Array, options: EngineOptions): Parsed<Engine> {
  const unpacked = unpackState(bytes);
  if (!unpacked.ok) return unpacked;
  const state = unpacked.value as unknown as ReturnType<typeof captureEngine>;
  const resolved = resolveOptions(options);
  const expected: readonly [string, unknown, unknown][] = [
    ['paramsHash', paramsHash(resolved.model), state.paramsHash],
    ['symbol', resolved.symbol, state.symbol],
    ['venues', resolved.venues.join(' '), state.venues?.join(' ')],
    ['resolutions', resolved.resolutions.join(' '), state.resolutions?.join(' ')],
  ];
  const wrong = expected.find(([, ours, theirs]) => ours !== theirs);
  if (wrong !== undefined) {
    const [field, ours, theirs] = wrong;
    return malformed(
      'other-checkpoint',
      `checkpoint.${field}`,
      `${field} must be "${String(ours)}", was "${String(theirs)}"`,
    );
  }
  const engine = new Engine(resolved);
  restoreInto(engine, state);
  return parsed(engine);
}

function restoreInto(engine: Engine, state: ReturnType<typeof captureEngine>): void {
  engine.clock = state.clock;
  engine.sampledTo = state.sampledTo;
  for (const { code, count } of state.rejections) engine.rejections.set(code, count);
  engine.coverage.restore(state.coverage.entries as unknown as readonly ChannelCoverage[], state.coverage.revision);
  engine.prints = state.prints as unknown as ObservedPrint[];
  engine.reports.restore(state.reports as unknown as ReportIntervalsState);
  engine.watch.restore(state.watch);
  for (const held of state.estimates) {
    const spec = held.spec as unknown as Instrument;
    const estimate = new InstrumentEstimate(spec, engine.options.model, held.terms);
    restoreEstimate(estimate, held);
    engine.estimates.set(spec.id, estimate);
  }
  engine.setupWatch.restore(
    state.setups,
    [...engine.estimates.values()].map(({ spec }) => spec),
  );
  engine.alertWatch.restore(state.alerts);
  engine.series.forEach((series, i) => series.restore(state.series[i] as unknown as SeriesState));
}
