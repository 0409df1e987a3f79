const TEXT = /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?Z$/;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days from 0000-01-01 to 1970-01-01. */
const EPOCH_DAY = 719_528;

/** Milliseconds since 1970 of `2026-09-25T17:46:57.678Z`, with up to nine decimals; NaN for anything else. */
export function calendarTimeOf(raw: unknown): number {
  const found = typeof raw === 'string' ? TEXT.exec(raw) : null;
  if (found === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  if (day < 1 || day > daysOf(year, month)) return Number.NaN;
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  const days = daysBefore(year) + DAYS_BEFORE_MONTH[month - 1]! + leapDay + day - 1 - EPOCH_DAY;
  const ms = Math.floor(Number((found[7] ?? '0').padEnd(9, '0')) / 1e6);
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + ms;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 0000-01-01 to the start of a year; year 0 was a leap year. */
function daysBefore(year: number): number {
  const last = year - 1;
  return 365 * year + Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) + 1;
}
