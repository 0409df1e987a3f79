/**
 * How much of a widget is out of date, in growing order; each level includes those below it.
 * `cursor` crosshair and readout; `labels` axes, legend, status; `data` columns changed; `view` time or price range
 * changed; `full` size, theme or surface changed.
 */
export const PAINT_LEVEL = { none: 0, cursor: 1, labels: 2, data: 3, view: 4, full: 5 } as const;

/** One of `PAINT_LEVEL`. */
export type PaintLevel = (typeof PAINT_LEVEL)[keyof typeof PAINT_LEVEL];

/** The larger of two levels: what is out of date after both. */
export function mergeLevels(a: PaintLevel, b: PaintLevel): PaintLevel {
  return a > b ? a : b;
}
