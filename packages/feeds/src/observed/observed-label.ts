import type { ObservedSnapshot } from './observed-snapshot.js';

/** Smaller shares are not written as a figure: 0.0 % would read as none. */
const LEAST_SHOWN = 0.001;

/**
 * What a layer of observed positions is called: `observed, 4.2 % of open interest`. English, beside the data it is of; it moves to the
 * picture's locales on the day the picture draws the layer.
 */
export function observedLabel({ share }: Pick<ObservedSnapshot, 'share'>): string {
  if (share === undefined) return 'observed, share of open interest unknown';
  if (share.total > 0 && share.total < LEAST_SHOWN) return 'observed, under 0.1 % of open interest';
  // Rounded down, so that no part of the market is claimed that was not seen; the addend undoes binary rounding.
  const percent = Math.floor(share.total * 1_000 + 1e-9) / 10;
  return `observed, ${percent.toFixed(1)} % of open interest`;
}
