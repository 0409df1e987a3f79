import { numberFormat } from './intl-cache.js';

/** USD in short: `$1.2M`, `$950`, in German `1,2 Mio. $`. */
export function formatUsd(usd: number, locale: string): string {
  return numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(usd);
}

/** A range of USD in short, two digits each: `$31–88M`, in German `31–88 Mio. $`. */
export function formatUsdRange(low: number, high: number, locale: string): string {
  const format = numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 2,
  });
  return format.formatRange(Math.min(low, high), Math.max(low, high));
}
