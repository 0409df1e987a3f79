import { html, nothing, type TemplateResult } from 'lit';
import type { ClusterCard, Messages } from '@liquidation-heatmap/picture';

/** The card of the chosen cluster over the stage: a corner where there is room, else a sheet at the bottom. */
export function clusterView(
  card: ClusterCard | undefined,
  messages: Messages,
  onClose: () => void,
): TemplateResult | typeof nothing {
  if (card === undefined) return nothing;
  return html`
    <section
      class="cluster ${card.side}"
      part="cluster"
      role="region"
      aria-label=${card.title}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <h3>${card.title}</h3>
        <button part="button" type="button" aria-label=${messages.close} title=${messages.close} @click=${onClose}>
          <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15" /></svg>
        </button>
      </header>
      <dl>
        ${card.rows.map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p>${card.note}</p>
    </section>
  `;
}
