import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Messages } from '@liquidation-heatmap/picture';
import { toneOf, type DisplayedStatus } from '../status/displayed-status.js';
import { icons } from './icons.js';

/** What the header line says. */
export interface HeaderModel {
  readonly symbol: string;
  /** Formatted; empty before any price. */
  readonly price: string;
  readonly hasLabel: boolean;
  /** What the estimate lacks, or what the reader should know; empty when there is nothing to say. */
  readonly note: string;
  readonly noteHint: string;
  readonly status: DisplayedStatus;
  readonly messages: Messages;
}

/** Symbol, last price, the "Estimated" label, what the estimate lacks, and the status. */
export function headerView(model: HeaderModel): TemplateResult {
  const { messages, status } = model;
  return html`
    <div class="name" part="name">
      <span class="symbol">${model.symbol}</span>
      <span class="price" part="price-label">${model.price}</span>
    </div>
    <div class="notes" part="notes">
      ${model.hasLabel ? html`<span class="estimated" part="estimated" title=${messages.estimatedHint}>${messages.estimated}</span>` : nothing}
      <span class="note" title=${model.noteHint}>${model.note}</span>
    </div>
    ${keyed(status.words, statusView(status))}
  `;
}

/** New words stand in new elements: the line is right-aligned, and one that grew would count as a layout shift of the page. */
function statusView(status: DisplayedStatus): TemplateResult {
  return html`
    <div class="status" part="status" data-tone=${toneOf(status)} title=${status.sentence}>
      <span class="dot" part="status-dot"></span><span>${status.words}</span>
    </div>
  `;
}

/** What the tool buttons do and whether they can. */
export interface ToolsModel {
  readonly isPaused: boolean;
  readonly isFitted: boolean;
  readonly followsTime: boolean;
  readonly hasPicture: boolean;
  readonly messages: Messages;
  readonly onFit: () => void;
  readonly onNow: () => void;
  readonly onPause: () => void;
}

/** Buttons of at least 44 px: fit, go to now, pause. */
export function toolsView(model: ToolsModel): TemplateResult {
  const { messages } = model;
  const pause = model.isPaused ? messages.controlResume : messages.controlPause;
  return html`
    <div class="tools" part="toolbar" role="group" aria-label="Chart">
      ${toolButton(messages.controlFit, 'fit', model.onFit, !model.hasPicture || model.isFitted)}
      ${toolButton(messages.controlNow, 'now', model.onNow, !model.hasPicture || model.followsTime)}
      ${toolButton(pause, model.isPaused ? 'resume' : 'pause', model.onPause, !model.hasPicture)}
    </div>
  `;
}

function toolButton(label: string, icon: keyof typeof icons, onClick: () => void, isDisabled: boolean): TemplateResult {
  return html`<button
    part="button"
    type="button"
    title=${label}
    aria-label=${label}
    ?disabled=${isDisabled}
    @click=${onClick}
  >
    <svg viewBox="0 0 20 20" aria-hidden="true">${icons[icon]}</svg>
  </button>`;
}
