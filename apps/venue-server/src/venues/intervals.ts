import { MS_PER_HOUR, MS_PER_MINUTE } from '@liquidation-heatmap/core';

const MINUTES = /^(\d+)(m|min)$/;
const HOURS = /^(\d+)[hH]$/;

/** Length of a candle by its usual name (`1m`, `5min`, `1h`, `4H`, `1d`); undefined for one that is no whole number of minutes. */
export function intervalMs(name: string): number | undefined {
  const minutes = MINUTES.exec(name)?.[1];
  if (minutes !== undefined) return known(Number(minutes) * MS_PER_MINUTE);
  const hours = HOURS.exec(name)?.[1];
  if (hours !== undefined) return known(Number(hours) * MS_PER_HOUR);
  return name === '1d' ? 24 * MS_PER_HOUR : undefined;
}

function known(ms: number): number | undefined {
  return ms > 0 && (24 * MS_PER_HOUR) % ms === 0 ? ms : undefined;
}

/** A whole number of the query within limits; the default where it is absent or no number. */
export function countOf(query: URLSearchParams, name: string, usual: number, most: number): number {
  const asked = Number(query.get(name) ?? Number.NaN);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : usual;
}

/** A time of the query, unix ms; undefined where it is absent or no number. */
export function timeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  const asked = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(asked) ? asked : undefined;
}
