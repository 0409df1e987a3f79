import { PaintScheduler } from './scheduler.js';

/** Version in the key: a copy of the bundle with another scheduler contract must not pick this one up. */
const KEY = Symbol.for('liquidation-heatmap.scheduler.1');

/** The page's one scheduler, made at first use and shared by every copy of this package on the page. */
export function pageScheduler(): PaintScheduler {
  const page = globalThis as { [KEY]?: PaintScheduler };
  page[KEY] ??= new PaintScheduler({
    request: (callback) => requestAnimationFrame(callback),
    cancel: (handle) => cancelAnimationFrame(handle),
    report: (error) => reportError(error),
  });
  return page[KEY];
}
