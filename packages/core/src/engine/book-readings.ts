import { pathDepth } from '../cascade/path-measures.js';
import { depthProfile, notionalTo, notionalWithin } from '../cascade/depth-profile.js';
import { forcedTakerSide, priceDirection } from '../cascade/forced-taker.js';
import type { Cluster } from '../model/cluster.js';
import type { DepthView } from '../model/depth-view.js';
import type { Instrument } from '../model/instrument.js';
import type { TakerSide } from '../model/market-event.js';
import type { Price, UnixMs } from '../model/units.js';
import { PATH_DISTANCES } from '../setups/same-hour-median.js';
import type { RestingMatch } from '../setups/setup-input.js';
import { SETUP_DEFAULTS } from '../setups/setup-parameters.js';
import { restingMatch } from '../setups/resting-match.js';
import type { RestingLevels } from '../setups/resting-levels.js';

/** A book that may be relied on, and how its prices relate to those of the reference. */
export interface ReadBook {
  readonly spec: Instrument;
  readonly view: DepthView;
  readonly levels: RestingLevels;
  /** Reference venue's mark over this venue's. */
  readonly priceRatio: number;
}

type Band = Pick<Cluster, 'side' | 'low' | 'high'>;

/** Notional resting between the price and a cluster, USD, all books added; undefined where one does not reach it. */
export function pathOf(books: readonly ReadBook[], band: Band): number | undefined {
  return sumOf(books, ({ spec, view, priceRatio }) => {
    const depth = pathDepth(ofVenue(band, priceRatio), view, spec.kind);
    return depth === undefined || depth.isExtrapolated ? undefined : depth.notional;
  });
}

/** The same up to each of the distances at which books are sampled, for one taker side. */
export function pathSamples(books: readonly ReadBook[], takerSide: TakerSide): readonly (number | undefined)[] {
  const profiles = books.map(({ spec, view }) => depthProfile(view, takerSide, spec.kind));
  const direction = priceDirection(takerSide);
  return PATH_DISTANCES.map((distance) =>
    sumOf(profiles, (profile) => {
      if (profile === undefined) return undefined;
      const reading = notionalTo(profile, (profile.startPrice * (1 + direction * distance)) as Price);
      return reading === undefined || reading.isExtrapolated ? undefined : reading.value;
    }),
  );
}

/** Notional resting inside a cluster over what would be forced there on the venues of these books. */
export function absorbedShare(books: readonly ReadBook[], cluster: Cluster): number | undefined {
  const resting = sumOf(books, ({ spec, view, priceRatio }) => {
    const { side, low, high } = ofVenue(cluster, priceRatio);
    const profile = depthProfile(view, forcedTakerSide(side), spec.kind);
    return profile && notionalWithin(profile, low, high);
  });
  const share = cluster.venues
    .filter(({ part }) => books.some(({ spec }) => spec.venue === part))
    .reduce((sum, { share: own }) => sum + own, 0);
  const forced = cluster.energy.p50 * share;
  return resting === undefined || !(forced > 0) ? undefined : resting / forced;
}

/** The order of all books that says most about a cluster: the largest that meets every condition, else the largest close one. */
export function restingOf(books: readonly ReadBook[], band: Band, time: UnixMs): RestingMatch | undefined {
  const matches = books.flatMap(({ spec, levels, priceRatio }) => {
    const match = restingMatch(levels, band, time, spec, priceRatio);
    return match === undefined ? [] : [match];
  });
  const rank = (match: RestingMatch): number => {
    const hasStood = (match.persistedMs ?? 0) >= SETUP_DEFAULTS.minRestingMs;
    if (match.price === undefined) return 0;
    return 1 + (isNear(band, match.price) ? 1 : 0) + (hasStood ? 1 : 0);
  };
  const [first, ...others] = matches;
  return others.reduce<RestingMatch | undefined>((best, next) => {
    if (best === undefined) return next;
    const isBetter = rank(next) - rank(best) || (next.notional ?? 0) - (best.notional ?? 0);
    return isBetter > 0 ? next : best;
  }, first);
}

function isNear({ low, high }: Band, price: number): boolean {
  return Math.max(0, low - price, price - high) / price <= SETUP_DEFAULTS.maxRestingDistance;
}

function ofVenue({ side, low, high }: Band, priceRatio: number) {
  return { side, low: (low / priceRatio) as Price, high: (high / priceRatio) as Price };
}

/** Sum over all; undefined without any, and where one is not known. */
function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number | undefined): number | undefined {
  if (items.length === 0) return undefined;
  let sum = 0;
  for (const item of items) {
    const value = valueOf(item);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
