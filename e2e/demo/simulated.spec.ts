import { expect, test, type Page } from '@playwright/test';
import { chartStatus, openPage, visibleRange, watched } from './open-page.js';
import { readHeat } from './read-picture.js';

/** The chart stands: history is read and the present is simulated. */
async function settled(page: Page): Promise<void> {
  await expect.poll(() => chartStatus(page)).toBe('live');
  await expect(page.locator('liquidation-heatmap .note')).not.toContainText(/building/u);
  await expect(page.locator('liquidation-heatmap .legend-ticks span').first()).toBeVisible();
}

/** The legend's scale is in USD a price row, and the estimate is called one. */
async function expectUsdLegend(page: Page): Promise<void> {
  const legend = page.locator('liquidation-heatmap .legend');
  await expect(legend).toContainText('USD per');
  await expect(legend).toContainText('absolute scale');
  const ticks = await legend.locator('.legend-ticks span').allTextContents();
  expect(ticks.length).toBeGreaterThan(2);
  for (const tick of ticks) expect(tick.trim()).toMatch(/^\$?[\d.,]+ ?[KMB]?$/u);
  await expect(page.locator('liquidation-heatmap .estimated')).toHaveText('Estimated');
}

test('S23, S38: when the venue does not answer within 4 s the page is simulated and says so, and the legend counts USD', async ({
  page,
}) => {
  const opened = await openPage(page, '/', 'silent');
  await expect(page.locator('.choice')).toHaveText('Asking Binance, Bybit, and OKX for live data …');
  await expect(page.locator('.choice')).toHaveText(
    'Binance, Bybit, and OKX did not answer within 4 s, so this is a simulated market with invented prices.',
  );
  await expect(page.locator('liquidation-heatmap .status')).toHaveText('simulated');
  await settled(page);
  const heat = await readHeat(page);
  expect(heat?.context).toMatch(/^webgl/u);
  expect(heat?.painted).toBeGreaterThan(20_000);
  await expectUsdLegend(page);
  expect(await watched(page, 'violations')).toEqual([]);
  expect(opened.console).toEqual([]);
});

test('the crosshair reads price, time, both sides and the venues; pointer, wheel and keys move the view', async ({
  page,
}) => {
  await openPage(page, '/');
  await settled(page);
  const stage = page.locator('liquidation-heatmap .stage');
  const box = (await stage.boundingBox())!;
  const center = { x: box.x + box.width * 0.45, y: box.y + box.height / 2 };
  const tooltip = page.locator('liquidation-heatmap .tooltip');
  await expect(tooltip).toBeHidden();
  const seen = new Set<string>();
  for (const share of [0.25, 0.4, 0.6, 0.75]) {
    await page.mouse.move(center.x, box.y + box.height * share);
    await expect(tooltip.locator('.strong')).toContainText(/^[\d,]+(\.\d+)? · [+-][\d.]+ ?% from mark$/u);
    const text = (await tooltip.locator('div').allTextContents()).join('\n');
    expect(text).toMatch(/\d{1,2}:\d{2}/u);
    for (const side of ['Longs', 'Shorts']) if (new RegExp(`^${side}: \\$[\\d.]+`, 'mu').test(text)) seen.add(side);
    if (/^simulated: \$/mu.test(text)) seen.add('venue');
    await page.mouse.move(center.x + 40, box.y + box.height * share);
    await expect(tooltip.getByText(/^simulated: \$|No exposure/u).first()).toBeVisible();
    if (await tooltip.getByText(/^simulated: \$/u).count()) seen.add('venue');
  }
  expect([...seen].sort()).toEqual(['Longs', 'Shorts', 'venue']);

  const fitted = (await visibleRange(page))!;
  await page.mouse.move(center.x, center.y);
  await page.mouse.down();
  await page.mouse.move(center.x + 200, center.y, { steps: 5 });
  await page.mouse.up();
  const spanMs = fitted.to - fitted.from;
  await expect.poll(async () => (await visibleRange(page))!.from).toBeLessThan(fitted.from - 0.1 * spanMs);
  const dragged = (await visibleRange(page))!;
  expect(dragged.to - dragged.from).toBeCloseTo(spanMs, -3);

  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await expect
    .poll(async () => {
      const { from, to } = (await visibleRange(page))!;
      return to - from;
    })
    .toBeLessThan(0.95 * spanMs);

  await page.mouse.move(5, 5);
  await stage.focus();
  const before = (await visibleRange(page))!;
  await page.keyboard.press('+');
  await expect
    .poll(async () => {
      const { from, to } = (await visibleRange(page))!;
      return to - from;
    })
    .toBeLessThan(before.to - before.from);
  await page.keyboard.press('ArrowLeft');
  await expect(tooltip).toBeVisible();
  const strong = tooltip.locator('.strong');
  const first = await strong.textContent();
  await page.keyboard.press('ArrowUp');
  await expect(strong).not.toHaveText(first ?? '');
  await page.keyboard.press('Escape');
  await expect(tooltip).toBeHidden();

  await page.getByRole('button', { name: 'Fit' }).click();
  await expect
    .poll(async () => {
      const { from, to } = (await visibleRange(page))!;
      return Math.abs(to - from - spanMs) / spanMs;
    })
    .toBeLessThan(0.01);
});

test('S77: the wheel alone scrolls the page, says how to zoom, and leaves the chart where it is', async ({ page }) => {
  await openPage(page, '/article.html');
  const chart = page.locator('liquidation-heatmap').first();
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('.legend-ticks span').first()).toBeVisible();
  const before = await page.evaluate(() => scrollY);
  await chart.locator('.stage').hover();
  await page.mouse.wheel(0, 240);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
  await expect(chart.locator('.hint')).toHaveText(/scroll to zoom/u);
});

// Heat is at most 4,096 device pixels a side: 2560 px at a ratio of 2 would be beyond it.
for (const { pixelRatio, widths } of [
  { pixelRatio: 1, widths: [320, 768, 1440, 2560] },
  { pixelRatio: 2, widths: [320, 1440] },
]) {
  test(`S77: at ${widths.join(', ')} px with ${pixelRatio} device pixels each, every canvas has exactly its size`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ deviceScaleFactor: pixelRatio, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await openPage(page, '/');
    await settled(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await expect
        .poll(() => page.evaluate(distortion), `${width} px`)
        .toEqual({ overlay: 0, heat: 0, isInside: true });
      expect((await readHeat(page))?.painted, `${width} px`).toBeGreaterThan(1000);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scrolling').toBe(width);
    }
    await context.close();
  });
}

/** In the page: most device pixels by which a canvas's size is off its box, and whether the heat lies inside the stage. */
function distortion(): { overlay: number; heat: number; isInside: boolean } {
  const root = document.querySelector('liquidation-heatmap')?.shadowRoot;
  const off = (selector: string): number => {
    const canvas = root?.querySelector<HTMLCanvasElement>(selector);
    const box = canvas?.getBoundingClientRect();
    if (canvas == null || box === undefined) return Infinity;
    const width = Math.abs(canvas.width - box.width * devicePixelRatio);
    const height = Math.abs(canvas.height - box.height * devicePixelRatio);
    return Math.floor(Math.max(width, height));
  };
  const stage = root?.querySelector('.stage')?.getBoundingClientRect();
  const heat = root?.querySelector('.heat')?.getBoundingClientRect();
  const isInside =
    stage !== undefined &&
    heat !== undefined &&
    heat.width > 0.6 * stage.width &&
    heat.right <= stage.right &&
    heat.bottom <= stage.bottom;
  return { overlay: off('.overlay'), heat: off('.heat canvas'), isInside };
}
