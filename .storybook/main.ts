import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig } from 'vite';
import { workspaceAlias } from '../vitest.shared.js';

const config: StorybookConfig = {
  stories: ['../packages/*/src/**/*.stories.ts'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/web-components-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      resolve: { alias: workspaceAlias },
      // The renderer imports this entry and Vite does not find it by itself: unbundled, it would bring a second copy of Lit.
      // Axe and the element are large, and nobody waits for this page.
      build: { reportCompressedSize: false, chunkSizeWarningLimit: 2_000 },
      optimizeDeps: { include: ['lit/directive-helpers.js'] },
    }),
};
export default config;
