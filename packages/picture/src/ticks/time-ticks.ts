import type { UnixMs } from '@liquidation-heatmap/core';
import { formatTime, type TimeDetail } from '../format/format-time.js';
import { xOfTime, type Viewport } from '../viewport.js';
import { textWidth } from './text-width.js';
import { civilOfDays, daysOfCivil, timeOfWall, wallTime } from './zone-clock.js';

/** A labeled place on the time axis; `x` in CSS pixels. */
export interface TimeTick {
  readonly time: UnixMs;
  readonly x: number;
  readonly label: string;
  /** True where a day begins (a month or year on long axes). */
  readonly isMajor: boolean;
}

/** How time ticks are chosen. */
export interface TimeTickOptions {
  /** Least room between two labels in CSS pixels. */
  readonly minGapPx: number;
  readonly fontSize: number;
  readonly locale: string;
  /** IANA name, e.g. `Europe/Berlin`; days begin at its midnight. */
  readonly timeZone: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1970-01-05 was a Monday: weeks count from there. */
const MONDAY = 4 * DAY;

/** A distance between ticks: a multiple of ms in wall-clock time, or months. */
interface Step {
  readonly ms: number;
  readonly months?: number;
  readonly detail: TimeDetail;
}

const STEPS: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((n): Step => ({ ms: n * SECOND, detail: 'seconds' })),
  ...[1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((n): Step => ({ ms: n * MINUTE, detail: 'minutes' })),
  ...[1, 2, 7].map((n): Step => ({ ms: n * DAY, detail: 'day' })),
  ...[1, 3, 6].map((n): Step => ({ ms: n * 28 * DAY, months: n, detail: 'month' })),
  ...[1, 2, 5, 10].map((n): Step => ({ ms: n * 365 * DAY, months: 12 * n, detail: 'year' })),
];

/** Round wall-clock times of a zone whose labels do not touch and lie inside the plot, earliest first. */
export function timeTicks(view: Viewport, options: TimeTickOptions): readonly TimeTick[] {
  if (!(view.to > view.from)) return [];
  const step = STEPS.find((candidate) => fits(candidate, view, options)) ?? STEPS.at(-1)!;
  const kept: TimeTick[] = [];
  for (const wall of wallTimes(step, wallTime(view.from, options.timeZone), wallTime(view.to, options.timeZone))) {
    const time = timeOfWall(wall, options.timeZone);
    if (time === undefined || time < view.from || time > view.to) continue;
    const tick = tickAt(view, time, wall, step, options);
    const half = textWidth(tick.label, options.fontSize) / 2;
    if (tick.x - half < view.plot.x || tick.x + half > view.plot.x + view.plot.width) continue;
    keepApart(kept, tick, options);
  }
  return kept;
}

/** Adds a tick unless its label would touch the one before; a day's beginning displaces what is in its way. */
function keepApart(kept: TimeTick[], tick: TimeTick, { fontSize, minGapPx }: TimeTickOptions): void {
  const touches = (before: TimeTick): boolean =>
    tick.x - before.x < (textWidth(before.label, fontSize) + textWidth(tick.label, fontSize)) / 2 + minGapPx;
  while (kept.length > 0 && touches(kept.at(-1)!)) {
    if (!tick.isMajor || kept.at(-1)!.isMajor) return;
    kept.pop();
  }
  kept.push(tick);
}

function fits(step: Step, view: Viewport, { fontSize, minGapPx, locale, timeZone }: TimeTickOptions): boolean {
  const sample = formatTime(view.from, step.detail, locale, timeZone);
  return (step.ms / (view.to - view.from)) * view.plot.width >= textWidth(sample, fontSize) + minGapPx;
}

function* wallTimes(step: Step, from: number, to: number): Generator<number> {
  if (step.months !== undefined) {
    const first = civilOfDays(Math.floor(from / DAY));
    let month = Math.floor((first.year * 12 + first.month - 1) / step.months) * step.months;
    for (; ; month += step.months) {
      const wall = daysOfCivil({ year: Math.floor(month / 12), month: (month % 12) + 1, day: 1 }) * DAY;
      if (wall > to) return;
      yield wall;
    }
  }
  const base = step.ms === 7 * DAY ? MONDAY : 0;
  for (let wall = base + Math.floor((from - base) / step.ms) * step.ms; wall <= to; wall += step.ms) yield wall;
}

function tickAt(
  view: Viewport,
  time: number,
  wall: number,
  step: Step,
  { locale, timeZone }: TimeTickOptions,
): TimeTick {
  const { month, day } = civilOfDays(Math.floor(wall / DAY));
  const isMidnight = wall % DAY === 0;
  const isMonth = isMidnight && day === 1;
  const isYear = isMonth && month === 1;
  const x = xOfTime(view, time);
  const labeled = (detail: TimeDetail, isMajor: boolean): TimeTick => ({
    time: time as UnixMs,
    x,
    label: formatTime(time, detail, locale, timeZone),
    isMajor,
  });
  if (step.detail === 'year' || isYear) return labeled(step.ms < DAY ? 'day' : 'year', isYear);
  if (step.detail === 'month') return labeled('month', false);
  if (step.detail === 'day') return labeled(isMonth ? 'month' : 'day', isMonth);
  return isMidnight ? labeled('day', true) : labeled(step.detail, false);
}
