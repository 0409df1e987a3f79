import { html, type TemplateResult } from 'lit';
import type { ColorTable, LegendModel } from '@liquidation-heatmap/picture';

/** The color bar with its values, the unit and the name of the scale. `placeLegend` completes it after each render. */
export function legendView(model: LegendModel | undefined): TemplateResult {
  return html`
    <div class="legend" part="legend">
      <div class="legend-scale" ?hidden=${model === undefined}>
        <canvas class="legend-bar" part="legend-bar" width="255" height="1" aria-hidden="true"></canvas>
        <div class="legend-ticks" part="legend-label">
          ${model?.ticks.map((tick) => html`<span>${tick.label}</span>`)}
        </div>
      </div>
      <div
        class="legend-text"
        title=${model === undefined ? '' : `${model.title}, ${model.unit} · ${model.scaleLabel}`}
      >
        ${model === undefined ? '' : html`<b>${model.title}</b>, ${model.unit} · ${model.scaleLabel}`}
      </div>
    </div>
  `;
}

/** Least distance of two labels of the bar, CSS pixels: closer, they read as one. */
const LABEL_GAP = 8;

/** Paints the bar and puts the ticks in place. Through CSSOM: a style attribute would break `style-src 'self'`. */
export function placeLegend(root: ParentNode, model: LegendModel | undefined, table: ColorTable | undefined): void {
  const bar = root.querySelector<HTMLCanvasElement>('.legend-bar');
  const context = bar?.getContext('2d');
  // One pixel a color, faintest first.
  if (table !== undefined)
    context?.putImageData(new ImageData(new Uint8ClampedArray(table.rgba.slice(4)), 255, 1), 0, 0);
  const ticks = [...root.querySelectorAll<HTMLElement>('.legend-ticks span')];
  ticks.forEach((tick, i) => tick.style.setProperty('--_at', `${model?.ticks[i]?.position ?? 0}`));
  thinOut(ticks);
}

/** Hides labels that would run into their neighbor; the highest value always stays. */
function thinOut(ticks: readonly HTMLElement[]): void {
  const boxes = ticks.map((tick) => tick.getBoundingClientRect());
  let right = Infinity;
  for (let i = ticks.length - 1; i >= 0; i--) {
    const fits = boxes[i]!.right + LABEL_GAP <= right;
    ticks[i]!.style.setProperty('visibility', fits ? 'visible' : 'hidden');
    if (fits) right = boxes[i]!.left;
  }
}
