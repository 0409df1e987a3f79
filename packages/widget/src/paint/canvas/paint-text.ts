import type { TextItem } from '@liquidation-heatmap/picture';
import { snap, type Brush } from './brush.js';

/** Paints one line of text, with its plate below it; sizes in CSS pixels, edges on device pixels. */
export function paintText(brush: Brush, item: TextItem): void {
  const { context, pixelRatio } = brush;
  const sizePx = item.size * pixelRatio;
  context.font = `${item.weight ?? 400} ${sizePx}px ${item.isMono === true ? brush.monoFont : brush.font}`;
  context.textAlign = item.align;
  context.textBaseline = item.baseline;
  const x = snap(brush, item.x);
  const y = snap(brush, item.y);
  if (item.plate !== undefined) paintPlate(brush, item, item.plate);
  context.fillStyle = brush.color(item.fill);
  context.globalAlpha = item.opacity ?? 1;
  context.fillText(item.text, x, y);
}

/** The plate stands around the text's box: its measured width and its font size, plus the padding. */
function paintPlate(brush: Brush, item: TextItem, plate: NonNullable<TextItem['plate']>): void {
  const { context, pixelRatio } = brush;
  const textPx = context.measureText(item.text).width;
  const sizePx = item.size * pixelRatio;
  const shareX = { left: 0, center: 0.5, right: 1 }[item.align];
  const shareY = { top: 0, middle: 0.5, bottom: 1 }[item.baseline];
  const left = item.x * pixelRatio - shareX * textPx - plate.paddingX * pixelRatio;
  const top = item.y * pixelRatio - shareY * sizePx - plate.paddingY * pixelRatio;
  const right = left + textPx + 2 * plate.paddingX * pixelRatio;
  const [x, y] = [Math.floor(left), Math.floor(top)];
  const height = Math.ceil(sizePx + 2 * plate.paddingY * pixelRatio);
  context.beginPath();
  context.roundRect(x, y, Math.ceil(right) - x, height, plate.radius * pixelRatio);
  context.fillStyle = brush.color(plate.fill);
  context.fill();
}
