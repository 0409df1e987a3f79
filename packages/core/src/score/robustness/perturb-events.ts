import type { MarketEvent } from '../../model/market-event.js';
import type { ContractSize, Price } from '../../model/units.js';
import { SeededRandom } from '../../numeric/seeded-random.js';
import type { ScoreModel } from '../score-model.js';

const BPS = 10_000;

/** Turns an event into what a slightly worse feed would have told; undefined = it was never told. */
export type EventTransform = (event: MarketEvent) => MarketEvent | undefined;

/** Open interest is off by up to `share` either way, evenly, each report by itself. */
export function noisyOpenInterest(share: number, seed: number): EventTransform {
  const random = new SeededRandom(seed);
  return (event) => {
    if (event.kind !== 'open-interest') return event;
    return { ...event, size: (event.size * (1 + share * (2 * random.next() - 1))) as ContractSize };
  };
}

/** A share of the liquidation prints never arrives. */
export function droppedPrints(share: number, seed: number): EventTransform {
  const random = new SeededRandom(seed);
  return (event) => (event.kind === 'liquidation' && random.next() < share ? undefined : event);
}

/** The mark is off by some basis points. */
export function shiftedMark(bps: number): EventTransform {
  const factor = 1 + bps / BPS;
  const times = (price: Price) => (price * factor) as Price;
  return (event) => {
    if (event.kind === 'mark') return { ...event, price: times(event.price) };
    if (event.kind !== 'mark-bar') return event;
    const { open, high, low, close } = event;
    return { ...event, open: times(open), high: times(high), low: times(low), close: times(close) };
  };
}

/** A model that hears the transformed events. */
export function perturbedModel(model: ScoreModel, name: string, transform: EventTransform): ScoreModel {
  return {
    name,
    apply: (event) => {
      const heard = transform(event);
      if (heard !== undefined) model.apply(heard);
    },
    density: (edges) => model.density(edges),
    ...(model.conservationError === undefined ? {} : { conservationError: () => model.conservationError?.() ?? 0 }),
  };
}
