import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { trustedTypes } from './tools/trusted-types-plugin.mjs';
import { workspaceAlias } from './tools/workspace-alias.mjs';

/** Puts the worker beside the single-file builds too: each looks for it in its own folder. */
function besideTheCdnFiles(): Plugin {
  return {
    name: 'liquidation-heatmap:beside-the-cdn-files',
    generateBundle(_options, bundle) {
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') return this.error('the worker must be one file, dist/worker.js');
      this.emitFile({ type: 'asset', fileName: 'cdn/worker.js', source: worker.code });
    },
  };
}

/**
 * Files that stand alone, with everything inside: `dist/cdn/liquidation-heatmap.{esm,iife}.min.js` for a `<script>`, and the worker.
 * `--mode iife` makes the classic script, which must remember its own address: `import.meta` exists only in modules.
 * `--mode worker` makes the worker, `dist/worker.js` for the npm build and for hosts that copy it, `dist/cdn/worker.js` for the others.
 */
export default defineConfig(({ mode }): UserConfig => {
  const isWorker = mode === 'worker';
  const isIife = mode === 'iife';
  return {
    plugins: [trustedTypes(), ...(isWorker ? [besideTheCdnFiles()] : [])],
    resolve: { alias: workspaceAlias },
    define: { 'process.env.NODE_ENV': '"production"', ...(isIife ? { 'import.meta.url': 'ownAddress' } : {}) },
    build: {
      target: 'es2022',
      outDir: isWorker ? 'dist' : 'dist/cdn',
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
          // Vite leaves the white space of ES libraries for a host's bundler; nobody bundles these.
          minify: true,
          ...(isIife ? { intro: 'const ownAddress = document.currentScript?.src ?? location.href;' } : {}),
        },
      },
    },
  };
});
