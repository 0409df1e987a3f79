import { html, type TemplateResult } from 'lit';
import type { ReadoutLine } from '@liquidation-heatmap/picture';

/** Distance of the readout from the crosshair, CSS pixels. */
const GAP = 14;
/** Distance of the readout from the edges of the stage, CSS pixels. */
const MARGIN = 8;

/** The crosshair's readout; `placeReadout` moves it. */
export function readoutView(lines: readonly ReadoutLine[]): TemplateResult {
  return html`
    <div class="tooltip" part="tooltip" ?hidden=${lines.length === 0}>
      ${lines.map((line) => html`<div class=${classOf(line)}>${line.text}</div>`)}
    </div>
  `;
}

function classOf({ isStrong, side }: ReadoutLine): string {
  if (isStrong === true) return 'strong';
  return side === undefined ? 'plain' : `side ${side}`;
}

/** Where a box of `width` x `height` goes so that it never leaves the stage: beside the cursor, on the side with room. CSS pixels. */
export function placeReadout(
  cursor: { readonly x: number; readonly y: number },
  box: { readonly width: number; readonly height: number },
  stage: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const fitsRight = cursor.x + GAP + box.width + MARGIN <= stage.width;
  const x = fitsRight ? cursor.x + GAP : cursor.x - GAP - box.width;
  const fitsAbove = cursor.y - GAP - box.height - MARGIN >= 0;
  const y = fitsAbove ? cursor.y - GAP - box.height : cursor.y + GAP;
  return {
    x: clamp(x, MARGIN, stage.width - box.width - MARGIN),
    y: clamp(y, MARGIN, stage.height - box.height - MARGIN),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
