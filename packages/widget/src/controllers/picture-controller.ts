import type { HeatmapFrame, SourceStatus, VenueSplit } from '@liquidation-heatmap/core';
import {
  buildCrosshair,
  buildPicture,
  createColorTables,
  layoutPlot,
  nextDisplayScale,
  nowTimeOf,
  heatRuns,
  observeScale,
  readoutAt,
  type ColorTables,
  type Cursor,
  type DisplayScale,
  type DrawList,
  type Messages,
  type PaletteName,
  type PictureInput,
  type PictureTheme,
  type Readout,
  type Viewport,
} from '@liquidation-heatmap/picture';
import { OverlayPainter } from '../paint/canvas/overlay-painter.js';
import { heatBox } from '../paint/heat-box.js';
import { HeatLayer } from '../paint/heat-layer.js';
import { pageScheduler } from '../paint/page-scheduler.js';
import { PAINT_LEVEL, type PaintLevel } from '../paint/paint-level.js';
import { watchPixelSize, type PixelSize } from '../paint/pixel-size.js';
import type { PaintHandle } from '../paint/scheduler.js';
import type { VisibleRange } from './view-controller.js';

/** What is to be painted; the element gathers it anew for each paint. */
export interface Scene {
  readonly frame: HeatmapFrame;
  readonly status: SourceStatus | undefined;
  readonly range: VisibleRange;
  readonly theme: PictureTheme;
  readonly palette: {
    readonly long: PaletteName | readonly string[];
    readonly short: PaletteName | readonly string[] | undefined;
  };
  readonly messages: Messages;
  readonly locale: string;
  readonly timeZone: string;
}

/** Where a picture is painted: elements of one shadow root. */
export interface Stage {
  readonly stage: HTMLElement;
  readonly heat: HTMLElement;
  readonly overlay: HTMLCanvasElement;
}

/** What the owner answers and hears. */
export interface PictureOwner {
  /** Undefined while there is nothing to show. */
  scene(level: PaintLevel): Scene | undefined;
  painted(level: PaintLevel): void;
}

/** Lightness grows slower than exposure at the quiet end, so that clusters stand out of what surrounds them. */
const GAMMA = 1.8;

/** Paints one widget when asked, through the page's one scheduler: heat on its own canvas, everything else above it. */
export class PictureController {
  readonly #owner: PictureOwner;
  #stage: Stage | undefined;
  #size: PixelSize | undefined;
  #layer: HeatLayer | undefined;
  #overlay: OverlayPainter | undefined;
  #handle: PaintHandle | undefined;
  #stopSize: (() => void) | undefined;
  #view: Viewport | undefined;
  #base: DrawList | undefined;
  #tables: ColorTables | undefined;
  #tablesKey = '';
  #scale: DisplayScale | undefined;
  #frame: HeatmapFrame | undefined;
  /** Crosshair, CSS pixels of the stage. */
  cursor: Cursor | undefined;

  constructor(owner: PictureOwner) {
    this.#owner = owner;
  }

  /** The view as last laid out; undefined before the first paint. */
  get view(): Viewport | undefined {
    return this.#view;
  }

  get displayScale(): DisplayScale | undefined {
    return this.#scale;
  }

  get colorTables(): ColorTables | undefined {
    return this.#tables;
  }

  /** Which painter shows the heat; undefined before the first paint. */
  get painterKind(): 'webgl' | 'canvas2d' | undefined {
    return this.#layer?.kind;
  }

  /** Starts painting on a stage. */
  attach(stage: Stage): void {
    this.detach();
    this.#stage = stage;
    this.#layer = new HeatLayer({ host: stage.heat, onRepaint: () => this.invalidate(PAINT_LEVEL.full) });
    this.#overlay = new OverlayPainter(stage.overlay);
    this.#handle = pageScheduler().add((level) => this.#paint(level));
    this.#stopSize = watchPixelSize(stage.stage, (size) => {
      this.#size = size;
      this.invalidate(PAINT_LEVEL.full);
    });
  }

  /** Gives back canvas, context and observers. */
  detach(): void {
    this.#stopSize?.();
    this.#handle?.remove();
    this.#layer?.release();
    this.#stopSize = this.#handle = this.#layer = this.#overlay = this.#stage = undefined;
    this.#view = this.#base = undefined;
  }

  /** Forgets the scale of colors: another symbol or source begins. */
  forget(): void {
    this.#scale = undefined;
    this.#base = undefined;
    this.#frame = undefined;
    this.cursor = undefined;
  }

  invalidate(level: PaintLevel): void {
    this.#handle?.invalidate(level);
  }

  setVisible(isVisible: boolean): void {
    this.#handle?.setVisible(isVisible);
  }

  /** Pixels of the heat as painted, for tests and exports; paints first, since a WebGL canvas keeps nothing. */
  readPixels(): Uint8ClampedArray | undefined {
    this.#paint(PAINT_LEVEL.full);
    return this.#layer?.readPixels();
  }

  /** What stands under the crosshair; `venues` of a column other than the present comes from the source. */
  readout(venues?: readonly VenueSplit[]): Readout | undefined {
    if (this.cursor === undefined || this.#frame === undefined || this.#view === undefined) return undefined;
    const readout = readoutAt(this.#frame, this.#view, this.cursor.x, this.cursor.y);
    if (readout?.cell === undefined || readout.cell.venues !== undefined || venues === undefined) return readout;
    return { ...readout, cell: { ...readout.cell, venues } };
  }

  #paint(level: PaintLevel): void {
    const size = this.#size;
    const overlay = this.#overlay;
    if (size === undefined || overlay === undefined || size.widthPx < 1 || size.heightPx < 1) return;
    const scene = this.#owner.scene(level);
    this.#showHeat(scene !== undefined);
    if (scene === undefined) {
      this.#base = undefined;
      overlay.paint([], blankTheme, { ...size, plot: { x: 0, y: 0, width: 0, height: 0 } });
      return;
    }
    const view = viewportOf(scene.range, size);
    const input = this.#input(scene, view);
    this.#view = view;
    this.#frame = scene.frame;
    if (level >= PAINT_LEVEL.data) this.#paintHeat(scene, view);
    if (level > PAINT_LEVEL.cursor || this.#base === undefined)
      this.#base = buildPicture({ ...input, cursor: undefined });
    overlay.paint([this.#base, buildCrosshair(input)], scene.theme, { ...size, plot: view.plot });
    this.#owner.painted(level);
  }

  /** Hides heat that belongs to no scene any more; its canvas keeps the last picture. */
  #showHeat(isShown: boolean): void {
    if (this.#stage !== undefined) this.#stage.heat.hidden = !isShown;
  }

  #paintHeat(scene: Scene, view: Viewport): void {
    const nowTime = nowTimeOf(scene.frame);
    const { tiles } = scene.frame;
    this.#scale = nextDisplayScale(this.#scale, observeScale(heatRuns(tiles, view, nowTime), view));
    if (this.#scale === undefined || this.#layer === undefined || this.#stage === undefined) return;
    const box = heatBox(view.plot, view.pixelRatio);
    const { style } = this.#stage.heat;
    style.setProperty('left', `${box.x}px`);
    style.setProperty('top', `${box.y}px`);
    style.setProperty('width', `${box.width}px`);
    style.setProperty('height', `${box.height}px`);
    this.#layer.resize(box.widthPx, box.heightPx);
    this.#layer.draw({ tiles, view, tables: this.#tablesFor(scene), displayScale: this.#scale, nowTime });
  }

  #tablesFor({ theme, palette }: Scene): ColorTables {
    const key = JSON.stringify([theme.scheme, palette]);
    if (this.#tables !== undefined && key === this.#tablesKey) return this.#tables;
    this.#tablesKey = key;
    const short = palette.short === undefined ? {} : { shortPalette: palette.short };
    this.#tables = createColorTables({
      palette: palette.long,
      scheme: theme.scheme,
      gamma: GAMMA,
      ...short,
    });
    return this.#tables;
  }

  #input(scene: Scene, view: Viewport): PictureInput {
    const { frame, status, theme, locale, timeZone, messages } = scene;
    // The label stands in the header as real text; a second one would cover cells.
    return {
      frame,
      status,
      view,
      theme,
      locale,
      timeZone,
      messages,
      cursor: this.cursor,
      options: { hasEstimatedLabel: false },
    };
  }
}

/** A view of the whole stage. */
function viewportOf(range: VisibleRange, size: PixelSize): Viewport {
  const plot = layoutPlot(size.cssWidth, size.cssHeight);
  return { ...range, plot, width: size.cssWidth, height: size.cssHeight, pixelRatio: size.pixelRatio };
}

const blankTheme = { scheme: 'dark', font: 'sans-serif', monoFont: 'monospace', fontSize: 12 } as PictureTheme;
