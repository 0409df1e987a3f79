import { fill, type Messages } from '../locales/messages.js';
import { numberFormat } from './intl-cache.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age in its largest whole unit: `34 s`, `12 min`, `5 h`, `3 d`. Negative ages read as 0. */
export function formatAge(ageMs: number, messages: Messages, locale: string): string {
  const age = Math.max(0, ageMs);
  const [template, unitMs] = unitOf(age, messages);
  return fill(template, { n: numberFormat(locale, { maximumFractionDigits: 0 }).format(Math.floor(age / unitMs)) });
}

function unitOf(age: number, messages: Messages): readonly [template: string, unitMs: number] {
  if (age < MINUTE) return [messages.seconds, 1_000];
  if (age < HOUR) return [messages.minutes, MINUTE];
  if (age < 2 * DAY) return [messages.hours, HOUR];
  return [messages.days, DAY];
}
