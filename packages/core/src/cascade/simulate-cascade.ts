import type { Quantiles } from '../model/cascade.js';
import type { Share, UsdRange } from '../model/cluster.js';
import type { DepthView } from '../model/depth-view.js';
import type { ContractKind } from '../model/instrument.js';
import type { PositionSide } from '../model/market-event.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import type { Fraction, Price, Usd } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { SeededRandom } from '../numeric/seeded-random.js';
import { fuelAhead, type FuelColumns, type FuelRow } from './cascade-fuel.js';
import { depthProfile } from './depth-profile.js';
import { forcedTakerSide, priceDirection } from './forced-taker.js';
import { drawSurvival } from './survival.js';
import { ThinnedBook } from './thinned-book.js';
import { averagePrice, slippageOf } from './walk-book.js';

/** Rounds of forced orders after which a path is cut; a chain that long has crossed more rows than any measured event. */
export const MOST_STEPS = 200;
/** Paths of a simulation: quantiles P10 and P90 then rest on 20 paths each; docs/cascades.md#simulation. */
export const DEFAULT_PATHS = 200;
/** 90 % quantile of the standard normal distribution. */
const NORMAL_P90 = 1.281_551_565_5;

/** What sets a cascade off: a market order of a notional, or price being at a price whatever brought it there. */
export type CascadeTrigger = { readonly notional: Usd } | { readonly price: Price };

/** What a cascade would be simulated from. */
export interface CascadeSetup {
  /** Who would be closed: longs sell, shorts buy. */
  readonly side: PositionSide;
  /** Exposure expected to fire by price (never the standing exposure), in any order. */
  readonly fuel: readonly FuelRow[];
  /** A book in sync; undefined is a fault, since nothing can be said without one. */
  readonly book: DepthView | undefined;
  readonly contract: ContractKind;
  readonly trigger: CascadeTrigger;
  readonly seed: number;
  readonly paths?: number;
  /** Which venues hold the fuel; without it everything fires at its own price. */
  readonly venueShares?: readonly Share<VenueId>[];
  /** Share of the book that survives, the same in all paths; drawn from what was measured when absent. */
  readonly survival?: Fraction;
}

/** How paths ended, one entry a path. */
export interface CascadePaths {
  readonly survival: Float64Array;
  readonly endPrice: Float64Array;
  /** Forced notional, the trigger not counted. */
  readonly forced: Float64Array;
  /** Cost of trigger and forced orders against the price they began at. */
  readonly slippage: Float64Array;
  readonly slippageShare: Float64Array;
  readonly levelsEaten: Float64Array;
  readonly steps: Float64Array;
}

/** What a cascade would do: ranges over paths, never one number. */
export interface CascadeSimulation {
  readonly side: PositionSide;
  /** Middle of the book. */
  readonly startPrice: Price;
  /** Where the simulated orders begin: the start, or the price of the trigger. */
  readonly fromPrice: Price;
  readonly endPrice: Quantiles<Price>;
  /** Distance of the end from the start as a fraction, in the direction of the forced orders. */
  readonly move: Quantiles<Fraction>;
  readonly forced: UsdRange;
  readonly slippage: UsdRange;
  readonly slippageShare: Quantiles<Fraction>;
  readonly levelsEaten: Quantiles<number>;
  readonly steps: Quantiles<number>;
  /** Last price of the snapshot. */
  readonly snapshotEnd: Price;
  /** Share of paths that ended beyond the snapshot, where the book is a law and not orders that were seen. */
  readonly extrapolatedShare: Fraction;
  /** Share of paths that used up all fuel that was given: their end is a lower bound of the move. */
  readonly spentShare: Fraction;
  /** Share of paths cut after `MOST_STEPS`. */
  readonly cutShare: Fraction;
  readonly paths: CascadePaths;
}

/** Everything of a path that does not depend on chance. */
interface Course {
  readonly setup: CascadeSetup;
  readonly book: ThinnedBook;
  readonly fuel: FuelColumns;
  /** Size of the whole book between `fromPrice` and each row: what must be exceeded before the row is reached. */
  readonly sizeAhead: Float64Array;
  /** Rows that the trigger's price has reached. */
  readonly due: number;
  readonly fromPrice: Price;
  /** Size of the whole book that lies before `fromPrice`: eaten or withdrawn by others. */
  readonly passedSize: number;
  readonly triggerSize: number;
}

interface PathEnd {
  /** Size of the trigger and of all forced orders. */
  readonly traded: number;
  readonly forced: number;
  readonly steps: number;
  readonly isSpent: boolean;
  readonly isCut: boolean;
}

/**
 * Monte Carlo over how much fuel there is and how much of the book survives. On each path the trigger moves price through the
 * thinned book, the rows it reaches fire as market orders, these move price further, until the next row is not reached: the
 * smallest fixed point of price = impact(trigger + fuel reached at price). Draws do not depend on fuel or book, so with one
 * seed more fuel never ends nearer, and a thicker book never further (docs/cascades.md#simulation).
 */
export function simulateCascade(setup: CascadeSetup): Parsed<CascadeSimulation> {
  const count = setup.paths ?? DEFAULT_PATHS;
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`Paths must be an integer of at least 1, was ${count}`);
  const prepared = prepare(setup);
  if (!prepared.ok) return prepared;
  const course = prepared.value;
  const random = new SeededRandom(setup.seed);
  const paths = emptyPaths(count);
  let beyond = 0;
  let spent = 0;
  let cut = 0;
  for (let path = 0; path < count; path++) {
    const deviation = Math.max(-1, Math.min(1, random.normal() / NORMAL_P90));
    const drawn = drawSurvival(random);
    const survival = setup.survival ?? drawn;
    const end = runPath(course, deviation, survival);
    writePath(paths, path, course, survival, end);
    if (course.book.isBeyond(course.passedSize + end.traded / survival)) beyond++;
    if (end.isSpent) spent++;
    if (end.isCut) cut++;
  }
  return parsed(summary(course, paths, { beyond: beyond / count, spent: spent / count, cut: cut / count }));
}

function prepare(setup: CascadeSetup): Parsed<Course> {
  const fault = faultOf(setup);
  if (fault !== undefined) return fault;
  const direction = priceDirection(forcedTakerSide(setup.side));
  const profile = depthProfile(setup.book, forcedTakerSide(setup.side), setup.contract);
  if (profile === undefined) return malformed('no-depth', 'book', 'A book in sync must have levels on the taken side');
  const book = new ThinnedBook(profile);
  if (!book.reachesAnywhere) {
    return malformed('no-depth', 'book', 'A book must reach beyond its start price to be continued');
  }
  const fuel = fuelAhead(setup.fuel, book.startPrice, direction, setup.venueShares ?? []);
  if (!fuel.ok) return fuel;
  const { trigger } = setup;
  const isPassed = 'price' in trigger && (trigger.price - book.startPrice) * direction > 0;
  const fromPrice = isPassed ? trigger.price : book.startPrice;
  const { prices } = fuel.value;
  const passedSize = isPassed ? book.sizeBefore(fromPrice) : 0;
  const isDue = (price: number): boolean => (price - fromPrice) * direction <= 0;
  const firstAhead = prices.findIndex((price) => !isDue(price));
  return parsed({
    setup,
    book,
    fuel: fuel.value,
    sizeAhead: Float64Array.from(prices, (price) => book.sizeBefore(price as Price) - passedSize),
    due: firstAhead === -1 ? prices.length : firstAhead,
    fromPrice,
    passedSize,
    triggerSize: 'notional' in trigger ? sizeOf(setup.contract, trigger.notional, book.startPrice) : 0,
  });
}

function faultOf({ trigger, survival }: CascadeSetup): Parsed<never> | undefined {
  if ('notional' in trigger && !(trigger.notional >= 0 && Number.isFinite(trigger.notional))) {
    return malformed('malformed-trigger', 'trigger.notional', `A notional must be at least 0, was ${trigger.notional}`);
  }
  if ('price' in trigger && !(trigger.price > 0 && Number.isFinite(trigger.price))) {
    return malformed('malformed-trigger', 'trigger.price', `A price must be above 0, was ${trigger.price}`);
  }
  if (survival !== undefined && !(survival > 0 && survival <= 1)) {
    return malformed('malformed-survival', 'survival', `A survival must be above 0 and at most 1, was ${survival}`);
  }
  return undefined;
}

function runPath(course: Course, deviation: number, survival: number): PathEnd {
  const { fuel, sizeAhead, setup } = course;
  let traded = course.triggerSize;
  let reach = traded;
  let forced = 0;
  let steps = 0;
  for (let row = 0; row < sizeAhead.length; row++) {
    const isDue = row < course.due;
    const needed = sizeAhead[row]! * survival;
    if (!isDue && !(traded > needed)) return { traded, forced, steps, isSpent: false, isCut: false };
    const fired = drawnFuel(fuel, row, deviation);
    if (!(fired > 0)) continue;
    const isNextStep = steps === 0 || (!isDue && !(reach > needed));
    if (isNextStep) {
      if (steps === MOST_STEPS) return { traded, forced, steps, isSpent: false, isCut: true };
      steps++;
      reach = traded;
    }
    forced += fired;
    traded += sizeOf(setup.contract, fired, fuel.prices[row]!);
  }
  return { traded, forced, steps, isSpent: forced > 0, isCut: false };
}

/**
 * Fuel of a row where the path deviates by -1 (P10) to 1 (P90): rows err together, as the bands of the estimate do. Beyond P10
 * and P90 the estimate says nothing, so draws stay at that edge.
 */
function drawnFuel({ p10, p50, p90 }: FuelColumns, row: number, deviation: number): number {
  const edge = deviation < 0 ? p10[row]! : p90[row]!;
  const share = Math.abs(deviation);
  return (1 - share) * p50[row]! + share * edge;
}

function sizeOf(contract: ContractKind, notional: number, price: number): number {
  return contract === 'linear' ? notional / price : notional;
}

function writePath(paths: CascadePaths, path: number, course: Course, survival: number, end: PathEnd): void {
  const { book, fromPrice, passedSize, setup } = course;
  const { traded } = end;
  paths.survival[path] = survival;
  paths.endPrice[path] = fromPrice;
  paths.forced[path] = end.forced;
  paths.steps[path] = end.steps;
  if (!(traded > 0)) return;
  const whole = passedSize + traded / survival;
  const last = book.priceAt(whole);
  const isFurther = (last - fromPrice) * priceDirection(forcedTakerSide(setup.side)) > 0;
  if (isFurther) paths.endPrice[path] = last;
  paths.levelsEaten[path] = book.levelsAt(whole) - book.levelsAt(passedSize);
  const weight = (book.weightAt(whole) - book.weightAt(passedSize)) * survival;
  const slippage = slippageOf(setup.contract, traded, averagePrice(setup.contract, traded, weight), fromPrice);
  paths.slippage[path] = slippage.cost;
  paths.slippageShare[path] = slippage.share;
}

function summary(
  { setup, book, fromPrice }: Course,
  paths: CascadePaths,
  shares: { readonly beyond: number; readonly spent: number; readonly cut: number },
): CascadeSimulation {
  const moves = paths.endPrice.map((price) => Math.abs(price / book.startPrice - 1));
  return {
    side: setup.side,
    startPrice: book.startPrice,
    fromPrice,
    endPrice: quantilesOf<Price>(paths.endPrice),
    move: quantilesOf<Fraction>(moves),
    forced: quantilesOf<Usd>(paths.forced),
    slippage: quantilesOf<Usd>(paths.slippage),
    slippageShare: quantilesOf<Fraction>(paths.slippageShare),
    levelsEaten: quantilesOf<number>(paths.levelsEaten),
    steps: quantilesOf<number>(paths.steps),
    snapshotEnd: book.snapshotEnd,
    extrapolatedShare: shares.beyond as Fraction,
    spentShare: shares.spent as Fraction,
    cutShare: shares.cut as Fraction,
    paths,
  };
}

/** Quantiles by linear interpolation between order statistics. */
function quantilesOf<Value extends number>(values: Float64Array): Quantiles<Value> {
  const ordered = values.toSorted();
  const at = (share: number): Value => {
    const position = share * (ordered.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, ordered.length - 1);
    return (ordered[below]! + (position - below) * (ordered[above]! - ordered[below]!)) as Value;
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function emptyPaths(count: number): CascadePaths {
  const column = (): Float64Array => new Float64Array(count);
  return {
    survival: column(),
    endPrice: column(),
    forced: column(),
    slippage: column(),
    slippageShare: column(),
    levelsEaten: column(),
    steps: column(),
  };
}
