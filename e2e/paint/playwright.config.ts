import { defineConfig } from '@playwright/test';

/** Tests of painting in a real browser; each starts its own with the flags it needs. */
export default defineConfig({ testDir: '.', testMatch: '*.spec.ts', workers: 1, timeout: 60_000, reporter: 'list' });
