import type { VenueSplit } from '@liquidation-heatmap/core';
import { latticePosition, priceAtPosition } from '@liquidation-heatmap/core';
import {
  readoutLines,
  timeAtX,
  priceAtY,
  xOfTime,
  yOfPrice,
  type Readout,
  type ReadoutLine,
  type ReadoutWords,
  type Viewport,
} from '@liquidation-heatmap/picture';
import type { KeyAction } from '../paint/gesture/key-action.js';
import { placeReadout } from '../heatmap/readout-view.js';
import type { PictureController } from './picture-controller.js';
import type { SourceController } from './source-controller.js';

/** Keeps the crosshair's readout: its words, its place, and the venue split that only the source knows. */
export class CursorController {
  readonly #picture: PictureController;
  readonly #source: SourceController;
  readonly #onSplit: () => void;
  #splitKey = '';
  #split: readonly VenueSplit[] | undefined;

  constructor(picture: PictureController, source: SourceController, onSplit: () => void) {
    this.#picture = picture;
    this.#source = source;
    this.#onSplit = onSplit;
  }

  /** What stands under the crosshair; asks the source for the venue split of a past column once per cell. */
  readout(): Readout | undefined {
    const readout = this.#picture.readout(this.#split);
    const cell = readout?.cell;
    if (readout === undefined || cell === undefined) return readout;
    const key = `${cell.columnTo} ${readout.rowLow}`;
    if (key === this.#splitKey) return readout;
    this.#splitKey = key;
    this.#split = undefined;
    void this.#source.splitAt(cell.columnTo, readout.rowLow, readout.rowHigh).then((split) => {
      if (this.#splitKey !== key || split === undefined) return;
      this.#split = split
        .filter(({ long, short }) => long + short > 0)
        .toSorted((a, b) => b.long + b.short - a.long - a.short);
      this.#onSplit();
    });
    return this.#picture.readout();
  }

  /** The readout in words; empty without a crosshair. */
  lines(readout: Readout | undefined, words: ReadoutWords): readonly ReadoutLine[] {
    // The last line says "Estimated", which the header always shows.
    return readout === undefined ? [] : readoutLines(readout, words).slice(0, -1);
  }

  /** Moves the readout's box beside the crosshair, inside the stage. */
  place(box: HTMLElement | null, stage: HTMLElement): void {
    const { cursor } = this.#picture;
    if (box === null || cursor === undefined) return;
    const size = { width: box.offsetWidth, height: box.offsetHeight };
    const { x, y } = placeReadout(cursor, size, { width: stage.clientWidth, height: stage.clientHeight });
    box.style.setProperty('transform', `translate(${Math.round(x)}px, ${Math.round(y)}px)`);
  }

  /** Moves the crosshair by cells or to an edge; false for keys that are not about the crosshair. */
  step(action: KeyAction, intervalMs: number): boolean {
    const { view } = this.#picture;
    if (view === undefined || (action.kind !== 'step' && action.kind !== 'edge')) return false;
    const at = this.#picture.cursor ?? { x: view.plot.x + view.plot.width / 2, y: view.plot.y + view.plot.height / 2 };
    this.#picture.cursor =
      action.kind === 'edge' ? edgeOf(view, action.edge, at.y) : steppedFrom(view, at, action, intervalMs);
    return true;
  }
}

type Step = Extract<KeyAction, { kind: 'step' }>;

function steppedFrom(
  view: Viewport,
  at: { readonly x: number; readonly y: number },
  { columns, rows }: Step,
  intervalMs: number,
) {
  const time = timeAtX(view, at.x) + columns * Math.max(intervalMs, (view.to - view.from) / view.plot.width);
  const row = latticePosition(priceAtY(view, at.y)) + rows;
  return inside(view, xOfTime(view, time), yOfPrice(view, priceAtPosition(row)));
}

function edgeOf(view: Viewport, edge: 'oldest' | 'newest', y: number) {
  return inside(view, edge === 'oldest' ? view.plot.x : view.plot.x + view.plot.width, y);
}

function inside({ plot }: Viewport, x: number, y: number) {
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  return { x: clamp(x, plot.x, plot.x + plot.width - 1), y: clamp(y, plot.y, plot.y + plot.height - 1) };
}
