import { expect, test } from '@playwright/test';
import { chartStatus, openPage, watched } from './open-page.js';
import { readHeat, readOverlay } from './read-picture.js';

test('a page reads several venues in their own wire, under its policy and with the headers that venues send', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const port = process.env['VENUE_SERVER_PORT'] ?? '';
  const opened = await openPage(page, `/?source=venue-server&port=${port}&range=24h`);
  await expect.poll(() => chartStatus(page), { timeout: 60_000 }).toBe('live');
  const chart = page.locator('liquidation-heatmap');
  await expect(chart.locator('.status')).toHaveText('simulated');
  await expect(page.locator('.choice')).toContainText('invented prices, told by a venue server on this machine');
  await expect(chart.locator('.legend')).toContainText('USD per');
  await expect.poll(async () => (await readHeat(page))?.painted ?? 0).toBeGreaterThan(20_000);
  expect((await readOverlay(page))?.candles).toBeGreaterThan(50);

  // Venues tell what they have: the picture is brought up every second.
  const before = (await watched(page, 'updates')).length;
  await expect.poll(async () => (await watched(page, 'updates')).length - before).toBeGreaterThanOrEqual(5);
  const asked = new Set(opened.requests.map((path) => path.split('/')[1]));
  expect(asked).toContain('fapi.binance.com');
  expect(asked).toContain('api.bybit.com');
  expect(await watched(page, 'violations')).toEqual([]);
  // What a venue does not open to pages fails as it would live, and nothing else is said.
  expect(opened.console.filter((line) => !/CORS|net::ERR_FAILED/u.test(line))).toEqual([]);
});
