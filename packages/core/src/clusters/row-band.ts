import type { PositionSide } from '../model/market-event.js';

/** Lattice rows low..high, `high` exclusive. */
export interface RowBand {
  readonly low: number;
  readonly high: number;
}

/** Rows two bands share; 0 where they do not meet. */
export function sharedRows(a: RowBand, b: RowBand): number {
  return Math.max(0, Math.min(a.high, b.high) - Math.max(a.low, b.low));
}

/** Sum over the rows of a band that a vector holds. */
export function sumOfBand(values: Float64Array, originRow: number, { low, high }: RowBand): number {
  const to = Math.min(values.length, high - originRow);
  let sum = 0;
  for (let i = Math.max(0, low - originRow); i < to; i++) sum += values[i]!;
  return sum;
}

/** Where the mass of a band lies: the row with most of it, and the positions below which a quarter, half and three quarters lie. */
export interface BandShape {
  readonly mass: number;
  readonly peakRow: number;
  readonly quartiles: readonly [number, number, number];
}

/** Quantiles of a band's exposure that are told as prices. */
const QUARTERS = [0.25, 0.5, 0.75] as const;

/**
 * Shape of a band that holds something; undefined for an empty one. Of rows with equally much the one nearest to the mark is
 * the peak: longs lie below it, shorts above. Mass is even within a row.
 */
export function shapeOfBand(
  values: Float64Array,
  originRow: number,
  band: RowBand,
  side: PositionSide,
): BandShape | undefined {
  const mass = sumOfBand(values, originRow, band);
  if (!(mass > 0)) return undefined;
  const from = Math.max(0, band.low - originRow);
  const to = Math.min(values.length, band.high - originRow);
  const quartiles: [number, number, number] = [band.high, band.high, band.high];
  let peak = from;
  let below = 0;
  let next = 0;
  for (let i = from; i < to; i++) {
    const size = values[i]!;
    if (side === 'long' ? size >= values[peak]! : size > values[peak]!) peak = i;
    for (; next < 3 && size > 0 && below + size >= QUARTERS[next]! * mass; next++) {
      quartiles[next] = originRow + i + (QUARTERS[next]! * mass - below) / size;
    }
    below += size;
  }
  return { mass, peakRow: originRow + peak, quartiles };
}
