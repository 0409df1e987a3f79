import { expect, test } from '@playwright/test';
import { openPage, watched } from './open-page.js';

test('three charts below the fold open nothing until the reader comes near, and then move nothing', async ({
  page,
}) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const opened = await openPage(page, '/article.html');
  const charts = page.locator('liquidation-heatmap');
  await expect(charts).toHaveCount(3);
  // The charts are upgraded and laid out: what they would do at once they have done.
  await expect
    .poll(() => charts.last().evaluate((chart) => chart.shadowRoot?.querySelector('.stage') !== null))
    .toBe(true);
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  await page.waitForLoadState('networkidle');
  expect(sockets).toEqual([]);
  expect(page.workers()).toEqual([]);
  expect(await watched(page, 'contexts')).toEqual([]);
  expect(opened.requests.filter((path) => /worker|simulation|job-runner|live|recording/u.test(path))).toEqual([]);

  await charts.first().scrollIntoViewIfNeeded();
  await expect(charts.first().locator('.status')).toHaveText('simulated');
  await expect(charts.first().locator('.legend-ticks span').first()).toBeVisible();
  // The second chart may be near enough already, the third is not.
  expect([1, 2]).toContain(page.workers().length);
  expect([1, 2]).toContain((await watched(page, 'contexts')).length);
  await expect(charts.last().locator('.status')).not.toHaveText('simulated');

  await charts.last().scrollIntoViewIfNeeded();
  await expect(charts.last().locator('.legend-ticks span').first()).toBeVisible();
  expect(sockets).toEqual([]);
  expect(await watched(page, 'shifts')).toEqual([]);
  expect(await watched(page, 'violations')).toEqual([]);
  expect(opened.console).toEqual([]);
});

for (const width of [320, 390, 768]) {
  test(`S77: at ${String(width)} px charts are as wide as the text, and the page does not scroll sideways`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await openPage(page, '/article.html');
    const chart = page.locator('liquidation-heatmap').first();
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('.legend')).toContainText('USD per');
    const measure = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const box = document.querySelector('liquidation-heatmap')!.getBoundingClientRect();
        const stage = document.querySelector('liquidation-heatmap')!.shadowRoot!.querySelector('.stage')!;
        return { overflow: scrollWidth - clientWidth, right: box.right, plot: stage.getBoundingClientRect().height };
      });
    const { overflow, right, plot } = await measure();
    expect(overflow).toBe(0);
    expect(right).toBeLessThanOrEqual(width);
    expect(plot).toBeGreaterThan(150);
  });
}
