/**
 * Runs in the page before its own scripts. Notes frame messages as the page takes them, and after every animation frame that painted
 * the overlay whether the tag of the last price really has other pixels than before. Times are unix ms with fractions.
 */
import type { LiquidationHeatmap } from '../../../packages/widget/src/index.js';

/** One animation frame that painted the overlay. */
export interface NotedPaint {
  /** Unix ms at the end of the frame's main-thread work: the first task after it. */
  readonly at: number;
  /** The element's `lastPrice`, and so the text of the tag as it was drawn. */
  readonly price: number;
  /** The tag's pixels differ from those of the paint before; undefined where no tag was drawn with this price, or nothing was read. */
  readonly hasChanged: boolean | undefined;
  /** Unix ms at which the pixels had been read back, so that the GPU had drawn them. The main thread waits for it. */
  readonly readAt: number;
}

/** A batch of frame messages as the page took it. */
export interface TakenBatch {
  readonly at: number;
  /** Counted from the worker's first batch on. */
  readonly index: number;
  /** Bytes in base64. */
  readonly messages: readonly string[];
}

/** A task of 50 ms or more, or an animation frame that took as long with all its waiting, as the browser tells it. */
export interface NotedTask {
  readonly kind: 'longtask' | 'long-animation-frame';
  readonly at: number;
  readonly durationMs: number;
  /** Functions that an animation frame of that length called, with their milliseconds; empty for other tasks. */
  readonly scripts: readonly string[];
}

/** What the page's probe has noted since it was last asked. */
export interface PageNotes {
  readonly paints: readonly NotedPaint[];
  readonly batches: readonly TakenBatch[];
  readonly tasks: readonly NotedTask[];
}

/** What the page's scope offers. */
export interface ProbedPage {
  /** The notes since the last call. Pixels of later paints are read back only where `readsPixels`, since that holds the main thread up. */
  takePixelNotes(readsPixels: boolean): PageNotes;
  /** Unix ms of the newest batch of frame messages, and paints since the last taking. */
  pixelState(): { readonly newest: number; readonly paints: number };
}

interface ScriptTiming {
  readonly duration: number;
  readonly invoker: string;
  readonly sourceFunctionName: string;
}

/** Size of the tag's box that is compared, device pixels at a ratio of 1. */
const TAG_WIDTH = 64;
const TAG_HEIGHT = 16;

const now = (): number => performance.timeOrigin + performance.now();
let paints: NotedPaint[] = [];
let tasks: NotedTask[] = [];
let batches: { readonly at: number; readonly index: number; readonly messages: readonly Uint8Array[] }[] = [];
let batchCount = 0;
let isReading = false;
const offered: ProbedPage = {
  takePixelNotes: (readsPixels) => {
    isReading = readsPixels;
    const inText = batches.map((batch) => ({ ...batch, messages: batch.messages.map(base64) }));
    const taken = { paints, tasks, batches: inText };
    [paints, tasks, batches] = [[], [], []];
    return taken;
  },
  pixelState: () => ({ newest: batches.at(-1)?.at ?? 0, paints: paints.length }),
};
Object.assign(globalThis, offered);

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

for (const kind of ['longtask', 'long-animation-frame'] as const) {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { scripts = [] } = entry as unknown as { readonly scripts?: readonly ScriptTiming[] };
      tasks.push({
        kind,
        at: performance.timeOrigin + entry.startTime,
        durationMs: entry.duration,
        scripts: scripts.map((s) => `${s.invoker} ${s.sourceFunctionName} ${s.duration.toFixed(0)} ms`),
      });
    }
  }).observe({ type: kind, buffered: true });
}

const NativeWorker = globalThis.Worker;
globalThis.Worker = class extends NativeWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.addEventListener('message', ({ data }: MessageEvent<{ kind: string; messages: readonly Uint8Array[] }>) => {
      if (data.kind === 'frames')
        batches.push({ at: now(), index: batchCount++, messages: data.messages.map((bytes) => bytes.slice()) });
    });
  }
};

/** Numbers drawn on the overlay in the present frame, and where. */
const drawn = new Map<number, { readonly x: number; readonly y: number; readonly context: CanvasRenderingContext2D }>();
const { port1, port2 } = new MessageChannel();
let isAsked = false;
const prototype = CanvasRenderingContext2D.prototype;
const { fillText } = prototype;
prototype.fillText = function (text: string, x: number, y: number, ...rest: [number?]) {
  fillText.call(this, text, x, y, ...rest);
  const value = Number(text.replaceAll(',', ''));
  if (Number.isNaN(value)) return;
  drawn.set(value, { x, y, context: this });
  // A message sent in an animation frame is delivered in the first task after it.
  if (!isAsked) port2.postMessage(undefined);
  isAsked = true;
};

const copy = document.createElement('canvas');
[copy.width, copy.height] = [TAG_WIDTH, TAG_HEIGHT];
const copied = copy.getContext('2d', { willReadFrequently: true });
let before: Uint8ClampedArray | undefined;
port1.onmessage = () => {
  const at = now();
  const price = document.querySelector<LiquidationHeatmap>('liquidation-heatmap')?.lastPrice ?? Number.NaN;
  const tag = [...drawn].find(([value]) => Math.abs(value - price) < 1e-6)?.[1];
  let hasChanged: boolean | undefined;
  if (isReading && tag !== undefined && copied !== null) {
    const [left, top] = [Math.round(tag.x), Math.round(tag.y) - TAG_HEIGHT / 2];
    copied.clearRect(0, 0, TAG_WIDTH, TAG_HEIGHT);
    copied.drawImage(tag.context.canvas, left, top, TAG_WIDTH, TAG_HEIGHT, 0, 0, TAG_WIDTH, TAG_HEIGHT);
    const { data } = copied.getImageData(0, 0, TAG_WIDTH, TAG_HEIGHT);
    hasChanged = before === undefined || data.some((byte, i) => byte !== before?.[i]);
    before = data;
  }
  drawn.clear();
  isAsked = false;
  paints.push({ at, price, hasChanged, readAt: now() });
};
