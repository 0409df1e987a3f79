import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

/** Workspace packages as their sources, so that tests need no build. Longer names first: the first match wins. */
export const workspaceAlias = [
  { find: '@liquidation-heatmap/feeds/node', replacement: source('feeds/src/node.ts') },
  { find: '@liquidation-heatmap/feeds/browser', replacement: source('feeds/src/browser.ts') },
  { find: '@liquidation-heatmap/feeds/simulated', replacement: source('feeds/src/simulated.ts') },
  { find: '@liquidation-heatmap/widget/define', replacement: source('widget/src/define.ts') },
  { find: '@liquidation-heatmap/widget/worker', replacement: source('widget/src/worker.ts') },
  { find: '@liquidation-heatmap/core/score', replacement: source('core/src/score.ts') },
  { find: '@liquidation-heatmap/core', replacement: source('core/src/index.ts') },
  { find: '@liquidation-heatmap/feeds', replacement: source('feeds/src/index.ts') },
  { find: '@liquidation-heatmap/simulator', replacement: source('simulator/src/index.ts') },
  { find: '@liquidation-heatmap/picture', replacement: source('picture/src/index.ts') },
  { find: '@liquidation-heatmap/widget', replacement: source('widget/src/index.ts') },
];

/** Test settings of one package: the tests beside its files and those in its `test/`, run in Node in one fixed time zone. */
export function packageTests(name: string): ReturnType<typeof defineConfig> {
  return defineConfig({
    resolve: { alias: workspaceAlias },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      passWithNoTests: false,
      // No test replaces a module or a global, so files share one process: a third of the time was starting a process for each.
      isolate: false,
      // Laws are judged by outcome, not by how busy the machine is.
      testTimeout: 120_000,
      env: { TZ: 'UTC' },
      setupFiles: [fileURLToPath(new URL('./tools/property-seed.ts', import.meta.url))],
      globalSetup: [fileURLToPath(new URL('./tools/recordings-ledger.ts', import.meta.url))],
    },
  });
}
