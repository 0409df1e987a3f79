import type { TextItem } from '../draw-list.js';
import { textWidth } from '../ticks/text-width.js';
import type { LayerInput } from './layer-input.js';

const INSET = 8;

/** "Estimated" at the lower left of the plot, with what the estimate lacks as far as there is room. */
export function estimatedLabel({ frame, view, theme, messages }: LayerInput): TextItem {
  const { scale, basis } = frame.facts;
  const parts = [
    messages.estimated,
    ...(scale === 'relative' ? [messages.relativeScale] : []),
    ...(basis === 'prior-only' ? [messages.priorOnly] : []),
  ];
  const size = theme.fontSize;
  const room = view.plot.width * 0.7;
  while (parts.length > 1 && textWidth(parts.join(' · '), size) > room) parts.pop();
  return {
    kind: 'text',
    x: view.plot.x + INSET,
    y: view.plot.y + view.plot.height - INSET,
    text: parts.join(' · '),
    align: 'left',
    baseline: 'bottom',
    fill: 'tooltipForeground',
    size,
    weight: 600,
    plate: { fill: 'tooltipBackground', paddingX: 6, paddingY: 3, radius: 4 },
  };
}
