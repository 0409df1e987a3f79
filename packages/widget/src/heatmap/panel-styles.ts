import { css } from 'lit';

/** What lies over the stage: the readout, and the loading, empty and error states. */
export const panelStyles = css`
  .panel {
    position: absolute;
    inset: 0;
    z-index: 2;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 6px;
    padding: 16px;
    background: var(--_surface);
    text-align: center;
    text-wrap: balance;
    overflow: auto;
    cursor: default;
  }
  .skeleton + .panel {
    background: none;
  }
  .panel h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  .panel p {
    max-width: 52ch;
    margin: 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .panel .line {
    min-height: 1.35em;
  }
  .panel button {
    margin-top: 8px;
    padding-inline: 18px;
    border: 1px solid var(--_border);
    background: var(--_bg);
    color: var(--_fg);
    font-weight: 550;
  }
  .panel ::slotted(*) {
    max-width: 60ch;
    color: var(--_muted);
  }
  .notice {
    position: absolute;
    inset: 8px 8px auto;
    z-index: 2;
    width: fit-content;
    max-width: calc(100% - 16px);
    margin-inline: auto;
    padding: 6px 12px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--_tooltip-bg);
    box-sizing: border-box;
    color: var(--_warn);
    overflow-wrap: anywhere;
    pointer-events: none;
  }
  .notice[data-tone='bad'] {
    color: var(--_danger);
  }
  .skeleton {
    position: absolute;
    inset: 0;
    z-index: 2;
    display: grid;
    grid-template-rows: repeat(12, 1fr);
    gap: 1px;
    background: var(--_surface);
    overflow: hidden;
    pointer-events: none;
  }
  .skeleton i {
    background: linear-gradient(
      90deg,
      transparent,
      color-mix(in srgb, var(--_muted) 16%, transparent) 60%,
      color-mix(in srgb, var(--_muted) 6%, transparent)
    );
    opacity: 0.35;
    animation: breathe 2.4s ease-in-out infinite alternate;
  }
  .skeleton i:nth-child(3n) {
    opacity: 0.75;
    animation-delay: -0.8s;
  }
  .skeleton i:nth-child(4n + 1) {
    opacity: 0.15;
    animation-delay: -1.6s;
  }
  @keyframes breathe {
    to {
      opacity: 0.12;
    }
  }
  .hint {
    position: absolute;
    inset: auto auto 12px 50%;
    z-index: 2;
    padding: 6px 12px;
    border-radius: 999px;
    background: var(--_tooltip-bg);
    color: var(--_tooltip-fg);
    box-shadow: var(--_shadow);
    translate: -50% 0;
    white-space: nowrap;
    pointer-events: none;
  }
  .tooltip {
    position: absolute;
    inset: 0 auto auto 0;
    z-index: 2;
    box-sizing: border-box;
    max-width: min(260px, calc(100% - 16px));
    padding: 9px 11px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: color-mix(in srgb, var(--_tooltip-bg) 94%, transparent);
    color: var(--_tooltip-fg);
    box-shadow: var(--_shadow);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }
  .tooltip div {
    overflow-wrap: anywhere;
  }
  .tooltip .strong {
    margin-bottom: 2px;
    font-size: 13px;
    font-weight: 600;
  }
  .tooltip .plain {
    color: var(--_muted);
  }
  .tooltip .side::before {
    content: '';
    display: inline-block;
    width: 0;
    height: 0;
    margin-inline-end: 6px;
    border: 4px solid transparent;
  }
  .tooltip .long::before {
    border-top: 7px solid var(--_long);
    border-bottom: 0;
  }
  .tooltip .short::before {
    border-bottom: 7px solid var(--_short);
    border-top: 0;
  }
`;
