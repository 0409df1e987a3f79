import type { CandlesItem } from '@liquidation-heatmap/picture';
import { snap, type Brush } from './brush.js';

/** Whole device pixels of a candle's width: the body differs from the wick by an even number, so the wick is centered. */
export function candleWidths(
  bodyWidth: number,
  pixelRatio: number,
): { readonly bodyPx: number; readonly wickPx: number } {
  const wanted = Math.max(1, Math.round(bodyWidth * pixelRatio));
  const wickPx = Math.min(wanted, Math.max(1, Math.floor(pixelRatio)));
  return { bodyPx: wanted - ((wanted - wickPx) % 2), wickPx };
}

/** Paints candles in two fills, one a color, every edge on a device pixel; entries with a NaN are skipped. */
export function paintCandles(brush: Brush, item: CandlesItem): void {
  const { context } = brush;
  for (const side of ['up', 'down'] as const) {
    context.beginPath();
    for (let i = 0; i < item.x.length; i++) {
      // On screen y grows downwards: a candle that closed at or above its open is "up".
      const isUp = item.closeY[i]! <= item.openY[i]!;
      if (isUp === (side === 'up')) traceCandle(brush, item, i);
    }
    context.fillStyle = brush.color(item[side]);
    context.fill();
  }
}

function traceCandle(brush: Brush, item: CandlesItem, i: number): void {
  const { context, pixelRatio } = brush;
  const { bodyPx, wickPx } = candleWidths(item.bodyWidth, pixelRatio);
  const left = Math.round(item.x[i]! * pixelRatio - bodyPx / 2);
  const openY = snap(brush, item.openY[i]!);
  const closeY = snap(brush, item.closeY[i]!);
  const top = Math.min(openY, closeY);
  const bottom = Math.max(openY, closeY, top + 1);
  const highY = Math.min(snap(brush, item.highY[i]!), top);
  const lowY = Math.max(snap(brush, item.lowY[i]!), bottom);
  if (!Number.isFinite(left + highY + lowY)) return;
  const wickLeft = left + (bodyPx - wickPx) / 2;
  // Wick and body touch but share no pixel: one path, and a translucent color stays even.
  context.rect(wickLeft, highY, wickPx, top - highY);
  context.rect(left, top, bodyPx, bottom - top);
  context.rect(wickLeft, bottom, wickPx, lowY - bottom);
}
