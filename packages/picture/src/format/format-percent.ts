import { numberFormat } from './intl-cache.js';

/** A fraction as percent with two significant digits below 10 %: `0.25 %` of 0.0025, `42%` of 0.42. */
export function formatPercent(fraction: number, locale: string): string {
  const size = Math.abs(fraction);
  const decimals = size >= 0.1 || size === 0 ? 0 : Math.min(4, 1 - Math.floor(Math.log10(size * 100)));
  return numberFormat(locale, { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: decimals }).format(
    fraction,
  );
}

/** A change as percent with its sign: `+1.2%`, `-0.35%`. */
export function formatChange(fraction: number, locale: string): string {
  return numberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    minimumFractionDigits: 0,
    maximumFractionDigits: 2,
  }).format(fraction);
}
