import { expect, test, type Page, type WebSocket } from '@playwright/test';
import { chartStatus, openPage } from './open-page.js';

/** Sockets of the page and its workers that are open now. */
function openSockets(page: Page): Set<WebSocket> {
  const open = new Set<WebSocket>();
  page.on('websocket', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return open;
}

const venueServer = (query: string): string =>
  `/bare.html?src=venue-server:${process.env['VENUE_SERVER_PORT'] ?? ''}&venues=binance+bybit+okx&${query}`;

test('all charts of a page share one worker and one connection a venue', async ({ page }) => {
  test.setTimeout(120_000);
  const open = openSockets(page);
  await openPage(page, venueServer('range=24h'));
  await expect.poll(() => chartStatus(page), { timeout: 60_000 }).toBe('live');
  // The book is on a socket of its own at Binance: nothing here shows it.
  await expect.poll(() => open.size).toBe(3);
  await page.evaluate(() => {
    const first = document.querySelector('liquidation-heatmap')!;
    const second = first.cloneNode(true) as HTMLElement;
    second.setAttribute('range', '12h');
    first.after(second);
  });
  const second = page.locator('liquidation-heatmap').nth(1);
  await expect.poll(() => second.evaluate((chart) => (chart as unknown as { status: string }).status)).toBe('live');
  await expect(second.locator('.legend-ticks span').first()).toBeVisible();
  expect(open.size).toBe(3);
  expect(page.workers()).toHaveLength(1);

  // The first leaves: the second reads on. The last takes sockets and worker with it.
  await page.evaluate(() => document.querySelector('liquidation-heatmap')!.remove());
  await expect.poll(() => chartStatus(page)).toBe('live');
  expect(open.size).toBe(3);
  await page.evaluate(() => document.querySelector('liquidation-heatmap')!.remove());
  await expect.poll(() => open.size).toBe(0);
  await expect.poll(() => page.workers()).toHaveLength(0);
});

test('data="lite" reads no trades, data="full" the book too', async ({ page }) => {
  test.setTimeout(120_000);
  const sent: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  await openPage(page, venueServer('range=24h&data=lite'));
  await expect.poll(() => chartStatus(page), { timeout: 60_000 }).toBe('live');
  expect(sent.join('')).toMatch(/markPrice"/u);
  expect(sent.join('')).not.toMatch(/aggTrade|publicTrade|"trades"|depth|orderbook|books/u);
  sent.length = 0;
  await page.locator('liquidation-heatmap').evaluate((chart) => chart.setAttribute('data', 'full'));
  await expect.poll(() => sent.join('')).toMatch(/aggTrade.*depth@100ms|depth@100ms.*aggTrade/u);
  await expect.poll(() => sent.join('')).toMatch(/orderbook\.200/u);
});

test('L3, S21: a page hidden for a minute gives its sockets back, and reads on when it is seen again', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.clock.install();
  const open = openSockets(page);
  await openPage(page, venueServer('range=24h'));
  await expect.poll(() => chartStatus(page), { timeout: 60_000 }).toBe('live');
  await expect.poll(() => open.size).toBe(3);
  const hide = (state: string): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await hide('hidden');
  await page.clock.runFor(50_000);
  expect(open.size).toBe(3);
  await page.clock.runFor(15_000);
  await expect.poll(() => open.size).toBe(0);
  await hide('visible');
  await expect.poll(() => open.size).toBe(3);
  await expect.poll(() => chartStatus(page), { timeout: 30_000 }).toBe('live');
});
