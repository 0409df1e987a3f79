import type { LineItem } from '../draw-list.js';
import { heatRuns } from '../heat/heat-runs.js';
import { xOfTime, yOfPrice } from '../viewport.js';
import type { LayerInput } from './layer-input.js';

/** The mark over time as a line through the ends of columns, broken where columns are missing; ends at now. */
export function markLine({ frame, view, nowTime }: LayerInput): readonly LineItem[] {
  const points: number[] = [];
  let end = Number.NaN;
  for (const run of heatRuns(frame.tiles, view, nowTime)) {
    if (run.isProjection) continue;
    if (run.from !== end) points.push(Number.NaN, Number.NaN);
    for (let column = run.firstColumn; column < run.firstColumn + run.columnCount; column++) {
      const head = run.tile.heads[column]!;
      points.push(xOfTime(view, Math.min(head.endTime, nowTime)), yOfPrice(view, head.mark));
    }
    end = run.to;
  }
  const hasMark = points.some((value, i) => i % 2 === 1 && !Number.isNaN(value));
  if (!hasMark) return [];
  return [{ kind: 'line', points: Float64Array.from(points), stroke: 'accent', width: 1.25, opacity: 0.85 }];
}
