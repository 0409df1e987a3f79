import type { DrawItem, DrawList } from '../draw-list.js';
import { formatTime } from '../format/format-time.js';
import { textWidth } from '../ticks/text-width.js';
import { priceAtY, timeAtX } from '../viewport.js';
import { crisp, type LayerInput } from './layer-input.js';
import { tagHeight, tagText } from './price-axis.js';

/** A place on the element, CSS pixels. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
}

/** Lines through the cursor with price and time on the axes; empty when the cursor is outside the plot. */
export function crosshair(input: LayerInput, cursor: Cursor): DrawList {
  const { view } = input;
  const { plot } = view;
  const isInside =
    cursor.x >= plot.x && cursor.x <= plot.x + plot.width && cursor.y >= plot.y && cursor.y <= plot.y + plot.height;
  if (!isInside) return { plot: [], chrome: [] };
  const x = crisp(cursor.x, view.pixelRatio);
  const y = crisp(cursor.y, view.pixelRatio);
  const lines = [
    Float64Array.of(x, plot.y, x, plot.y + plot.height),
    Float64Array.of(plot.x, y, plot.x + plot.width, y),
  ];
  const half = tagHeight(input.theme.fontSize) / 2;
  const tagY = Math.min(plot.y + plot.height - half, Math.max(plot.y + half, cursor.y));
  const priceTag = tagText(input, tagY, priceAtY(view, cursor.y), 'tooltipBackground', 'tooltipForeground');
  return {
    plot: lines.map((points): DrawItem => ({ kind: 'line', points, stroke: 'crosshair', width: 1, dash: [4, 4] })),
    chrome: [priceTag, timeTag(input, cursor.x)],
  };
}

function timeTag({ view, theme, locale, timeZone, widthClass }: LayerInput, x: number): DrawItem {
  const { plot } = view;
  const detail = widthClass === 'mini' ? 'seconds' : 'moment';
  const text = formatTime(timeAtX(view, x), detail, locale, timeZone);
  const half = textWidth(text, theme.fontSize) / 2 + 6;
  const bottom = plot.y + plot.height;
  const room = view.height - bottom;
  const isBelow = room >= theme.fontSize;
  return {
    kind: 'text',
    x: Math.min(plot.x + plot.width - half, Math.max(plot.x + half, x)),
    y: isBelow ? bottom + room / 2 : bottom - 4,
    text,
    align: 'center',
    baseline: isBelow ? 'middle' : 'bottom',
    fill: 'tooltipForeground',
    size: theme.fontSize,
    plate: { fill: 'tooltipBackground', paddingX: 6, paddingY: 3, radius: 3 },
  };
}
