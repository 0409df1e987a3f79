import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Messages } from '@liquidation-heatmap/picture';

/** What covers the stage while there is no picture, or beside it when something is wrong. */
export type PanelModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting'; readonly sentence: string }
  | { readonly kind: 'empty' }
  /** `hasPicture`: the last picture stays and the sentence stands above it. */
  | { readonly kind: 'error'; readonly sentence: string; readonly canRetry: boolean; readonly hasPicture: boolean }
  | { readonly kind: 'notice'; readonly sentence: string };

/** True when the panel stands in place of a picture: what it says and its button must then be reachable, not part of an image. */
export function coversStage(model: PanelModel): boolean {
  return model.kind === 'waiting' || model.kind === 'empty' || (model.kind === 'error' && !model.hasPicture);
}

/** The loading, empty, error and notice states. */
export function panelView(
  model: PanelModel,
  messages: Messages,
  symbol: string,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  switch (model.kind) {
    case 'none':
      return nothing;
    case 'notice':
      return html`<div class="notice" part="notice">${model.sentence}</div>`;
    case 'waiting':
      return html`
        <div class="skeleton" aria-hidden="true">${Array.from({ length: 12 }, () => html`<i></i>`)}</div>
        <div class="panel" part="poster">
          <h3>${messages.loading.replace('{symbol}', symbol)}</h3>
          ${keyed(model.sentence, html`<p class="line">${model.sentence}</p>`)}
        </div>
      `;
    case 'empty':
      return html`<div class="panel">
        <h3>${messages.empty}</h3>
        <p>${messages.emptyHint}</p>
      </div>`;
    case 'error':
      if (model.hasPicture) return html`<div class="notice" part="notice" data-tone="bad">${model.sentence}</div>`;
      return html`
        <div class="panel" part="error">
          <h3>This chart cannot be shown</h3>
          <p>${model.sentence}</p>
          ${model.canRetry ? html`<button part="button" type="button" @click=${onRetry}>Try again</button>` : nothing}
          <slot></slot>
        </div>
      `;
  }
}
