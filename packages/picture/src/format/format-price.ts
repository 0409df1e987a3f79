import { numberFormat } from './intl-cache.js';

/** Decimals that a tick size (an exact decimal such as `0.10`) needs: 1 for `0.10`, 0 for `5`, 7 for `1e-7`. */
export function decimalsOfTick(tickSize: string): number {
  const [digits = '', exponent = '0'] = tickSize.toLowerCase().split('e');
  const fraction = (digits.split('.')[1] ?? '').replace(/0+$/, '');
  return Math.min(20, Math.max(0, fraction.length - Number(exponent)));
}

/** A price with a fixed number of decimals: `61,250.0`. */
export function formatPrice(price: number, decimals: number, locale: string): string {
  return numberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(price);
}
