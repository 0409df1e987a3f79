import { chromium, expect, test, type Browser } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';
import { bundle, servePage, type PageServer } from './page-server.js';

interface Step {
  readonly kind?: string;
  readonly difference?: { readonly most: number; readonly painted: number };
}

let server: PageServer;
let browser: Browser;

test.beforeAll(async () => {
  server = await servePage(await bundle('loss-page'));
  browser = await chromium.launch(launchOptions());
});
test.afterAll(async () => {
  await browser.close();
  await server.close();
});

async function stepsOf(
  scenario: string,
): Promise<{ readonly steps: Record<string, Step>; readonly console: readonly string[] }> {
  const page = await browser.newPage();
  const lines: string[] = [];
  // Chromium itself warns about a context lost on purpose; ours are the lines that name us.
  page.on('console', (message) => message.text().includes('liquidation-heatmap') && lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(error.message));
  await page.goto(`${server.url}?${scenario}`);
  const handle = await page.waitForFunction(() => (globalThis as { steps?: Record<string, Step> }).steps);
  const steps = (await handle.jsonValue())!;
  await page.close();
  return { steps, console: lines };
}

function expectPicture(step: Step | undefined, kind: string): void {
  expect(step?.kind).toBe(kind);
  expect(step?.difference?.most).toBeLessThanOrEqual(1);
  expect(step?.difference?.painted).toBeGreaterThan(0.3);
}

test('L7: a lost context comes back with the same pixels, and lost twice within a minute the 2D canvas takes over', async () => {
  const { steps, console } = await stepsOf('loseTwice');
  expectPicture(steps['before'], 'webgl');
  expect(steps['while lost']?.kind).toBeUndefined();
  expectPicture(steps['restored'], 'webgl');
  expectPicture(steps['lost again'], 'canvas2d');
  expect(console).toEqual(['liquidation-heatmap paints without WebGL: the context was lost twice within a minute']);
});

test('L7: a context that does not come back is replaced by the 2D canvas', async () => {
  const { steps, console } = await stepsOf('stayLost');
  expectPicture(steps['not restored'], 'canvas2d');
  expect(console).toEqual(['liquidation-heatmap paints without WebGL: a lost context did not come back']);
});

test('a released layer holds no context and no canvas, and paints again when asked', async () => {
  const { steps, console } = await stepsOf('releaseAndDraw');
  expect(steps['released']?.kind).toBe('undefined 0 0');
  expectPicture(steps['drawn again'], 'webgl');
  expect(console).toEqual([]);
});

test('twenty charts on a page take twelve contexts, lose none, and say once how the others paint', async () => {
  const { steps, console } = await stepsOf('many');
  expect(steps['many']?.kind).toBe('12 webgl, 8 canvas2d');
  expect(console).toEqual(['liquidation-heatmap paints without WebGL: 12 charts of this page already use WebGL']);
});
