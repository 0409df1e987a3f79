import { clusterAt, nowTimeOf } from '@liquidation-heatmap/picture';
import type { CursorController } from '../controllers/cursor-controller.js';
import type { PictureController } from '../controllers/picture-controller.js';
import type { ViewController } from '../controllers/view-controller.js';
import type { GestureListener } from '../paint/gesture/gesture-controller.js';
import type { KeyAction } from '../paint/gesture/key-action.js';
import type { GesturePoint, GestureZone } from '../paint/gesture/gesture-machine.js';
import { PAINT_LEVEL } from '../paint/paint-level.js';
import type { HeatmapModel } from './heatmap-model.js';

/** What gestures work on. */
export interface GestureTargets {
  readonly view: ViewController;
  readonly picture: PictureController;
  readonly cursor: CursorController;
  readonly model: HeatmapModel;
  /** The view changed by hand. */
  readonly moved: () => void;
  readonly fit: () => void;
}

/** Connects pointers, wheel and keys to view, crosshair and hint. */
export function gestureListener(targets: GestureTargets): GestureListener {
  const { view, picture, cursor, model } = targets;
  const repaintCursor = (): void => picture.invalidate(PAINT_LEVEL.cursor);
  /** Takes away what was opened last: the card, then the crosshair. */
  const leave = (): boolean => {
    if (model.card() !== undefined) model.selectCluster(undefined);
    else if (picture.cursor !== undefined) {
      picture.cursor = undefined;
      repaintCursor();
    } else return false;
    return true;
  };
  return {
    // A page that scrolls keeps its wheel and its vertical swipes.
    isCooperative: true,
    zoneAt: (point) => zoneOf(picture.view, point),
    plot: () => picture.view?.plot ?? { x: 0, y: 0, width: 1, height: 1 },
    view: (change) => {
      if (change.kind === 'fit')
        return change.axis === 'both' ? targets.fit() : (view.fit(change.axis), targets.moved());
      const frame = model.frame();
      if (picture.view === undefined || frame === undefined) return;
      view.change(picture.view, change, nowTimeOf(frame));
      targets.moved();
    },
    cursor: (point) => {
      picture.cursor = point === undefined ? undefined : { x: point.x, y: point.y };
      repaintCursor();
    },
    tapped: ({ x, y }) => {
      const frame = model.frame();
      if (picture.view === undefined || frame === undefined) return;
      model.selectCluster(clusterAt(frame, picture.view, x, y)?.id);
    },
    blocked: () => model.showHint(),
    key: (action: KeyAction) => {
      if (picture.view === undefined) return false;
      if (action.kind === 'fit') targets.fit();
      else if (action.kind === 'leave') return leave();
      else if (action.kind === 'cluster') model.stepCluster(action.step);
      else if (action.kind === 'zoom') {
        const { plot } = picture.view;
        const at = picture.cursor ?? { x: plot.x + plot.width / 2, y: plot.y + plot.height / 2 };
        const frame = model.frame();
        if (frame === undefined) return false;
        view.change(
          picture.view,
          { kind: 'zoom', ...at, factorX: action.factor, factorY: action.factor },
          nowTimeOf(frame),
        );
        targets.moved();
      } else {
        cursor.step(action, model.settings.intervalMs);
        repaintCursor();
      }
      return true;
    },
  };
}

function zoneOf(view: PictureController['view'], { x, y }: GesturePoint): GestureZone {
  if (view === undefined) return 'outside';
  const { plot } = view;
  if (x >= plot.x && x <= plot.x + plot.width && y >= plot.y && y <= plot.y + plot.height) return 'plot';
  if (y > plot.y + plot.height && x <= plot.x + plot.width) return 'time-axis';
  return x > plot.x + plot.width && y <= plot.y + plot.height ? 'price-axis' : 'outside';
}
