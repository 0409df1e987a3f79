import type { ColumnDeltaMessage, PlaneDelta } from '../model/frame-message.js';
import type { Column } from '../model/heatmap-frame.js';

/** What a delta message carries besides its envelope. */
export type ColumnDelta = Pick<ColumnDeltaMessage, 'head' | 'long' | 'short' | 'spread' | 'age'>;

/** `next` as its difference from `previous`; undefined when window or code scale moved, and then only a whole column will do. */
export function deltaOfColumns(previous: Column, next: Column): ColumnDelta | undefined {
  const fits =
    previous.originRow === next.originRow &&
    previous.floor === next.floor &&
    previous.step === next.step &&
    previous.head.resolutionMs === next.head.resolutionMs;
  if (!fits) return undefined;
  return {
    head: next.head,
    long: deltaOfPlanes(previous.long, next.long),
    short: deltaOfPlanes(previous.short, next.short),
    spread: deltaOfPlanes(previous.spread, next.spread),
    age: deltaOfPlanes(previous.age, next.age),
  };
}

function deltaOfPlanes(previous: Uint8Array, next: Uint8Array): PlaneDelta {
  let count = 0;
  for (let row = 0; row < next.length; row++) if (previous[row] !== next[row]) count++;
  const rows = new Uint16Array(count);
  const codes = new Uint8Array(count);
  for (let row = 0, i = 0; row < next.length; row++) {
    if (previous[row] === next[row]) continue;
    rows[i] = row;
    codes[i++] = next[row]!;
  }
  return { rows, codes };
}
