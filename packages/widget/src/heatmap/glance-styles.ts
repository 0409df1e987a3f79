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
  .base[data-layout='compact'] .glance {
    grid-template-columns: minmax(0, 1fr);
    row-gap: 1px;
  }
  .base[data-layout='compact'] .near {
    gap: 8px;
  }
  .base[data-layout='mini'] .glance {
    display: none;
  }
  /* The arrow says it; the numbers need the room. */
  @container lh-heatmap (max-width: 379px) {
    .near .word {
      display: none;
    }
    .near .where {
      min-width: 0;
    }
  }
`;
