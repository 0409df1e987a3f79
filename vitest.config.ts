import { defineConfig } from 'vitest/config';
import { workspaceAlias } from './vitest.shared.js';

// The tools' own tests; each package brings its own settings.
export default defineConfig({
  resolve: { alias: workspaceAlias },
  test: {
    name: 'tools',
    include: ['tools/**/*.test.ts'],
    setupFiles: ['./tools/property-seed.ts'],
    globalSetup: ['./tools/recordings-ledger.ts'],
    testTimeout: 60_000,
    env: { TZ: 'UTC' },
  },
});
