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
