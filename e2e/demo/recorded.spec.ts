import { expect, test, type Page } from '@playwright/test';
import { FrameStore, decodeMessage, type DurationMs } from '../../packages/core/src/index.js';
import { recordingPath } from '../../tools/recordings.js';
import { chartStatus, openPage, watched, workerFrames } from './open-page.js';
import { readHeat, readOverlay } from './read-picture.js';

/** Seconds of market that are played as they happened. */
const WATCHED_MS = 15_000;
/** The recording ends 345 whole seconds after its first frame. */
const COLUMNS = 345;
const SECOND = 1_000 as DurationMs;

/** Columns of a second that the worker has sent, each counted once. */
async function columnsSent(page: Page): Promise<number> {
  const store = new FrameStore();
  for (const bytes of await workerFrames(page)) {
    const message = decodeMessage(bytes);
    if (!message.ok) throw new Error(message.fault.message);
    store.apply(message.value);
  }
  return new Set(store.tiles(SECOND).flatMap(({ heads }) => heads.map(({ endTime }) => endTime))).size;
}

/** Heat, candles and both axes are there. */
async function expectWholePicture(page: Page): Promise<void> {
  const heat = await readHeat(page);
  expect(heat?.painted).toBeGreaterThan(20_000);
  expect(heat?.colors).toBeGreaterThan(20);
  const overlay = await readOverlay(page);
  expect(overlay?.priceAxis).toBeGreaterThan(200);
  expect(overlay?.timeAxis).toBeGreaterThan(100);
  expect(overlay?.candles).toBeGreaterThan(50);
}

test('S23: a recorded day plays under the strict policy, as it happened and then sixtyfold to its end', async ({
  page,
}) => {
  const recording = recordingPath('venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz');
  test.skip('skipReason' in recording, 'skipReason' in recording ? recording.skipReason : '');
  test.setTimeout(90_000);
  const opened = await openPage(page, '/?source=recorded&symbol=BTCUSDT&range=15m');
  const chart = page.locator('liquidation-heatmap');

  await expect(chart.locator('.status')).toHaveText('recorded 2024-08-08');
  await expect(chart.locator('.estimated')).toHaveText('Estimated');
  await expect(chart.locator('.note')).toContainText('relative');
  await expect(chart.locator('.legend')).toContainText('%');
  await expect(chart.locator('.legend')).toContainText('relative scale');
  await expect(page.locator('.choice')).toContainText('2024-08-08, played at 1x. Not the present market');

  const marketMs = async (): Promise<number> => {
    const updates = await watched(page, 'updates');
    return (updates.at(-1) ?? 0) - (updates[0] ?? 0);
  };
  const pictures = new Set<number>();
  for (const part of [1 / 3, 2 / 3, 1]) {
    await expect.poll(marketMs).toBeGreaterThanOrEqual(part * WATCHED_MS);
    const heat = await readHeat(page);
    expect(heat?.context).toMatch(/^webgl/u);
    expect(heat?.painted).toBeGreaterThan(0);
    pictures.add(heat?.hash ?? 0);
  }
  expect(pictures.size, 'heat pixels change as columns arrive').toBe(3);
  expect(await marketMs(), 'market time does not outrun the wall clock').toBeLessThan(45_000);

  await page.getByText('60x', { exact: true }).click();
  await expect(page.locator('.choice')).toContainText('played at 60x');
  await expect(chart.locator('.status')).toHaveText('recorded 2024-08-08, ended', { timeout: 45_000 });
  expect(await chartStatus(page)).toBe('frozen');

  expect(await columnsSent(page)).toBe(COLUMNS);

  await expectWholePicture(page);
  expect(await watched(page, 'violations')).toEqual([]);
  expect(opened.console).toEqual([]);
  const longTasks = await watched(page, 'longTasks');
  const told = `long tasks on the page: ${longTasks.length}, the longest ${Math.max(0, ...longTasks)} ms`;
  test.info().annotations.push({ type: 'figures', description: told });
  console.log(told);
});
