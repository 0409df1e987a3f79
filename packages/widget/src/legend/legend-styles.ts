import { css } from 'lit';

/** The legend: a bar of the palette with values, the unit and the scale mode. */
export const legendStyles = css`
  .legend {
    display: flex;
    align-items: center;
    gap: 6px 16px;
    min-height: 40px;
    padding: 4px 14px;
    box-sizing: border-box;
    color: var(--_muted);
    font-size: 11px;
  }
  .legend-scale {
    flex: 0 1 340px;
    min-width: 150px;
  }
  .legend-bar {
    position: static;
    display: block;
    width: 100%;
    height: 8px;
    border-radius: 2px;
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_border);
    image-rendering: auto;
  }
  .legend-ticks {
    position: relative;
    container-type: inline-size;
    height: 14px;
    margin-top: 3px;
    font-variant-numeric: tabular-nums;
    color: var(--_fg);
  }
  .legend-ticks span {
    position: absolute;
    left: 0;
    /* A transform, because labels move when the scale changes, and that is no shift of the page's layout. */
    translate: calc(var(--_at) * 100cqw - 50%) 0;
    white-space: nowrap;
  }
  .legend-ticks span:first-child {
    translate: calc(var(--_at) * 100cqw) 0;
  }
  .legend-ticks span:last-child {
    translate: calc(var(--_at) * 100cqw - 100%) 0;
  }
  .legend-text {
    min-width: 0;
    line-height: 1.3;
    text-wrap: pretty;
  }
  .legend-text b {
    font-weight: 550;
    color: var(--_fg);
  }
  .base[data-layout='compact'] .legend,
  .base[data-layout='mini'] .legend {
    flex-direction: column;
    align-items: stretch;
    justify-content: center;
    gap: 2px;
    padding: 6px 12px;
  }
  .base[data-layout='compact'] .legend-scale,
  .base[data-layout='mini'] .legend-scale {
    flex: none;
  }
`;
