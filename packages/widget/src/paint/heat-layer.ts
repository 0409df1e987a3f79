import type { HeatRequest } from '@liquidation-heatmap/picture';
import { CanvasHeatPainter } from './canvas/canvas-heat-painter.js';
import capturedCode from './gl/captured-code.js';
import { pageContexts, type ContextLease, type ContextRegistry } from './gl/context-registry.js';
import { GlHeatPainter } from './gl/gl-heat-painter.js';
import { strictCache, type CapturedCode } from './gl/strict-cache.js';
import type { HeatPainter } from './heat-painter.js';

/** What a layer is built on; host and `onRepaint` are needed. */
export interface HeatLayerOptions {
  /** Gets the canvas as its only child; the canvas fills it. */
  readonly host: HTMLElement;
  /** The picture is gone and a `draw` can bring it back: after a restored context or a change of painter. */
  readonly onRepaint: () => void;
  readonly contexts?: ContextRegistry;
  readonly capturedCode?: CapturedCode;
  /** Milliseconds on a steady clock. */
  readonly now?: () => number;
}

/** Two losses within this time: the device cannot hold the context, and WebGL is given up. */
const LOSS_WINDOW_MS = 60_000;
/** A context evicted for another page's comes back only when that one goes: longer than this nobody waits for a picture. */
const RESTORE_PATIENCE_MS = 1_000;

/** A HeatPainter's canvas in the page: chooses the painter, survives a lost context, and lets go of the GPU when asked. */
export class HeatLayer {
  readonly #options: HeatLayerOptions;
  readonly #contexts: ContextRegistry;
  #painter: HeatPainter | undefined;
  #lease: ContextLease | undefined;
  #widthPx = 1;
  #heightPx = 1;
  #canUseGl = true;
  #lastLoss = Number.NEGATIVE_INFINITY;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #listening = new AbortController();
  #checked: HeatPainter | undefined;

  constructor(options: HeatLayerOptions) {
    this.#options = options;
    this.#contexts = options.contexts ?? pageContexts();
  }

  /** What paints at the moment; undefined before the first draw, while released and while a context is lost. */
  get kind(): HeatPainter['kind'] | undefined {
    return this.#painter?.kind;
  }

  /** Size of the canvas in device pixels, see `heatBox`. */
  resize(widthPx: number, heightPx: number): void {
    if (widthPx === this.#widthPx && heightPx === this.#heightPx) return;
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
    this.#painter?.resize(widthPx, heightPx);
  }

  /** Paints; nothing happens while a context is lost, since `onRepaint` will be called. */
  draw(request: HeatRequest): void {
    if (this.#painter === undefined && this.#lease === undefined) this.#start();
    const isGl = this.#painter?.kind === 'webgl';
    try {
      this.#painter?.draw(request);
      if (isGl && this.#hasGlError()) throw new Error('WebGL refused the drawing');
    } catch (error) {
      if (!isGl) throw error;
      this.#useCanvas(messageOf(error));
      this.#painter?.draw(request);
    }
  }

  /** Pixels of the last draw, see `HeatPainter`. */
  readPixels(): Uint8ClampedArray | undefined {
    return this.#painter?.readPixels();
  }

  /** Gives canvas and context back; the next draw takes new ones. For widgets far off screen. */
  release(): void {
    clearTimeout(this.#patience);
    this.#listening.abort();
    this.#painter?.dispose();
    this.#painter?.canvas.remove();
    this.#painter = undefined;
    this.#lease?.release();
    this.#lease = undefined;
  }

  #start(): void {
    if (!this.#canUseGl) return this.#show(new CanvasHeatPainter(document.createElement('canvas')));
    const lease = this.#contexts.acquire();
    if (typeof lease === 'string') return this.#useCanvas(lease);
    this.#lease = lease;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    lease.canvas.addEventListener('webglcontextlost', (event) => this.#lost(event), { signal });
    lease.canvas.addEventListener('webglcontextrestored', () => this.#restored(), { signal });
    this.#startGl(lease);
  }

  #startGl({ canvas, gl }: ContextLease): void {
    try {
      this.#show(new GlHeatPainter(canvas, gl, strictCache(this.#options.capturedCode ?? capturedCode)));
    } catch (error) {
      this.#useCanvas(messageOf(error));
    }
  }

  #show(painter: HeatPainter): void {
    this.#painter = painter;
    painter.resize(this.#widthPx, this.#heightPx);
    const { style } = painter.canvas;
    // Through CSSOM: a style attribute would break `style-src 'self'`.
    style.setProperty('display', 'block');
    style.setProperty('width', '100%');
    style.setProperty('height', '100%');
    style.setProperty('image-rendering', 'pixelated');
    this.#options.host.replaceChildren(painter.canvas);
  }

  #useCanvas(reason: string): void {
    this.release();
    this.#canUseGl = false;
    if (this.#contexts.isNews(reason)) console.info(`liquidation-heatmap paints without WebGL: ${reason}`);
    this.#show(new CanvasHeatPainter(document.createElement('canvas')));
  }

  #lost(event: Event): void {
    // Without this the browser never restores the context.
    event.preventDefault();
    this.#painter?.dispose();
    this.#painter = undefined;
    const now = this.#now();
    const isSecond = now - this.#lastLoss < LOSS_WINDOW_MS;
    this.#lastLoss = now;
    if (isSecond) this.#giveUp('the context was lost twice within a minute');
    else this.#patience = setTimeout(() => this.#giveUp('a lost context did not come back'), RESTORE_PATIENCE_MS);
  }

  #restored(): void {
    clearTimeout(this.#patience);
    if (this.#lease !== undefined) this.#startGl(this.#lease);
    this.#options.onRepaint();
  }

  #giveUp(reason: string): void {
    this.#useCanvas(reason);
    this.#options.onRepaint();
  }

  /** Asks once a painter, since the answer waits for the GPU; a program that did not link shows here first. */
  #hasGlError(): boolean {
    if (this.#lease === undefined || this.#checked === this.#painter) return false;
    this.#checked = this.#painter;
    const code = this.#lease.gl.getError();
    return code !== 0 && code !== this.#lease.gl.CONTEXT_LOST_WEBGL;
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
