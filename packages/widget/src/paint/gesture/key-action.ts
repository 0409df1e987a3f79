/** What a key asks of the chart; `step` moves the crosshair by cells, columns to the right and rows upwards. */
export type KeyAction =
  | { readonly kind: 'step'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'edge'; readonly edge: 'oldest' | 'newest' }
  /** Spans are divided by the factor (above 1 = closer) about the crosshair, or the middle where there is none. */
  | { readonly kind: 'zoom'; readonly factor: number }
  /** The next cluster at a higher price (1) or at a lower one (-1). */
  | { readonly kind: 'cluster'; readonly step: 1 | -1 }
  | { readonly kind: 'fit' }
  | { readonly kind: 'leave' };

/** The part of a `KeyboardEvent` that decides. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Cells a page key or a shifted arrow moves. */
const LEAP = 10;
const KEY_ZOOM = 1.25;

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  'ArrowLeft': { kind: 'step', columns: -1, rows: 0 },
  'ArrowRight': { kind: 'step', columns: 1, rows: 0 },
  'ArrowUp': { kind: 'step', columns: 0, rows: 1 },
  'ArrowDown': { kind: 'step', columns: 0, rows: -1 },
  'PageUp': { kind: 'step', columns: 0, rows: LEAP },
  'PageDown': { kind: 'step', columns: 0, rows: -LEAP },
  'Home': { kind: 'edge', edge: 'oldest' },
  'End': { kind: 'edge', edge: 'newest' },
  '+': { kind: 'zoom', factor: KEY_ZOOM },
  '=': { kind: 'zoom', factor: KEY_ZOOM },
  '-': { kind: 'zoom', factor: 1 / KEY_ZOOM },
  '[': { kind: 'cluster', step: -1 },
  ']': { kind: 'cluster', step: 1 },
  '0': { kind: 'fit' },
  'Escape': { kind: 'leave' },
};

/** What a key press asks, or undefined for a key that is the page's: anything with Ctrl, Alt or Meta. */
export function keyAction(press: KeyPress): KeyAction | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const action = Object.hasOwn(ACTIONS, press.key) ? ACTIONS[press.key] : undefined;
  if (action?.kind !== 'step' || !press.shiftKey) return action;
  return { kind: 'step', columns: action.columns * LEAP, rows: action.rows * LEAP };
}
