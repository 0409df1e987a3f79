import { expect, test } from '@playwright/test';
import { chartStatus, openPage, watched } from './open-page.js';
import { readHeat } from './read-picture.js';

test('C3: where the page forbids workers the chart runs on the main thread and says so once', async ({ page }) => {
  const opened = await openPage(page, '/no-worker.html?src=simulated:7&range=24h');
  await expect.poll(() => chartStatus(page)).toBe('live');
  await expect(page.locator('.note')).not.toContainText('building');
  await expect(page.locator('.legend-ticks span').first()).toBeVisible();
  expect((await readHeat(page))?.painted).toBeGreaterThan(20_000);
  expect(page.workers()).toEqual([]);
  // A second start does not ask, and does not tell, again.
  await page.locator('liquidation-heatmap').evaluate((chart) => chart.setAttribute('src', '/sound.ndjson.gz?speed=60'));
  await expect(page.locator('.status')).toHaveText('recorded 2024-08-08, ended');
  const told = opened.console.filter((line) => !line.startsWith('error: Creating a worker from'));
  expect(told).toEqual([
    expect.stringMatching(/^info: liquidation-heatmap: no worker \(.+\); the estimate runs on the main/u),
  ]);
  const violations = await watched(page, 'violations');
  expect(violations).toEqual([expect.stringMatching(/^worker-src /u)]);
});
