/** A color by its role, the name of a color in `PictureTheme` (`muted`, `priceLine`); any other string is a CSS color. */
export type Paint = string;

/** A filled rectangle, CSS pixels. */
export interface RectItem {
  readonly kind: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: Paint;
  readonly opacity?: number;
  readonly radius?: number;
  readonly stroke?: Paint;
}

/** An open line through points `[x0, y0, x1, y1, ...]`; NaN breaks it. */
export interface LineItem {
  readonly kind: 'line';
  readonly points: Float64Array;
  readonly stroke: Paint;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

/** Candles as columns of numbers: one entry each; `bodyWidth` in CSS pixels. */
export interface CandlesItem {
  readonly kind: 'candles';
  readonly x: Float64Array;
  readonly openY: Float64Array;
  readonly highY: Float64Array;
  readonly lowY: Float64Array;
  readonly closeY: Float64Array;
  readonly bodyWidth: number;
  readonly up: Paint;
  readonly down: Paint;
}

/** Diagonal hatching over a rectangle: time without data. */
export interface HatchItem {
  readonly kind: 'hatch';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly stroke: Paint;
  readonly spacing: number;
}

/** A marker of an observed liquidation: points down for liquidated longs (forced selling), up for shorts. */
export interface MarkerItem {
  readonly kind: 'marker';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly shape: 'triangle-down' | 'triangle-up' | 'dot';
  readonly fill: Paint;
  readonly stroke: Paint;
}

/** One line of text; with `plate` it stands on a filled, rounded rectangle. */
export interface TextItem {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly align: 'left' | 'center' | 'right';
  readonly baseline: 'top' | 'middle' | 'bottom';
  readonly fill: Paint;
  readonly size: number;
  readonly weight?: 400 | 600;
  readonly isMono?: boolean;
  readonly opacity?: number;
  readonly plate?: {
    readonly fill: Paint;
    readonly paddingX: number;
    readonly paddingY: number;
    readonly radius: number;
  };
}

/** Everything on top of the heat, in painting order. */
export type DrawItem = RectItem | LineItem | CandlesItem | HatchItem | MarkerItem | TextItem;

/** Items clipped to the plot (`plot`) and items anywhere on the element (`chrome`). */
export interface DrawList {
  readonly plot: readonly DrawItem[];
  readonly chrome: readonly DrawItem[];
}
