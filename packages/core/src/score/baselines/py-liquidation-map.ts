import { notionalUsd, type Instrument } from '../../model/instrument.js';
import type { TakerSide } from '../../model/market-event.js';
import { MS_PER_HOUR, type ContractSize, type Price } from '../../model/units.js';
import type { ScoreModel } from '../score-model.js';
import { baselineModel, type Baseline } from './instrument-model.js';
import { LevelRows } from './level-rows.js';

/** Smallest taken notional that counts. */
const THRESHOLD_USD = 100_000;
/** Distances at which every counted order is put in full: 100x, 50x, 25x and 10x. */
const DISTANCES = [0.01, 0.02, 0.04, 0.1] as const;

/** How the map is run. */
export interface PyLiquidationMapOptions {
  /** Whole hours that are remembered. */
  readonly windowHours: number;
  /** Levels that price has touched are dropped; the published recipe keeps them. */
  readonly isConsumed: boolean;
}

/** What was placed within one hour. */
interface HourLayer {
  readonly hour: number;
  readonly long: LevelRows;
  readonly short: LevelRows;
}

class PyLiquidationMap implements Baseline {
  readonly #options: PyLiquidationMapOptions;
  readonly #spec: Instrument;
  /** Oldest first. */
  #layers: HourLayer[] = [];

  constructor(spec: Instrument, options: PyLiquidationMapOptions) {
    this.#spec = spec;
    this.#options = options;
  }

  onPath(low: number, high: number): void {
    if (!this.#options.isConsumed) return;
    for (const { long, short } of this.#layers) {
      long.removeTouched(low, high);
      short.removeTouched(low, high);
    }
  }

  onTaken(takerSide: TakerSide, price: number, size: number, time: number): void {
    if (notionalUsd(this.#spec.kind, size as ContractSize, price as Price) < THRESHOLD_USD) return;
    const layer = this.#layerOf(Math.floor(time / MS_PER_HOUR));
    for (const distance of DISTANCES) {
      if (takerSide === 'buy') layer.long.addAt(price * (1 - distance), size);
      else layer.short.addAt(price * (1 + distance), size);
    }
  }

  addUsd: Baseline['addUsd'] = (edges, { spec, time }, { long, short }) => {
    this.#forget(Math.floor(time / MS_PER_HOUR));
    for (const layer of this.#layers) {
      layer.long.addUsd(edges, spec.kind, 1, long);
      layer.short.addUsd(edges, spec.kind, 1, short);
    }
  };

  #layerOf(hour: number): HourLayer {
    this.#forget(hour);
    const newest = this.#layers.at(-1);
    if (newest?.hour === hour) return newest;
    const layer = { hour, long: new LevelRows('long'), short: new LevelRows('short') };
    this.#layers.push(layer);
    return layer;
  }

  #forget(hour: number): void {
    const oldest = hour - this.#options.windowHours;
    if ((this.#layers[0]?.hour ?? hour) <= oldest) this.#layers = this.#layers.filter((layer) => layer.hour > oldest);
  }
}

/**
 * B3: every taken order of at least 100,000 USD puts its whole amount 1, 2, 4 and 10 % below its price (a buy) or above it (a
 * sell). Nothing closes and nothing is consumed; a day is remembered. Where a feed has bars and no trades, the bought and the
 * sold size of a bar count as one order each.
 */
export function pyLiquidationMapModel(
  name = 'py-liquidation-map',
  options: PyLiquidationMapOptions = { windowHours: 24, isConsumed: false },
): ScoreModel {
  return baselineModel(name, (spec) => new PyLiquidationMap(spec, options));
}

/** B3 with touched levels dropped and three days remembered, which does better than the recipe as published. */
export function consumedPyLiquidationMapModel(): ScoreModel {
  return pyLiquidationMapModel('py-liquidation-map-consumed', { windowHours: 72, isConsumed: true });
}
