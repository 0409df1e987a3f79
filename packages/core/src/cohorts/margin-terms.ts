import { DISTANCE_CLASSES, STRIP_COUNT, STRIPS } from './distance-classes.js';
import { bracketsOn } from '../margin/bracket-tables.js';
import { maintenanceMargin } from '../margin/brackets.js';
import type { ContractKind, Instrument } from '../model/instrument.js';
import type { BracketTable } from '../model/margin-bracket.js';
import { dayOf } from '../numeric/calendar-day.js';

/** What a venue's brackets say of how far from the entry its positions are liquidated. */
export interface MarginTerms {
  /** Requirement of an ordinary position, as a fraction of its value. */
  readonly maintenanceRate: number;
  readonly maxLeverage: number;
  /** Day of the table they come from, `YYYY-MM-DD`; absent where no table is known. */
  readonly asOf?: string;
}

/** Where no table is known: the lowest brackets of the large contracts ask 0.4 to 0.5 % (tables of 2024-10-24); no leverage is ruled out. */
export const UNKNOWN_TERMS: MarginTerms = { maintenanceRate: 0.0045, maxLeverage: Number.POSITIVE_INFINITY };

/**
 * Share of the prior that stays at distances nearer than the venue's highest leverage allows: funding and losses of other
 * positions eat into margins after the entry. Chosen, not measured.
 */
const NEARER_SHARE = 0.1;

/**
 * USD in the position whose requirement stands for all: most of what is open lies in positions of this order, not in those of a few
 * dollars that a lowest bracket may end at. Chosen, not measured; an error of a factor of two moves a distance by a fifth of a strip at most.
 */
const ORDINARY_NOTIONAL = 100_000;

/** Terms of a table. Those of inverse contracts are in coins, of which an ordinary position is a few: their lowest bracket stands for all. */
export function termsOf(table: BracketTable, kind: ContractKind): MarginTerms {
  const { asOf } = table;
  const { maintenanceRate, maxLeverage } = table.brackets[0]!;
  if (kind === 'inverse') return { maintenanceRate, maxLeverage, asOf };
  return { maintenanceRate: maintenanceMargin(table, ORDINARY_NOTIONAL) / ORDINARY_NOTIONAL, maxLeverage, asOf };
}

/** Terms of a contract as of a time (Unix ms), from the tables that ship with core. */
export function publishedTerms({ venue, ownSymbol, kind }: Instrument, time: number): MarginTerms {
  const dated = bracketsOn(venue, ownSymbol, dayOf(time));
  return dated === undefined ? UNKNOWN_TERMS : termsOf(dated.table, kind);
}

/** Distance at which a position with nothing but its initial margin is liquidated: (1 / leverage - rate) / (1 - rate), linear contracts, long. */
export function distanceOf(leverage: number, { maintenanceRate }: MarginTerms): number {
  return (1 / leverage - maintenanceRate) / (1 - maintenanceRate);
}

/** Leverages of a list that can be had: none above the highest, and the highest itself, at which order forms end. */
export function offeredLeverages(leverages: readonly number[], { maxLeverage }: MarginTerms): readonly number[] {
  const offered = leverages.filter((leverage) => leverage < maxLeverage);
  return offered.length < leverages.length ? [...offered, maxLeverage] : offered;
}

/** A prior per strip with what lies nearer than the highest leverage allows moved to the class where that leverage lies: whoever wants more takes the most. */
export function allowedPrior(prior: Float64Array, terms: MarginTerms): Float64Array {
  const least = distanceOf(terms.maxLeverage, terms);
  const allowed = prior.slice();
  const classIndex = DISTANCE_CLASSES.findIndex(({ to }) => least < to);
  if (!(least > 0) || classIndex < 0) return allowed;
  let moved = 0;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const { from, to } = STRIPS[strip]!;
    const nearer = Math.min(1, Math.max(0, (least - from) / (to - from)));
    const taken = allowed[strip]! * nearer * (1 - NEARER_SHARE);
    allowed[strip]! -= taken;
    moved += taken;
  }
  const isTarget = (strip: number): boolean => STRIPS[strip]!.classIndex === classIndex && STRIPS[strip]!.to > least;
  const targets = STRIPS.map((_, strip) => (isTarget(strip) ? allowed[strip]! : 0));
  const sum = targets.reduce((total, share) => total + share, 0);
  for (let strip = 0; strip < STRIP_COUNT; strip++) allowed[strip]! += (moved * targets[strip]!) / sum;
  return allowed;
}
