import { defineConfig } from '@playwright/test';

/** Tests of the built files as a site would serve them. */
export default defineConfig({ testDir: '.', testMatch: '*.spec.ts', workers: 1, timeout: 60_000, reporter: 'list' });
