import type { DrawItem } from '../draw-list.js';
import { crisp, type LayerInput } from './layer-input.js';

/** Least room below the plot, CSS pixels, that a line of text needs. */
const LEAST_HEIGHT = 12;

/** Labels of the time axis below the plot; where a day begins it stands out. Empty where the layout leaves no room. */
export function timeAxis({ view, theme, timeTicks }: LayerInput): readonly DrawItem[] {
  const top = view.plot.y + view.plot.height;
  const room = view.height - top;
  if (room < LEAST_HEIGHT) return [];
  const at = crisp(top, view.pixelRatio);
  const right = view.plot.x + view.plot.width;
  const labels = timeTicks.map((tick): DrawItem => ({
    kind: 'text',
    x: tick.x,
    y: top + room / 2,
    text: tick.label,
    align: 'center',
    baseline: 'middle',
    fill: tick.isMajor ? 'foreground' : 'muted',
    size: theme.fontSize,
    weight: tick.isMajor ? 600 : 400,
  }));
  return [
    { kind: 'line', points: Float64Array.of(view.plot.x, at, right, at), stroke: 'border', width: 1 / view.pixelRatio },
    ...labels,
  ];
}
