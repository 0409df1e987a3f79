import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { trustedTypes } from '../../packages/widget/tools/trusted-types-plugin.mjs';
import { workspaceAlias } from '../../packages/widget/tools/workspace-alias.mjs';

const page = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [trustedTypes()],
  resolve: { alias: workspaceAliases() },
  // The worker is a module of its own with lazily loaded parts, a file of this origin.
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing inline: the pages run under script-src 'self' and style-src 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: page('index.html'), article: page('article.html') } },
  },
});

/** The worker's query (`?worker&url`) is not part of the package's name. */
function workspaceAliases() {
  const worker = {
    find: /^@liquidation-heatmap\/widget\/worker(?=\?)/,
    replacement: page('../../packages/widget/src/worker.ts'),
  };
  return [worker, ...workspaceAlias];
}
