import {
  listenToGestures,
  type GestureListener,
} from '../../../packages/widget/src/paint/gesture/gesture-controller.js';
import type { ViewChange } from '../../../packages/widget/src/paint/gesture/view-change.js';

/** A chart in an article: 320 x 200, and far more page below it than fits. */
const host = document.querySelector<HTMLElement>('#host')!;
document.body.style.setProperty('height', '4000px');
host.tabIndex = 0;

const heard: { views: ViewChange[]; cursors: unknown[]; keys: unknown[]; blocked: number } = {
  views: [],
  cursors: [],
  keys: [],
  blocked: 0,
};
const listener: GestureListener = {
  isCooperative: location.search !== '?greedy',
  zoneAt: ({ x }) => (x > 260 ? 'price-axis' : 'plot'),
  plot: () => ({ x: 0, y: 0, width: 260, height: 200 }),
  view: (change) => void heard.views.push(change),
  cursor: (point) => void heard.cursors.push(point && [point.x, point.y]),
  tapped: () => undefined,
  blocked: () => void heard.blocked++,
  key: (action) => {
    heard.keys.push(action);
    return true;
  },
};
Object.assign(globalThis, { heard, stopGestures: listenToGestures(host, listener) });
