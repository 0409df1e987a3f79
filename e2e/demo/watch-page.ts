/** What the watch has noted of a page so far. */
export interface Watched {
  readonly violations: string[];
  /** Details of `lh-error`. */
  readonly errors: Record<string, unknown>[];
  /** Details of `lh-warning`. */
  readonly warnings: Record<string, unknown>[];
  /** Market times of `lh-update`, ms. */
  readonly updates: number[];
  /** Lengths of long tasks, ms. */
  readonly longTasks: number[];
  /** Kinds of WebGL contexts that were given out. */
  readonly contexts: string[];
  /** Layout shifts: their size and what moved. */
  readonly shifts: string[];
  /** Frame messages of workers, as bytes. */
  readonly frames: Uint8Array[];
  /** Kind of the context a canvas has. */
  kindOf(canvas: HTMLCanvasElement): string | undefined;
}

/** Runs in the page before its own scripts: notes what must be counted and changes nothing. */
export function watchPage(): void {
  const kinds = new WeakMap<HTMLCanvasElement, string>();
  const watched: Watched = {
    violations: [],
    errors: [],
    warnings: [],
    updates: [],
    longTasks: [],
    contexts: [],
    shifts: [],
    frames: [],
    kindOf: (canvas) => kinds.get(canvas),
  };
  Object.assign(globalThis, { watched });
  addEventListener('securitypolicyviolation', (event) => {
    watched.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  addEventListener('lh-error', (event) => watched.errors.push((event as CustomEvent).detail));
  addEventListener('lh-warning', (event) => watched.warnings.push((event as CustomEvent).detail));
  addEventListener('lh-update', (event) => watched.updates.push((event as CustomEvent<{ time: number }>).detail.time));
  const observe = (type: string, take: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('longtask', ({ duration }) => watched.longTasks.push(Math.round(duration)));
  observe('layout-shift', (entry) => {
    type Source = { readonly previousRect: DOMRectReadOnly; readonly currentRect: DOMRectReadOnly };
    const { value, sources } = entry as unknown as { value: number; sources: readonly Source[] };
    const placeOf = ({ x, y, width, height }: DOMRectReadOnly): string =>
      `${[x, y, width, height].map(Math.round).join(' ')}`;
    const moved = sources.map(({ previousRect, currentRect }) => `${placeOf(previousRect)} -> ${placeOf(currentRect)}`);
    watched.shifts.push(`${value} ${moved.join(', ')}`);
  });

  const canvas = HTMLCanvasElement.prototype;
  const given = canvas.getContext as (
    this: HTMLCanvasElement,
    type: string,
    options?: unknown,
  ) => RenderingContext | null;
  canvas.getContext = function (this: HTMLCanvasElement, type: string, options?: unknown) {
    const context = given.call(this, type, options);
    if (context !== null && !kinds.has(this)) {
      kinds.set(this, type);
      if (type.startsWith('webgl')) watched.contexts.push(type);
    }
    return context;
  } as typeof canvas.getContext;

  const NativeWorker = globalThis.Worker;
  globalThis.Worker = class extends NativeWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        if (data.kind === 'frames') watched.frames.push(...data.messages.map((bytes: Uint8Array) => bytes.slice()));
      });
    }
  };
}
