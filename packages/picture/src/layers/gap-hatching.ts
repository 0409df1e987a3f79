import type { HatchItem } from '../draw-list.js';
import { heatRuns, type TimeInterval } from '../heat/heat-runs.js';
import { xOfTime } from '../viewport.js';
import { msPerPixel, type LayerInput } from './layer-input.js';

const SPACING = 7;
/** Gaps narrower than this many CSS pixels cannot be seen as hatching. */
const LEAST_WIDTH = 0.75;

/** Hatching over time without data between the first column and now: missing columns and columns of completeness 0. */
export function gapHatching(input: LayerInput): readonly HatchItem[] {
  const { view } = input;
  const items: HatchItem[] = [];
  for (const gap of joined(gapsOf(input))) {
    if ((gap.to - gap.from) / msPerPixel(view) < LEAST_WIDTH) continue;
    const x = xOfTime(view, gap.from);
    const width = xOfTime(view, gap.to) - x;
    items.push({
      kind: 'hatch',
      x,
      y: view.plot.y,
      width,
      height: view.plot.height,
      stroke: 'muted',
      spacing: SPACING,
    });
  }
  return items;
}

function* gapsOf({ frame, view, nowTime }: LayerInput): Generator<TimeInterval> {
  const starts = frame.tiles.flatMap((tile) => tile.heads.slice(0, 1).map((head) => head.endTime - tile.resolutionMs));
  let at = Math.max(view.from, Math.min(...starts));
  for (const run of heatRuns(frame.tiles, view, nowTime)) {
    if (run.isProjection) continue;
    if (run.from > at) yield { from: at, to: run.from };
    const { heads, resolutionMs } = run.tile;
    for (let column = run.firstColumn; column < run.firstColumn + run.columnCount; column++) {
      const head = heads[column]!;
      if (head.completeness > 0) continue;
      yield { from: Math.max(run.from, head.endTime - resolutionMs), to: Math.min(run.to, head.endTime) };
    }
    at = run.to;
  }
  const end = Math.min(view.to, nowTime);
  if (at < end) yield { from: at, to: end };
}

/** Intervals that touch as one. */
function joined(intervals: Iterable<TimeInterval>): readonly TimeInterval[] {
  const result: TimeInterval[] = [];
  for (const interval of intervals) {
    const last = result.at(-1);
    if (last !== undefined && interval.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, interval.to) };
    else result.push(interval);
  }
  return result;
}
