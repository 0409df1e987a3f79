import { css } from 'lit';

/** The strip of the nearest clusters: side by side where there is room, else one below the other with columns in line. */
export const glanceStyles = css`
  .glance {
    grid-area: glance;
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    column-gap: 24px;
    padding: 5px 14px;
    border-top: 1px solid var(--_border);
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  /* A whole line to press: as tall as a finger, without making the strip so. */
  button.near {
    width: 100%;
    min-width: 0;
    height: auto;
    margin-block: -4px;
    padding-block: 4px;
    color: inherit;
    text-align: start;
    align-items: baseline;
  }
  .near {
    display: flex;
    gap: 10px;
    min-width: 0;
    overflow: hidden;
  }
  .near.long .where,
  .near.long .at {
    color: var(--_long);
  }
  .near.short .where,
  .near.short .at {
    color: var(--_short);
  }
  .where {
    flex: none;
    min-width: 6.5ch;
  }
  .at {
    font-weight: 600;
  }
  .break {
    margin-inline-start: -10px;
  }
  .energy {
    color: var(--_fg);
  }
  .age,
  .none {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sentence {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (pointer: coarse) {
    button.near {
      min-height: var(--_hit);
      align-items: center;
    }
  }
  /* Side by side and as tall as a finger: what does not fit into one line goes into the next. */
  .base[data-layout='compact'] .glance {
    column-gap: 12px;
    padding-block: 2px;
  }
  .base[data-layout='compact'] .near {
    flex-wrap: wrap;
    gap: 0 8px;
    min-height: var(--_hit);
    margin: 0;
    padding: 2px 0;
    align-content: center;
  }
  .base[data-layout='compact'] .near .break {
    flex-basis: 100%;
  }
  .base[data-layout='compact'] .near .word {
    display: none;
  }
  .base[data-layout='compact'] .near .where {
    min-width: 0;
  }
  .base[data-layout='mini'] .glance {
    display: none;
  }
`;
