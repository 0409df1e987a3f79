import type { DrawItem } from '../draw-list.js';
import { PROJECTION_SHARE } from '../heat/heat-runs.js';
import { textWidth } from '../ticks/text-width.js';
import { xOfTime } from '../viewport.js';
import { crisp, type LayerInput } from './layer-input.js';

const LABEL_GAP = 6;

/** Where knowledge ends: a dashed line at now, and "Projection" on its right where the projected band has room for the word. */
export function nowBoundary({ view, theme, messages, nowTime }: LayerInput): readonly DrawItem[] {
  if (nowTime < view.from || nowTime >= view.to) return [];
  const { plot } = view;
  const x = crisp(xOfTime(view, nowTime), view.pixelRatio);
  const points = Float64Array.of(x, plot.y, x, plot.y + plot.height);
  const line: DrawItem = { kind: 'line', points, stroke: 'foreground', width: 1, dash: [3, 4], opacity: 0.55 };
  const size = theme.fontSize - 1;
  const bandEnd = Math.min(view.to, nowTime + PROJECTION_SHARE * (view.to - view.from));
  const room = xOfTime(view, bandEnd) - x - 2 * LABEL_GAP;
  if (room < textWidth(messages.projection, size)) return [line];
  return [
    line,
    {
      kind: 'text',
      x: x + LABEL_GAP,
      y: plot.y + LABEL_GAP,
      text: messages.projection,
      align: 'left',
      baseline: 'top',
      fill: 'muted',
      size,
      // Edges of clusters run through here.
      plate: { fill: 'surface', paddingX: 3, paddingY: 1, radius: 3 },
    },
  ];
}
