import { assertNever } from '@liquidation-heatmap/core';
import { panView, zoomView, type Viewport } from '@liquidation-heatmap/picture';

/** A wish to see something else, in CSS pixels of the element; `fit` asks for the whole of an axis. */
export type ViewChange =
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number }
  /** Spans are divided by the factors (above 1 = closer) about the point. */
  | {
      readonly kind: 'zoom';
      readonly x: number;
      readonly y: number;
      readonly factorX: number;
      readonly factorY: number;
    }
  | { readonly kind: 'fit'; readonly axis: 'time' | 'price' | 'both' };

/** The view after a change; `fit` needs the data, so it is its owner's to answer and changes nothing here. */
export function changedView(view: Viewport, change: ViewChange): Viewport {
  switch (change.kind) {
    case 'pan':
      return panView(view, change.dx, change.dy);
    case 'zoom': {
      const inTime = zoomView(view, change.factorX, change.x, change.y, 'time');
      return zoomView(inTime, change.factorY, change.x, change.y, 'price');
    }
    case 'fit':
      return view;
    default:
      return assertNever(change);
  }
}
