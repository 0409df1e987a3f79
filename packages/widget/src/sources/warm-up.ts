import { MS_PER_HOUR } from '@liquidation-heatmap/core';

/**
 * History read beyond the range, so that the positions standing at its start have entries of their own. Without it the whole
 * open interest would begin at one price. With a day that is seen that makes three, which hold 9 of 10 positions by size (holding times:
 * docs/method.md#exits).
 */
export const WARM_UP_MS = 48 * MS_PER_HOUR;
