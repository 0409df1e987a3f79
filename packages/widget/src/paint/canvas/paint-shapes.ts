import type { HatchItem, LineItem, MarkerItem, RectItem } from '@liquidation-heatmap/picture';
import { linePx, snap, type Brush } from './brush.js';

/** Paints a rectangle whose edges lie on device pixels; a stroke of one pixel lies inside it. */
export function paintRect(brush: Brush, item: RectItem): void {
  const { context } = brush;
  const left = snap(brush, item.x);
  const top = snap(brush, item.y);
  const width = snap(brush, item.x + item.width) - left;
  const height = snap(brush, item.y + item.height) - top;
  context.globalAlpha = item.opacity ?? 1;
  context.fillStyle = brush.color(item.fill);
  context.beginPath();
  if (item.radius === undefined) context.rect(left, top, width, height);
  else context.roundRect(left, top, width, height, item.radius * brush.pixelRatio);
  context.fill();
  if (item.stroke === undefined) return;
  const line = linePx(brush, 1);
  context.strokeStyle = brush.color(item.stroke);
  context.lineWidth = line;
  context.setLineDash([]);
  context.beginPath();
  const radius = Math.max(0, (item.radius ?? 0) * brush.pixelRatio - line / 2);
  context.roundRect(left + line / 2, top + line / 2, width - line, height - line, radius);
  context.stroke();
}

/** Paints an open line; pieces that are exactly horizontal or vertical cover whole device pixels. */
export function paintLine(brush: Brush, item: LineItem): void {
  const { context, pixelRatio } = brush;
  const width = linePx(brush, item.width);
  context.globalAlpha = item.opacity ?? 1;
  context.strokeStyle = brush.color(item.stroke);
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash((item.dash ?? []).map((length) => length * pixelRatio));
  context.beginPath();
  for (let start = 0; start < item.points.length;) {
    const end = endOfRun(item.points, start);
    traceRun(brush, item.points.subarray(start, end), width);
    start = Math.max(end, start + 2);
  }
  context.stroke();
  context.setLineDash([]);
}

/** Index after the last point before a NaN. */
function endOfRun(points: Float64Array, start: number): number {
  let end = start;
  while (end + 1 < points.length && Number.isFinite(points[end]!) && Number.isFinite(points[end + 1]!)) end += 2;
  return end;
}

function traceRun(brush: Brush, run: Float64Array, widthPx: number): void {
  const { context, pixelRatio } = brush;
  const isLevel = run.every((value, i) => i % 2 === 0 || value === run[1]);
  const isUpright = run.every((value, i) => i % 2 === 1 || value === run[0]);
  // A line of an odd width covers whole pixels when its middle lies on a pixel's middle.
  const middle = (widthPx % 2) / 2;
  for (let i = 0; i < run.length; i += 2) {
    const x = isUpright ? Math.round(run[i]! * pixelRatio - middle) + middle : run[i]! * pixelRatio;
    const y = isLevel ? Math.round(run[i + 1]! * pixelRatio - middle) + middle : run[i + 1]! * pixelRatio;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

/** Paints diagonal hatching; its lines are placed from the element's corner, so that neighboring areas join. */
export function paintHatch(brush: Brush, item: HatchItem): void {
  const { context, pixelRatio } = brush;
  const left = snap(brush, item.x);
  const top = snap(brush, item.y);
  const right = snap(brush, item.x + item.width);
  const bottom = snap(brush, item.y + item.height);
  const spacing = Math.max(2, item.spacing * pixelRatio);
  if (right <= left || bottom <= top) return;
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.strokeStyle = brush.color(item.stroke);
  context.lineWidth = linePx(brush, 1);
  context.setLineDash([]);
  context.beginPath();
  for (let k = Math.ceil((left + top) / spacing); k * spacing < right + bottom; k++) {
    context.moveTo(k * spacing - top, top);
    context.lineTo(k * spacing - bottom, bottom);
  }
  context.stroke();
  context.restore();
}

/** Paints the mark of an observed liquidation with a thin outline that keeps it apart from the heat. */
export function paintMarker(brush: Brush, item: MarkerItem): void {
  const { context, pixelRatio } = brush;
  const x = item.x * pixelRatio;
  const y = item.y * pixelRatio;
  const radius = item.radius * pixelRatio;
  context.beginPath();
  if (item.shape === 'dot') {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    const tip = item.shape === 'triangle-down' ? radius : -radius;
    // An equilateral triangle about the point: sin 60 degrees wide on each side, its base half a radius away.
    const half = radius * Math.sin(Math.PI / 3);
    context.moveTo(x, y + tip);
    context.lineTo(x - half, y - tip / 2);
    context.lineTo(x + half, y - tip / 2);
    context.closePath();
  }
  context.fillStyle = brush.color(item.fill);
  context.fill();
  context.strokeStyle = brush.color(item.stroke);
  context.lineWidth = linePx(brush, 1);
  context.setLineDash([]);
  context.stroke();
}
