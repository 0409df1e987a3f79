import { defineConfig } from 'vite';

/** The npm build: ESM, one file an entry plus what they share; regl and its captured code inside, everything else from npm. */
export default defineConfig({
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    emptyOutDir: false,
    lib: {
      entry: { index: 'src/index.ts', define: 'src/define.ts', worker: 'src/worker.ts' },
      formats: ['es'],
    },
    rolldownOptions: { external: [/^@liquidation-heatmap\//, /^lit($|\/)/, /^@lit\//, /^d3-/] },
  },
});
