import { expect, test, type Page } from '@playwright/test';
import type { LiquidationHeatmap } from '../../packages/widget/src/index.js';
import { chartStatus, openPage, watched } from './open-page.js';
import { TRADES, priceAt } from './recording-lines.js';
import { readHeat } from './read-picture.js';

/** A good start of the address; each case spoils one thing. */
const GOOD = { src: '/seven.lhs', symbol: 'BTCUSDT', range: '24h' };

function addressOf(attributes: Record<string, string>): string {
  return `/bare.html?${new URLSearchParams({ ...GOOD, ...attributes }).toString()}`;
}

/** The error state, the event, and the sentence on the chart, of a chart that cannot be shown. */
async function expectRefusal(page: Page, code: string, field: string, message: RegExp): Promise<void> {
  await expect(page.locator('.panel')).toContainText(message);
  expect(await chartStatus(page)).toBe('error');
  expect(await page.locator('liquidation-heatmap:state(error)').count()).toBe(1);
  const errors = await watched(page, 'errors');
  expect(errors).toEqual([{ code, field, message: expect.stringMatching(message), recoverable: true }]);
}

/** The same element goes on as soon as it is given something sound. */
async function expectRecovery(page: Page): Promise<void> {
  await page.locator('liquidation-heatmap').evaluate((chart, good) => {
    for (const [name, value] of Object.entries(good)) chart.setAttribute(name, value);
  }, GOOD);
  await expect.poll(() => chartStatus(page)).toBe('frozen');
  await expect(page.locator('.legend-ticks span').first()).toBeVisible();
  expect((await readHeat(page))?.painted).toBeGreaterThan(0);
  await expect(page.locator('.panel')).toHaveCount(0);
}

const refusals: readonly {
  readonly what: string;
  readonly attributes: Record<string, string>;
  readonly code: string;
  readonly field: string;
  readonly message: RegExp;
}[] = [
  {
    what: 'a symbol the source does not have',
    attributes: { src: 'simulated:7', symbol: 'NOSUCHUSDT' },
    code: 'unknown-symbol',
    field: 'symbol',
    message: /symbol must be one that the simulator has, was "NOSUCHUSDT"; it has BTCUSDT/u,
  },
  {
    what: 'a symbol a recording does not have',
    attributes: { src: '/sound.ndjson.gz', symbol: 'ETHUSDT', range: '15m' },
    code: 'unknown-symbol',
    field: 'symbol',
    message: /symbol must be one that the recording .+ has, was "ETHUSDT"/u,
  },
  {
    what: 'a recording that is not there',
    attributes: { src: '/missing.ndjson.gz' },
    code: 'unreachable-source',
    field: 'src',
    message: /src must be reachable, but .+missing\.ndjson\.gz gave HTTP 404/u,
  },
  {
    what: 'a host the policy forbids',
    attributes: { src: 'https://unreachable.example/a.lhs' },
    code: 'unreachable-source',
    field: 'src',
    message: /src must be reachable, but .+ gave no answer/u,
  },
  {
    what: 'a snapshot that breaks off',
    attributes: { src: '/cut.lhs' },
    code: 'corrupt-source',
    field: 'src',
    message: /src must be a whole gzip file, but .+cut\.lhs breaks off or is damaged/u,
  },
  {
    what: 'a file that is no snapshot',
    attributes: { src: '/noise.lhs' },
    code: 'unknown-file',
    field: 'src',
    message: /src must be a readable snapshot, but .+ is broken: /u,
  },
  {
    what: 'a range nobody offers',
    attributes: { range: '2h' },
    code: 'invalid-attribute',
    field: 'range',
    message: /range must be one of 15m, 1h, 12h, 24h, 3d, 7d, 30d, 90d, was "2h"/u,
  },
];

for (const { what, attributes, code, field, message } of refusals) {
  test(`bad input: ${what} is named with its field and rule, and the next sound one is shown`, async ({ page }) => {
    const opened = await openPage(page, addressOf(attributes));
    await expectRefusal(page, code, field, message);
    await expectRecovery(page);
    expect(opened.console.filter((line) => line.startsWith('pageerror'))).toEqual([]);
  });
}

test('bad input: a wrong look keeps the last good value, with a warning, and the chart goes on', async ({ page }) => {
  const opened = await openPage(page, addressOf({ theme: 'purple' }));
  await expect.poll(() => chartStatus(page)).toBe('frozen');
  await expect(page.locator('.notice')).toHaveText(
    'theme must be one of auto, light, dark, was "purple"; the last good value stays',
  );
  const fault = { code: 'invalid-attribute', message: 'theme must be one of auto, light, dark, was "purple"' };
  expect(await watched(page, 'errors')).toEqual([{ ...fault, field: 'theme', recoverable: true }]);
  expect(await watched(page, 'warnings')).toEqual([{ ...fault, path: 'theme' }]);
  expect((await readHeat(page))?.painted).toBeGreaterThan(0);
  expect(opened.console).toEqual([]);
});

test('bad input: a truncated line of a recording is counted and left out, and the rest is played', async ({ page }) => {
  const opened = await openPage(page, addressOf({ src: '/truncated-line.ndjson.gz?speed=60', range: '15m' }));
  await expect(page.locator('.status')).toHaveText('recorded 2024-08-08, ended');
  await expect(page.locator('.note')).toContainText('1 line left out');
  await expect(page.locator('.status')).toHaveAttribute('title', /1 line left out: line 81\b.+must/u);
  expect((await readHeat(page))?.painted).toBeGreaterThan(0);
  const lastPrice = await page.evaluate(
    () => document.querySelector<LiquidationHeatmap>('liquidation-heatmap')?.lastPrice,
  );
  expect(lastPrice, 'the last line is played').toBe(Number(priceAt(TRADES - 1)));
  expect(await watched(page, 'errors')).toEqual([]);
  expect(opened.console).toEqual([]);
});

test('a recording without a bad line says nothing of lines', async ({ page }) => {
  await openPage(page, addressOf({ src: '/sound.ndjson.gz?speed=60', range: '15m' }));
  await expect(page.locator('.status')).toHaveText('recorded 2024-08-08, ended');
  await expect(page.locator('.note')).not.toContainText('left out');
});
