import { defineConfig } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';

/**
 * Tests of the built demo in a real browser, served with the policy a reader gets. Two at a time, because they mostly wait; a test
 * that failed is tried once more, and is told as flaky if it then passes.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './start-site.ts',
  workers: 2,
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: { launchOptions: launchOptions(), viewport: { width: 1280, height: 800 }, locale: 'en-US', colorScheme: 'dark' },
});
