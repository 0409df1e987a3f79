import { dateTimeFormat } from '../format/intl-cache.js';

const DAY_MS = 86_400_000;

/** A calendar day of the proleptic Gregorian calendar; months count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Wall-clock time of a zone as if it were UTC, ms: what a clock on the wall shows, counted from 1970-01-01 00:00. */
export function wallTime(time: number, timeZone: string): number {
  return time + zoneOffsetMs(time, timeZone);
}

/** Unix time of a wall-clock time; undefined in the hour that a clock change skips. Of a repeated hour the later one. */
export function timeOfWall(wall: number, timeZone: string): number | undefined {
  const guess = wall - zoneOffsetMs(wall - zoneOffsetMs(wall, timeZone), timeZone);
  return wallTime(guess, timeZone) === wall ? guess : undefined;
}

/** Days since 1970-01-01 of a calendar day (months may overflow). After H. Hinnant, https://howardhinnant.github.io/date_algorithms.html. */
export function daysOfCivil({ year, month, day }: CivilDay): number {
  const monthIndex = year * 12 + month - 1 - 2;
  const shiftedYear = Math.floor(monthIndex / 12);
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (monthIndex - shiftedYear * 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Calendar day of days since 1970-01-01. */
export function civilOfDays(days: number): CivilDay {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthOfShifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthOfShifted + 2) / 5) + 1;
  const month = monthOfShifted < 10 ? monthOfShifted + 3 : monthOfShifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Clocks change on quarter hours of UTC (every rule since 1973), so one offset serves a quarter hour. */
const QUARTER_MS = 900_000;
const MOST_OFFSETS = 4_096;
const knownOffsets = new Map<string, number>();

function zoneOffsetMs(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const quarter = Math.floor(time / QUARTER_MS);
  const key = `${timeZone} ${quarter}`;
  const known = knownOffsets.get(key);
  if (known !== undefined) return known;
  if (knownOffsets.size >= MOST_OFFSETS) knownOffsets.clear();
  const offset = offsetByFormat(quarter * QUARTER_MS, timeZone);
  knownOffsets.set(key, offset);
  return offset;
}

function offsetByFormat(time: number, timeZone: string): number {
  const second = Math.floor(time / 1_000) * 1_000;
  const fields: Record<string, number> = {};
  const format = dateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  for (const { type, value } of format.formatToParts(second)) fields[type] = Number(value);
  const days = daysOfCivil({ year: fields['year']!, month: fields['month']!, day: fields['day']! });
  return days * DAY_MS + (fields['hour']! * 3_600 + fields['minute']! * 60 + fields['second']!) * 1_000 - second;
}
