import type { LineItem } from '../draw-list.js';
import { crisp, type LayerInput } from './layer-input.js';

/** Lines of the grid at the ticks: one item for ordinary ticks, one for major times. */
export function gridLines({ view, priceTicks, timeTicks }: LayerInput): readonly LineItem[] {
  const { x, y, width, height } = view.plot;
  const minor: number[] = [];
  const major: number[] = [];
  for (const tick of priceTicks) {
    const at = crisp(tick.y, view.pixelRatio);
    minor.push(x, at, x + width, at, Number.NaN, Number.NaN);
  }
  for (const tick of timeTicks) {
    const at = crisp(tick.x, view.pixelRatio);
    (tick.isMajor ? major : minor).push(at, y, at, y + height, Number.NaN, Number.NaN);
  }
  const line = (points: readonly number[], opacity: number): readonly LineItem[] =>
    points.length === 0
      ? []
      : [{ kind: 'line', points: Float64Array.from(points), stroke: 'grid', width: 1 / view.pixelRatio, opacity }];
  return [...line(minor, 0.6), ...line(major, 1)];
}
