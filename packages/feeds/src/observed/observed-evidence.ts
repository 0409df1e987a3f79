import type { Evidence } from '@liquidation-heatmap/core';

/**
 * What reading positions of addresses rests on: no answer was captured. It is off unless a program asks for it, whatever this says, since
 * nothing is read without addresses.
 */
export const OBSERVED_EVIDENCE: { readonly venue: 'hyperliquid'; readonly evidence: Evidence } = {
  venue: 'hyperliquid',
  evidence: 'documentation',
};
