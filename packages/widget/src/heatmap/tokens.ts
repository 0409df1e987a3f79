import { css } from 'lit';

/**
 * Every token of the public list with its default, under a private name: a page may set `--lh-*` on the element or on any
 * ancestor. `light-dark()` follows the element's `color-scheme`, which `theme` sets or the page decides.
 */
export const tokens = css`
  :host {
    color-scheme: inherit;
    --_bg: var(--lh-bg, light-dark(#ffffff, #0c0f14));
    --_surface: var(--lh-surface, light-dark(#ffffff, #0c0f14));
    --_fg: var(--lh-fg, light-dark(#12161c, #e9edf3));
    --_muted: var(--lh-muted, light-dark(#566070, #97a2b2));
    --_border: var(--lh-border, light-dark(#dfe3e9, #222935));
    --_grid: var(--lh-grid, light-dark(rgb(18 22 28 / 9%), rgb(233 237 243 / 8%)));
    --_accent: var(--lh-accent, light-dark(#1f5fd0, #78adff));
    --_focus: var(--lh-focus, var(--_accent));
    --_up: var(--lh-up, light-dark(#0b7a6a, #5fe3cf));
    --_down: var(--lh-down, light-dark(#3d4658, #c3cede));
    --_long: var(--lh-long, light-dark(#9a5b00, #ffb454));
    --_short: var(--lh-short, light-dark(#1f5fd0, #78adff));
    --_price-line: var(--lh-price-line, light-dark(#12161c, #ffffff));
    --_crosshair: var(--lh-crosshair, light-dark(#3d4658, #c3cede));
    --_warn: var(--lh-warn, light-dark(#8a5a00, #f0b849));
    --_danger: var(--lh-danger, light-dark(#b3261e, #ff8a80));
    --_live: light-dark(#0b7a6a, #3ddbb6);
    --_tooltip-bg: var(--lh-tooltip-bg, light-dark(#eef1f6, #171c25));
    --_tooltip-fg: var(--lh-tooltip-fg, var(--_fg));
    --_font: var(--lh-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
    --_font-mono: var(
      --lh-font-mono,
      ui-monospace,
      'SF Mono',
      'Cascadia Mono',
      Menlo,
      Consolas,
      'Liberation Mono',
      monospace
    );
    --_font-size: var(--lh-font-size, 12px);
    --_radius: var(--lh-radius, 8px);
    --_space: var(--lh-space, 8px);
    --_shadow: var(--lh-shadow, 0 6px 24px rgb(0 0 0 / 28%));
    --_hit: var(--lh-hit-size, 44px);
    --_transition: var(--lh-transition, 120ms ease-out);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
