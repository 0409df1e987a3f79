import type { TableAge } from '../model/margin-bracket.js';
import { daysBetween, startOfDay } from '../numeric/calendar-day.js';

/** Days after which a table counts as outdated: venues change theirs a few times a year (chosen, not measured). */
export const OUTDATED_AFTER_DAYS = 90;

/** Age of a table of a day (`YYYY-MM-DD`) at a time (Unix ms): the one rule for every place where a dated table is used. */
export function tableAge(asOf: string, now: number): TableAge {
  const ageDays = daysBetween(startOfDay(asOf) ?? Number.NaN, now);
  return { asOf, ageDays, isOutdated: ageDays > OUTDATED_AFTER_DAYS };
}
