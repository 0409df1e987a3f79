import { defineConfig, type Plugin } from 'vite';

/** Vite writes `"" + import.meta.url` in a library; a host's bundler copies the worker's file only where it sees the plain form. */
function plainWorkerUrl(): Plugin {
  const written = /new URL\("\.\/worker\.js", "" \+ import\.meta\.url\)/g;
  return {
    name: 'liquidation-heatmap:plain-worker-url',
    generateBundle(_options, bundle) {
      let found = 0;
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        found += [...chunk.code.matchAll(written)].length;
        chunk.code = chunk.code.replace(written, 'new URL("./worker.js", import.meta.url)');
      }
      if (found !== 1) this.error(`expected the worker's URL once, found it ${found} times; adapt vite.config.ts`);
    },
  };
}

/**
 * The npm build: ESM, one file an entry plus what they share; regl and its captured code inside, everything else from npm.
 * The worker is not among them: vite.cdn.config.ts makes it, since a worker knows neither import maps nor node_modules.
 */
export default defineConfig({
  plugins: [plainWorkerUrl()],
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    emptyOutDir: false,
    lib: { entry: { index: 'src/index.ts', define: 'src/define.ts' }, formats: ['es'] },
    rolldownOptions: { external: [/^@liquidation-heatmap\//, /^lit($|\/)/, /^@lit\//, /^d3-/] },
  },
});
