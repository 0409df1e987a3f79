/** Resolved colors and fonts of one widget: CSS color strings, read from the element's tokens by the page. */
export interface PictureTheme {
  readonly scheme: 'light' | 'dark';
  readonly surface: string;
  readonly foreground: string;
  readonly muted: string;
  readonly border: string;
  readonly grid: string;
  readonly accent: string;
  readonly up: string;
  readonly down: string;
  readonly long: string;
  readonly short: string;
  readonly priceLine: string;
  readonly crosshair: string;
  readonly warn: string;
  readonly danger: string;
  readonly tooltipBackground: string;
  readonly tooltipForeground: string;
  readonly font: string;
  readonly monoFont: string;
  /** CSS pixels. */
  readonly fontSize: number;
}
