import { SeededRandom } from '@liquidation-heatmap/core';
import type { AgeHazard } from './exit-law.js';
import type { Lot } from './match-lots.js';

/** Edges of the age classes in hours: 5 and 15 minutes, 1, 4, 12 and 24 hours, 3, 7 and 14 days, and the longest record. */
const AGE_EDGES = [0, 5 / 60, 0.25, 1, 4, 12, 24, 72, 168, 336, 5_400] as const;
const RESAMPLES = 400;
const MINUTES_PER_DAY = 1_440;

/** Hazard of an age class with its sample. */
export interface MeasuredHazard extends AgeHazard {
  readonly closedLots: number;
  readonly closedUsd: number;
  /** 10th and 90th percentile when whole account-days of opening are drawn again. */
  readonly low: number;
  readonly high: number;
}

/** Notional closed in each age class over notional times hours at risk in it; open lots count as at risk. */
export function hazardByAge(lots: readonly Lot[], seed: number): readonly MeasuredHazard[] {
  const groups = byDay(lots).map((group) => AGE_CLASSES.map((age) => sums(group, age)));
  const random = new SeededRandom(seed);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    groups.map(() => groups[Math.floor(random.next() * groups.length)]!),
  );
  return AGE_CLASSES.map(({ fromHours, toHours }, k) => {
    const closed = lots.filter(({ isClosed, hours }) => isClosed && hours >= fromHours && hours < toHours);
    const resampled = drawn.map((sample) => ratio(sample.map((group) => group[k]!))).sort((a, b) => a - b);
    return {
      fromHours,
      toHours,
      perHour: ratio(groups.map((group) => group[k]!)),
      closedLots: closed.length,
      closedUsd: closed.reduce((sum, { notional }) => sum + notional, 0),
      low: resampled[Math.floor(0.1 * RESAMPLES)]!,
      high: resampled[Math.floor(0.9 * RESAMPLES)]!,
    };
  });
}

const AGE_CLASSES = AGE_EDGES.slice(1).map((toHours, k) => ({ fromHours: AGE_EDGES[k]!, toHours }));

function byDay(lots: readonly Lot[]): readonly (readonly Lot[])[] {
  const days = new Map<string, Lot[]>();
  for (const lot of lots) {
    const day = days.get(dayOf(lot));
    if (day === undefined) days.set(dayOf(lot), [lot]);
    else day.push(lot);
  }
  return [...days.values()];
}

function dayOf({ account, openedMinute }: Lot): string {
  return `${account} ${Math.floor(openedMinute / MINUTES_PER_DAY)}`;
}

type Sums = readonly [closed: number, exposed: number];

function sums(lots: readonly Lot[], { fromHours, toHours }: (typeof AGE_CLASSES)[number]): Sums {
  let closed = 0;
  let exposed = 0;
  for (const { hours, notional, isClosed } of lots) {
    if (isClosed && hours >= fromHours && hours < toHours) closed += notional;
    exposed += notional * Math.max(0, Math.min(hours, toHours) - fromHours);
  }
  return [closed, exposed];
}

function ratio(parts: readonly Sums[]): number {
  let closed = 0;
  let exposed = 0;
  for (const [some, more] of parts) {
    closed += some;
    exposed += more;
  }
  return closed / exposed;
}
