import { html, nothing, type TemplateResult } from 'lit';
import type { Glance, GlanceEntry, Messages } from '@liquidation-heatmap/picture';

/** The nearest cluster above and below the price, in place before there is any, so that nothing moves when one appears. */
export function glanceView(
  glance: Glance | undefined,
  messages: Messages,
  onSelect: (id: string) => void,
): TemplateResult {
  return html`
    <div class="glance" part="glance" role="group" aria-label=${messages.glanceLabel}>
      ${entryView(glance?.above, messages.above, '↑', glance?.none, onSelect)}
      ${entryView(glance?.below, messages.below, '↓', glance?.none, onSelect)}
    </div>
  `;
}

function entryView(
  entry: GlanceEntry | undefined,
  label: string,
  arrow: string,
  none: string | undefined,
  onSelect: (id: string) => void,
): TemplateResult {
  if (entry === undefined)
    return html`<div class="near">
      <span class="where">${arrow} ${label}</span><span class="none">${none ?? nothing}</span>
    </div>`;
  // Screen readers get one sentence; what is seen is the same in columns.
  return html`
    <button
      class="near ${entry.side}"
      part="button"
      type="button"
      title=${entry.sentence}
      @click=${() => onSelect(entry.id)}
    >
      <span class="sentence">${entry.sentence}</span>
      <span class="where" aria-hidden="true">${arrow} <span class="word">${label}</span></span>
      <span class="at" aria-hidden="true">${entry.price}</span>
      <span aria-hidden="true">${entry.change}</span>
      <span class="break" aria-hidden="true"></span>
      <span class="energy" aria-hidden="true">${entry.energy}</span>
      <span class="age" aria-hidden="true">${entry.age}${entry.confidence === '' ? '' : ` · ${entry.confidence}`}</span>
    </button>
  `;
}
