import type { PictureTheme } from '@liquidation-heatmap/picture';
import { resolveColor } from './resolve-color.js';

/** Tokens that become colors of the picture: role of the theme -> private custom property of the style sheet. */
const TOKENS = {
  surface: '--_surface',
  foreground: '--_fg',
  muted: '--_muted',
  border: '--_border',
  grid: '--_grid',
  accent: '--_accent',
  up: '--_up',
  down: '--_down',
  long: '--_long',
  short: '--_short',
  priceLine: '--_price-line',
  crosshair: '--_crosshair',
  warn: '--_warn',
  danger: '--_danger',
  tooltipBackground: '--_tooltip-bg',
  tooltipForeground: '--_tooltip-fg',
} as const satisfies Partial<Record<keyof PictureTheme, string>>;

/** Stops of a `palette="custom"`. */
const PALETTE_STOPS = 9;

/** Reads the tokens of one element as resolved colors, and hears when any of them changes. */
export class ThemeController {
  readonly #onChange: () => void;
  #probe: HTMLElement | undefined;
  #stop: AbortController | undefined;
  #theme: PictureTheme | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /**
   * Starts reading from a probe inside the shadow root. The style sheet gives the probe a 1 ms transition on the properties
   * that carry the main tokens, so a change of class, `color-scheme` or token anywhere above is heard as a transition.
   */
  watch(probe: HTMLElement): void {
    if (probe === this.#probe && this.#stop !== undefined) return;
    this.unwatch();
    this.#probe = probe;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    probe.addEventListener('transitionend', () => this.invalidate(), { signal });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.invalidate(), { signal });
    matchMedia('(forced-colors: active)').addEventListener('change', () => this.invalidate(), { signal });
  }

  /** Stops listening; the last theme stays. */
  unwatch(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  /** Forgets the resolved colors and tells the owner. */
  invalidate(): void {
    this.#theme = undefined;
    this.#onChange();
  }

  /** The resolved theme; undefined before the first render. */
  get theme(): PictureTheme | undefined {
    if (this.#theme === undefined && this.#probe !== undefined) this.#theme = readTheme(this.#probe);
    return this.#theme;
  }

  /** The nine stops of `palette="custom"`, darkest first, or undefined when the page set none. */
  customStops(side: '' | 'long-' | 'short-' = ''): readonly string[] | undefined {
    const probe = this.#probe;
    if (probe === undefined) return undefined;
    const styles = getComputedStyle(probe);
    const names = Array.from({ length: PALETTE_STOPS }, (_, i) => `--lh-palette-${side}${i}`);
    if (names.some((name) => styles.getPropertyValue(name).trim() === '')) return undefined;
    return names.map((name) => resolveColor(probe, `var(${name})`).hex);
  }
}

function readTheme(probe: HTMLElement): PictureTheme {
  const colors = Object.fromEntries(
    Object.entries(TOKENS).map(([role, token]) => [role, resolveColor(probe, `var(${token})`).css]),
  );
  const styles = getComputedStyle(probe);
  const surface = resolveColor(probe, 'var(--_surface)');
  return {
    ...(colors as Record<keyof typeof TOKENS, string>),
    scheme: surface.luminance > 0.4 ? 'light' : 'dark',
    font: styles.fontFamily,
    monoFont: styles.getPropertyValue('--_font-mono').trim(),
    // Axes are read one by one, not in sentences: a pixel smaller than the words around them.
    fontSize: Number.parseFloat(styles.fontSize) - 1,
  };
}
