import { createContext } from './create-context.js';

/** A canvas with a WebGL context, on loan. */
export interface ContextLease {
  readonly canvas: HTMLCanvasElement;
  readonly gl: WebGLRenderingContext;
  /** Frees the context at once; waiting for garbage collection would keep one of the page's 16 places. */
  release(): void;
}

/** Chromium and WebKit keep 16 contexts a page and blank the oldest beyond; the page's own content may need some. */
const MOST_CONTEXTS = 12;
/** Version in the key: a copy of the bundle with another registry contract must not pick this one up. */
const KEY = Symbol.for('liquidation-heatmap.contexts.1');

/** Lends WebGL contexts to all widgets of a page. The one place to change when they come to share a context. */
export class ContextRegistry {
  readonly #create: (canvas: HTMLCanvasElement) => WebGLRenderingContext | undefined;
  readonly #said = new Set<string>();
  #lent = 0;

  constructor(create: (canvas: HTMLCanvasElement) => WebGLRenderingContext | undefined = createContext) {
    this.#create = create;
  }

  /** Contexts lent and not given back. */
  get lent(): number {
    return this.#lent;
  }

  /** A new canvas with a context, or the reason why there is none. */
  acquire(): ContextLease | string {
    if (this.#lent >= MOST_CONTEXTS) return `${MOST_CONTEXTS} charts of this page already use WebGL`;
    const canvas = document.createElement('canvas');
    const gl = this.#create(canvas);
    if (gl === undefined) return 'WebGL with 32-bit shader floats is not available';
    this.#lent++;
    let isLent = true;
    const release = (): void => {
      if (!isLent) return;
      isLent = false;
      this.#lent--;
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      canvas.remove();
    };
    return { canvas, gl, release };
  }

  /** True the first time a reason is given on this page. */
  isNews(reason: string): boolean {
    if (this.#said.has(reason)) return false;
    this.#said.add(reason);
    return true;
  }
}

/** The page's one registry, made at first use and shared by every copy of this package on the page. */
export function pageContexts(): ContextRegistry {
  const page = globalThis as { [KEY]?: ContextRegistry };
  page[KEY] ??= new ContextRegistry();
  return page[KEY];
}
