import { expect, test } from '@playwright/test';
import { chartStatus, openPage, watched } from './open-page.js';
import { readHeat } from './read-picture.js';

/** Files of the build that hold the engine, a venue's code or the simulator. */
const ENGINE = /worker|job-runner|binance|open-|live|simulation|recording|local-source/u;

test('a stored snapshot is shown frozen, and its page downloads neither engine nor venue code', async ({ page }) => {
  const opened = await openPage(page, '/bare.html?src=/seven.lhs&range=24h');
  await expect(page.locator('.legend-ticks span').first()).toBeVisible();
  expect(await chartStatus(page)).toBe('frozen');
  await expect(page.locator('.status')).toHaveText(/^\s*snapshot 2024-01-01\s*$/u);
  await expect(page.locator('.estimated')).toHaveText('Estimated');
  expect((await readHeat(page))?.painted).toBeGreaterThan(20_000);
  await page.waitForLoadState('networkidle');
  expect(opened.requests).toContain('/seven.lhs');
  expect(opened.requests.some((path) => /snapshot-source/u.test(path))).toBe(true);
  expect(opened.requests.filter((path) => ENGINE.test(path))).toEqual([]);
  expect(page.workers()).toEqual([]);
  expect(await watched(page, 'violations')).toEqual([]);
  expect(opened.console).toEqual([]);
});

test('the names by which engine and venue code are told apart are those of the build', async ({ page }) => {
  const opened = await openPage(page, '/bare.html?src=simulated:7&range=24h');
  await expect.poll(() => chartStatus(page)).toBe('live');
  expect(opened.requests.filter((path) => ENGINE.test(path)).length).toBeGreaterThan(0);
});
