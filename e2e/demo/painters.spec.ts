import { chromium, expect, test, type Browser } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';
import { openPage, watched } from './open-page.js';
import { readHeat, readHeatBytes, type Heat } from './read-picture.js';

interface Painted {
  readonly heat: Heat | undefined;
  readonly bytes: Uint8Array;
  readonly console: readonly string[];
  readonly violations: readonly string[];
}

/** The stored snapshot as this browser paints it. */
async function paintedBy(browser: Browser): Promise<Painted> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    locale: 'en-US',
  });
  const page = await context.newPage();
  const opened = await openPage(page, '/bare.html?src=/seven.lhs&range=24h');
  await expect(page.locator('.legend-ticks span').first()).toBeVisible();
  const heat = await readHeat(page);
  const bytes = await readHeatBytes(page);
  const violations = await watched(page, 'violations');
  await context.close();
  return { heat, bytes, console: opened.console, violations };
}

/** Largest difference of a channel as it is seen, 0..255: a 2D canvas keeps only products of color and opacity. */
function mostDifference(a: Uint8Array, b: Uint8Array): number {
  const seen = (bytes: Uint8Array, at: number): number =>
    at % 4 === 3 ? bytes[at]! : (bytes[at]! * bytes[at | 3]!) / 255;
  let most = 0;
  for (let at = 0; at < a.length; at++) most = Math.max(most, Math.abs(seen(a, at) - seen(b, at)));
  return most;
}

test('C1: without WebGL the 2D canvas paints the same snapshot the same way, and says so once', async ({ browser }) => {
  const withGl = await paintedBy(browser);
  const blind = await chromium.launch(launchOptions(['--disable-3d-apis']));
  try {
    const without = await paintedBy(blind);
    expect(withGl.heat?.context).toMatch(/^webgl/u);
    expect(without.heat?.context).toBe('2d');
    expect([without.heat?.width, without.heat?.height]).toEqual([withGl.heat?.width, withGl.heat?.height]);
    expect(without.heat?.painted).toBeGreaterThan(20_000);
    expect(without.bytes.length).toBe(withGl.bytes.length);
    expect(mostDifference(without.bytes, withGl.bytes)).toBeLessThanOrEqual(1);
    expect(without.console).toEqual([expect.stringMatching(/^info: liquidation-heatmap paints without WebGL: /u)]);
    expect(withGl.console).toEqual([]);
    expect([...withGl.violations, ...without.violations]).toEqual([]);
  } finally {
    await blind.close();
  }
});
