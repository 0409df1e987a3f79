import type { Preview } from '@storybook/web-components-vite';
import { LiquidationHeatmap } from '@liquidation-heatmap/widget';

// Not by `widget/define`: the package names its built file as the one with a side effect, and a build would drop the source.
LiquidationHeatmap.define();

/** Each copy of Lit adds its version here. */
const page = globalThis as { readonly litHtmlVersions?: readonly string[] };

const preview: Preview = {
  // A violation fails the story's test.
  parameters: { a11y: { test: 'error' }, layout: 'fullscreen' },
  beforeEach: () => {
    const copies = page.litHtmlVersions?.length ?? 0;
    if (copies > 1) throw new Error(`Stories and elements must share one copy of Lit, were ${copies} (see main.ts)`);
  },
};
export default preview;
