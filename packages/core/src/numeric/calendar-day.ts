const MS_PER_DAY = 86_400_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Days from 0000-03-01, where the shifted years begin, to 1970-01-01. */
const EPOCH_SHIFT = 719_468;
/** Days of 400 Gregorian years. */
const DAYS_PER_ERA = 146_097;

/** Start of a day (`YYYY-MM-DD`, UTC) in milliseconds since 1970; undefined for a text that is no day of the calendar. */
export function startOfDay(day: string): number | undefined {
  const found = DAY.exec(day);
  if (found === null) return undefined;
  const time = daysSinceEpoch(Number(found[1]), Number(found[2]), Number(found[3])) * MS_PER_DAY;
  return dayOf(time) === day ? time : undefined;
}

/** Day (`YYYY-MM-DD`, UTC) that a time in milliseconds since 1970 belongs to; years 0 to 9999. */
export function dayOf(time: number): string {
  const shifted = Math.floor(time / MS_PER_DAY) + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Years begin in March here, so that the leap day is the last one.
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** Whole days from the start of a day to a time; negative when the day lies later. */
export function daysBetween(start: number, time: number): number {
  return Math.floor((time - start) / MS_PER_DAY);
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
