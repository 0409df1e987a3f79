import type { TextItem } from '../draw-list.js';
import type { Messages } from '../locales/messages.js';
import { textWidth } from '../ticks/text-width.js';
import type { LayerInput } from './layer-input.js';

const LARGEST = 96;
const SMALLEST = 18;

/** A large faint word over the plot when it does not show a live market. */
export function watermark({ status, view, messages }: LayerInput): readonly TextItem[] {
  const text = wordOf(status, messages);
  if (text === undefined) return [];
  const { plot } = view;
  const size = Math.min(LARGEST, plot.height / 4, (plot.width * 0.7) / textWidth(text, 1));
  if (size < SMALLEST) return [];
  return [
    {
      kind: 'text',
      x: plot.x + plot.width / 2,
      y: plot.y + plot.height / 2,
      text,
      align: 'center',
      baseline: 'middle',
      fill: 'foreground',
      size,
      weight: 600,
      opacity: 0.09,
    },
  ];
}

function wordOf(status: LayerInput['status'], messages: Messages): string | undefined {
  if (status?.state === 'frozen') return messages.watermarkFrozen;
  if (status?.origin === 'simulated') return messages.watermarkSimulated;
  return status?.origin === 'recorded' ? messages.watermarkRecorded : undefined;
}
