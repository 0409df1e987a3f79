export { xOfTime, timeAtX, yOfPrice, priceAtY } from './viewport.js';
export type { Rect, Viewport } from './viewport.js';
export type {
  Paint,
  RectItem,
  LineItem,
  CandlesItem,
  HatchItem,
  MarkerItem,
  TextItem,
  DrawItem,
  DrawList,
} from './draw-list.js';
export type { PictureTheme } from './theme.js';
export type { ColorTable } from './color-table.js';
