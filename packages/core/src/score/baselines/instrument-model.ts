import type { Instrument, InstrumentId } from '../../model/instrument.js';
import type { MarketEvent } from '../../model/market-event.js';
import type { SideBins } from '../score-bins.js';
import type { ScoreModel } from '../score-model.js';
import { InstrumentInputs, type BaselineRule } from './instrument-inputs.js';

/** A recipe with what it says of some bins of its own instrument, USD. */
export interface Baseline extends BaselineRule {
  addUsd(edges: Float64Array, inputs: InstrumentInputs, target: SideBins): void;
}

/** Runs a recipe once an instrument and adds the layers, prices moved by the ratio of prices to the first instrument's. */
export function baselineModel(name: string, create: (spec: Instrument) => Baseline): ScoreModel {
  const known = new Map<InstrumentId, { readonly baseline: Baseline; readonly inputs: InstrumentInputs }>();
  const apply = (event: MarketEvent): void => {
    if (event.kind === 'tick' || event.kind === 'status') return;
    if (event.kind === 'instrument' && !known.has(event.instrument)) {
      const baseline = create(event.spec);
      known.set(event.instrument, { baseline, inputs: new InstrumentInputs(event.spec, baseline) });
    }
    known.get(event.instrument)?.inputs.apply(event);
  };
  const density = (edges: Float64Array): SideBins => {
    const target = { long: new Float64Array(edges.length - 1), short: new Float64Array(edges.length - 1) };
    const reference = known.values().next().value?.inputs.price ?? Number.NaN;
    for (const { baseline, inputs } of known.values()) {
      if (!(inputs.price > 0)) continue;
      const ratio = reference > 0 ? inputs.price / reference : 1;
      baseline.addUsd(ratio === 1 ? edges : edges.map((edge) => edge * ratio), inputs, target);
    }
    return target;
  };
  return { name, apply, density };
}
