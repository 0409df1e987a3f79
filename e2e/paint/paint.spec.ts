import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';
import { bundle, servePage, type PageServer } from './page-server.js';

interface Report {
  readonly kind: string;
  readonly differences: Readonly<Record<string, { readonly most: number; readonly painted: number }>>;
  readonly violations: readonly string[];
}

let server: PageServer;
let browser: Browser;

test.beforeAll(async () => {
  server = await servePage(await bundle('paint-page'));
  browser = await chromium.launch(launchOptions());
});
test.afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Opens a page, lets its own script paint, and returns what it says, with everything on the console. */
async function painted(
  page: Page,
  query = '',
): Promise<{ readonly report: Report; readonly console: readonly string[] }> {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`pageerror: ${error.message}`));
  await page.goto(server.url + query);
  const handle = await page.waitForFunction(() => (globalThis as { report?: Report }).report);
  return { report: (await handle.jsonValue())!, console: lines };
}

function expectTheReference(report: Report): void {
  for (const [scene, { most, painted: share }] of Object.entries(report.differences)) {
    expect(most, scene).toBeLessThanOrEqual(1);
    expect(share, scene).toBeGreaterThan(0.1);
  }
}

test('C1: under the strict policy WebGL paints what heatPixels says, with no violation and a silent console', async () => {
  const { report, console } = await painted(await browser.newPage());
  expect(report.kind).toBe('webgl');
  expectTheReference(report);
  expect(report.violations).toEqual([]);
  expect(console).toEqual([]);
});

test('C1: code that was not captured is never evaluated: the 2D canvas paints the same and one line says why', async () => {
  const { report, console } = await painted(await browser.newPage(), '?emptied');
  expect(report.kind).toBe('canvas2d');
  expectTheReference(report);
  expect(report.violations).toEqual([]);
  expect(console).toEqual([
    expect.stringMatching(/^info: liquidation-heatmap paints without WebGL: No captured code for /),
  ]);
});

test('without WebGL the 2D canvas paints the same and one line says why', async () => {
  const blind = await chromium.launch(launchOptions(['--disable-3d-apis']));
  try {
    const { report, console } = await painted(await blind.newPage());
    expect(report.kind).toBe('canvas2d');
    expectTheReference(report);
    expect(console).toEqual([
      expect.stringMatching(/^info: liquidation-heatmap paints without WebGL: WebGL with 32-bit/),
    ]);
  } finally {
    await blind.close();
  }
});
