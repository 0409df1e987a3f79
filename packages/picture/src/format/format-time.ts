import { dateTimeFormat } from './intl-cache.js';

/** How much of a time is shown. */
export type TimeDetail = 'milliseconds' | 'seconds' | 'minutes' | 'day' | 'month' | 'year' | 'moment';

const FIELDS: Readonly<Record<TimeDetail, Intl.DateTimeFormatOptions>> = {
  milliseconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minutes: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  year: { year: 'numeric' },
  moment: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
};

/** A time (Unix ms) in an IANA time zone. */
export function formatTime(time: number, detail: TimeDetail, locale: string, timeZone: string): string {
  return dateTimeFormat(locale, { ...FIELDS[detail], timeZone }).format(time);
}

/** Date as `YYYY-MM-DD`, the same in every locale: for "recorded 2024-08-08". */
export function formatDate(time: number, timeZone: string): string {
  return dateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(time);
}
