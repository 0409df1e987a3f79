import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Glance, GlanceEntry, Messages } from '@liquidation-heatmap/picture';

/** The nearest cluster above and below the price, in place before there is any, so that nothing moves when one appears. */
export function glanceView(
  glance: Glance | undefined,
  messages: Messages,
  onSelect: (id: string) => void,
): TemplateResult {
  const { above, below, none } = glance ?? {};
  return html`
    <div class="glance" part="glance" role="group" aria-label=${messages.glanceLabel}>
      ${above === undefined ? emptyView('↑', messages.above, none) : entryView('↑', above, onSelect)}
      ${below === undefined ? emptyView('↓', messages.below, none) : entryView('↓', below, onSelect)}
    </div>
  `;
}

function emptyView(arrow: string, label: string, none: string | undefined): TemplateResult {
  return html`<div class="near">
    <span class="where">${arrow} ${label}</span>
    <span class="none">${none ?? nothing}</span>
  </div>`;
}

function entryView(arrow: string, entry: GlanceEntry, onSelect: (id: string) => void): TemplateResult {
  return html`
    <button
      class="near ${entry.side}"
      part="button"
      type="button"
      title=${entry.sentence}
      @click=${() => onSelect(entry.id)}
    >
      ${keyed(entry.sentence, wordsView(arrow, entry))}
    </button>
  `;
}

/**
 * Screen readers get one sentence; what is seen is the same in columns. New words stand in new elements: old ones that moved because a
 * number grew would count as a layout shift of the page. The button stays, and with it the focus.
 */
function wordsView(arrow: string, entry: GlanceEntry): TemplateResult {
  const { label, price, change, energy, age, confidence, sentence } = entry;
  return html`
    <span class="sentence">${sentence}</span>
    <span class="where" aria-hidden="true">${arrow} <span class="word">${label}</span></span>
    <span class="at" aria-hidden="true">${price}</span>
    <span aria-hidden="true">${change}</span>
    <span class="break" aria-hidden="true"></span>
    <span class="energy" aria-hidden="true">${energy}</span>
    <span class="age" aria-hidden="true">${age}${confidence === '' ? '' : ` · ${confidence}`}</span>
  `;
}
