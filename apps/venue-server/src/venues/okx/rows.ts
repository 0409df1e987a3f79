import { intervalMs } from '../intervals.js';

/** Length of a candle by this venue's name: `1m`, `4H`, `1D`; `1Dutc` and the like are the same here. */
export function barMs(name: string): number | undefined {
  const plain = name.replace(/utc$/, '');
  return intervalMs(plain === '1D' ? '1d' : plain);
}

/** Where a page lies: before `after` and after `before`, neither itself. */
export interface Cursor {
  readonly after: number;
  readonly before: number;
  /** With `before` alone the page begins at its end: the oldest rows that are newer. */
  readonly isForward: boolean;
}

/** The cursor of a query. Going back in time means asking with `after` the oldest time one has. */
export function cursorOf(query: URLSearchParams): Cursor {
  return {
    after: Number(query.get('after') ?? '') || Number.POSITIVE_INFINITY,
    before: Number(query.get('before') ?? '') || Number.NEGATIVE_INFINITY,
    isForward: query.has('before') && !query.has('after'),
  };
}

/** A page as this venue cuts it: newest first, within the cursor, at most `limit`. */
export function pageOf<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => number,
  query: URLSearchParams,
  limit: number,
): Row[] {
  const { after, before, isForward } = cursorOf(query);
  const asked = rows.filter((row) => keyOf(row) < after && keyOf(row) > before);
  const page = isForward ? asked.slice(0, limit) : asked.slice(-limit);
  return page.reverse();
}
