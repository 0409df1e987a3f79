import { css } from 'lit';

/** Layout of the element: a reserved box, one grid whose areas move with the element's own width. */
export const styles = css`
  :host {
    display: block;
    position: relative;
    box-sizing: border-box;
    aspect-ratio: var(--lh-aspect-ratio, 16 / 9);
    min-height: var(--lh-min-height, 360px);
    /* Without these the least height would widen a narrow box through its aspect ratio, beyond the page. */
    min-width: 0;
    max-width: 100%;
    contain: content;
    container: lh-heatmap / inline-size;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_fg);
    font: 400 var(--_font-size) / 1.35 var(--_font);
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  .base {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template:
      'name notes status tools' auto 'glance glance glance glance' auto 'stage stage stage stage' minmax(0, 1fr)
      'legend legend legend legend' auto / auto minmax(0, 1fr) auto auto;
  }
  .base[data-layout='compact'],
  .base[data-layout='mini'] {
    grid-template:
      'name status status' auto 'notes notes notes' auto 'glance glance glance' auto 'stage stage stage' minmax(0, 1fr)
      'legend legend tools' auto / auto minmax(0, 1fr) auto;
  }
  .name {
    grid-area: name;
    display: flex;
    align-items: baseline;
    gap: 10px;
    min-width: 0;
    padding: 10px 0 10px 14px;
    white-space: nowrap;
  }
  .symbol {
    font-size: 15px;
    font-weight: 650;
    letter-spacing: 0.01em;
  }
  .price {
    min-width: 8ch;
    font-size: 15px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .notes {
    grid-area: notes;
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    padding-inline: 14px;
    color: var(--_muted);
    white-space: nowrap;
    overflow: hidden;
  }
  .estimated {
    flex: none;
    padding: 1px 7px;
    border: 1px solid var(--_border);
    border-radius: 999px;
    color: var(--_fg);
    font-size: 11px;
    font-weight: 550;
    letter-spacing: 0.02em;
  }
  .note {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .status {
    grid-area: status;
    display: flex;
    align-items: center;
    gap: 7px;
    padding-inline: 8px 14px;
    min-width: 0;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .status span + span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_muted);
  }
  .status[data-tone='good'] .dot {
    background: var(--_live);
  }
  .status[data-tone='plain'] .dot {
    background: var(--_accent);
  }
  .status[data-tone='warn'] {
    color: var(--_warn);
  }
  .status[data-tone='warn'] .dot {
    border-radius: 1px;
    background: var(--_warn);
    rotate: 45deg;
  }
  .status[data-tone='bad'] {
    color: var(--_danger);
  }
  .status[data-tone='bad'] .dot {
    border-radius: 1px;
    background: var(--_danger);
  }
  .tools {
    grid-area: tools;
    display: flex;
    padding-inline-end: 4px;
  }
  button {
    box-sizing: border-box;
    min-width: var(--_hit);
    height: var(--_hit);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--_muted);
    font: inherit;
    cursor: pointer;
    transition:
      color var(--_transition),
      background-color var(--_transition);
  }
  button:hover {
    background: color-mix(in srgb, var(--_fg) 8%, transparent);
    color: var(--_fg);
  }
  button[aria-pressed='true'] {
    color: var(--_accent);
  }
  button:disabled {
    background: none;
    color: color-mix(in srgb, var(--_muted) 45%, transparent);
    cursor: default;
  }
  button svg {
    display: block;
    width: 18px;
    height: 18px;
    margin: auto;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .stage {
    grid-area: stage;
    position: relative;
    min-height: 0;
    overflow: hidden;
    border-block: 1px solid var(--_border);
    background: var(--_surface);
    cursor: crosshair;
    outline: none;
    user-select: none;
    -webkit-user-select: none;
  }
  :is(.stage, button):focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    z-index: 3;
    border: 2px solid var(--_focus);
    border-radius: inherit;
    pointer-events: none;
  }
  button:focus-visible {
    position: relative;
    outline: none;
  }
  .heat,
  .overlay {
    position: absolute;
    display: block;
    pointer-events: none;
  }
  .overlay {
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .stage[data-dimmed='true'] .heat {
    filter: saturate(0.2);
  }
  .legend {
    grid-area: legend;
    min-width: 0;
  }
  .probe {
    position: absolute;
    width: 0;
    height: 0;
    overflow: hidden;
    visibility: hidden;
    color: var(--_fg);
    background-color: var(--_surface);
    border-color: var(--_accent);
    outline-color: var(--_long);
    text-decoration-color: var(--_up);
    caret-color: var(--_price-line);
    font: 400 var(--_font-size) / 1.35 var(--_font);
    transition: all 1ms;
  }
  .announcer {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [hidden] {
    display: none !important;
  }

  .base[data-layout='compact'] .name,
  .base[data-layout='mini'] .name {
    padding: 10px 0 4px 12px;
    gap: 7px;
  }
  .base[data-layout='compact'] :is(.symbol, .price),
  .base[data-layout='mini'] :is(.symbol, .price) {
    font-size: 14px;
  }
  .base[data-layout='compact'] .price,
  .base[data-layout='mini'] .price {
    min-width: 7ch;
  }
  .base[data-layout='compact'] .status,
  .base[data-layout='mini'] .status {
    justify-content: flex-end;
    gap: 6px;
    padding: 10px 12px 4px 8px;
  }
  .base[data-layout='compact'] .notes,
  .base[data-layout='mini'] .notes {
    padding: 0 12px 8px;
  }
  .base[data-layout='mini'] .tools {
    display: none;
  }
  @container lh-heatmap (inline-size >= 1100px) {
    .symbol,
    .price {
      font-size: 17px;
    }
    .base {
      font-size: 13px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    button,
    .skeleton * {
      transition: none;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .estimated,
    .stage {
      border-color: CanvasText;
    }
    .heat,
    .legend-bar {
      forced-color-adjust: none;
    }
  }
`;
