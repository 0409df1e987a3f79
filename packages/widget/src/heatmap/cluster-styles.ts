import { css } from 'lit';

/** The card of the chosen cluster. */
export const clusterStyles = css`
  .cluster {
    grid-area: stage;
    place-self: end start;
    z-index: 3;
    box-sizing: border-box;
    width: 360px;
    max-width: calc(100% - 16px);
    max-height: calc(100% - 16px);
    margin: 8px;
    overflow: auto;
    padding: 4px 4px 12px 14px;
    border: 1px solid var(--_border);
    border-radius: 8px;
    background: var(--_tooltip-bg);
    color: var(--_tooltip-fg);
    cursor: auto;
    user-select: text;
    -webkit-user-select: text;
  }
  .cluster header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .cluster h3 {
    margin: 0;
    font-size: 14px;
    font-weight: 600;
  }
  .cluster.long h3 {
    color: var(--_long);
  }
  .cluster.short h3 {
    color: var(--_short);
  }
  .cluster dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 3px 12px;
    margin: 0;
    padding-right: 10px;
    font-variant-numeric: tabular-nums;
  }
  .cluster dt {
    color: var(--_muted);
  }
  .cluster dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .cluster p {
    margin: 8px 10px 0 0;
    color: var(--_muted);
  }
  .base[data-layout='compact'] .cluster {
    width: 100%;
    max-width: none;
    max-height: 100%;
    margin: 0;
    border-width: 1px 0 0;
    border-radius: 10px 10px 0 0;
  }
`;
