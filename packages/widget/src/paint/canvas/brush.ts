import type { Paint, PictureTheme } from '@liquidation-heatmap/picture';

/** A 2D context with the theme's colors and fonts, working in device pixels. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly pixelRatio: number;
  readonly font: string;
  readonly monoFont: string;
  color(paint: Paint): string;
}

/** Roles of the theme that are colors. */
type ColorRole = Exclude<keyof PictureTheme, 'scheme' | 'font' | 'monoFont' | 'fontSize'>;

/** A brush for one theme at one pixel ratio. */
export function createBrush(context: CanvasRenderingContext2D, theme: PictureTheme, pixelRatio: number): Brush {
  const { scheme: _scheme, font, monoFont, fontSize: _fontSize, ...colors } = theme;
  const isRole = (paint: Paint): paint is ColorRole => Object.hasOwn(colors, paint);
  return { context, pixelRatio, font, monoFont, color: (paint) => (isRole(paint) ? colors[paint] : paint) };
}

/** A CSS length as whole device pixels. */
export function snap(brush: Brush, cssLength: number): number {
  return Math.round(cssLength * brush.pixelRatio);
}

/** Width of a line in whole device pixels, at least one. */
export function linePx(brush: Brush, cssWidth: number): number {
  return Math.max(1, Math.round(cssWidth * brush.pixelRatio));
}
