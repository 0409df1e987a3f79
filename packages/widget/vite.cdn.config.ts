import { defineConfig, type UserConfig } from 'vite';
import { trustedTypes } from './tools/trusted-types-plugin.mjs';
import { workspaceAlias } from './tools/workspace-alias.mjs';

/**
 * The single-file builds for a `<script>`: `dist/cdn/liquidation-heatmap.{esm,iife}.min.js` and the worker beside them.
 * `--mode iife` makes the classic script, which must remember its own address: `import.meta` exists only in modules.
 * `--mode worker` makes the worker, which may not share chunks with a page.
 */
export default defineConfig(({ mode }): UserConfig => {
  const isWorker = mode === 'worker';
  const isIife = mode === 'iife';
  return {
    plugins: [trustedTypes()],
    resolve: { alias: workspaceAlias },
    define: { 'process.env.NODE_ENV': '"production"', ...(isIife ? { 'import.meta.url': 'ownAddress' } : {}) },
    build: {
      target: 'es2022',
      outDir: 'dist/cdn',
      emptyOutDir: false,
      lib: {
        entry: isWorker ? 'src/worker.ts' : 'src/define.ts',
        name: 'LiquidationHeatmap',
        formats: [isIife ? 'iife' : 'es'],
        fileName: (format) =>
          isWorker ? 'worker.js' : `liquidation-heatmap.${format === 'es' ? 'esm' : format}.min.js`,
      },
      rolldownOptions: {
        output: {
          codeSplitting: false,
          ...(isIife ? { intro: 'const ownAddress = document.currentScript?.src ?? location.href;' } : {}),
        },
      },
    },
  };
});
