/**
 * Long tasks of the page's main thread while the recording's busiest second (2,466 frames) plays at 1x, in the worker and
 * without one. The seconds around it are cut out of the recording; the book at the cut becomes its snapshot.
 */
import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGunzip, gzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright';
import { binanceText, type Cut } from './recording-cut.js';
import { launchOptions } from '../tools/chromium.mjs';
import { recordingPath } from '../tools/recordings.js';
import { serve } from '../tools/serve.mjs';
import { readLines } from '@liquidation-heatmap/feeds';
import { shownSpread, spreadOf } from './spread.js';

const ROUNDS = 3;
const RECORDING = 'venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz';
/** The busiest second begins 246 s after the first frame. */
const CUT: Cut = { fromMs: 240_000, toMs: 250_000 };
const DIST = fileURLToPath(new URL('../apps/demo/dist', import.meta.url));

interface Told {
  /** Longest task while the page started. */
  readonly atFirst: number;
  readonly longTasks: number;
  readonly longestMs: number;
  readonly busyShare: number;
}

async function play(browser: Browser, url: string, recording: Buffer, hasWorker: boolean): Promise<Told> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchTasks, hasWorker);
  await page.route('**/busy.ndjson.gz', (route) => route.fulfill({ body: recording, contentType: 'application/gzip' }));
  await page.goto(`${url}?source=simulated&range=15m`);
  await page.waitForFunction(() => customElements.get('liquidation-heatmap') !== undefined);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const taskMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  await page.evaluate(() => {
    const heatmap = document.querySelector('liquidation-heatmap');
    heatmap?.setAttribute('range', '15m');
    heatmap?.setAttribute('src', '/busy.ndjson.gz');
  });
  const waitUntil = (time: number): Promise<unknown> =>
    page.waitForFunction((until) => performance.timeOrigin + performance.now() > until, time);
  // The first seconds compile shaders and read the book; the busiest second comes 6 s after the cut.
  await waitUntil(Date.now() + 4_000);
  const atFirst = await page.evaluate(() =>
    Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
  );
  const before = await taskMs();
  const started = Date.now();
  await page.evaluate(() => Object.assign(globalThis, { longTasks: [] }));
  await waitUntil(started + 6_000);
  const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
  const busyShare = ((await taskMs()) - before) / (Date.now() - started);
  await page.close();
  return { atFirst, longTasks: tasks.length, longestMs: Math.max(0, ...tasks), busyShare };
}

/** Runs in the page before its scripts. */
function watchTasks(hasWorker: boolean): void {
  const target = globalThis as unknown as { longTasks: number[]; Worker?: unknown };
  target.longTasks = [];
  if (!hasWorker) delete target.Worker;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) target.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
}

const found = recordingPath(RECORDING);
if ('skipReason' in found) console.log(`skipped: ${found.skipReason}`);
else if (!existsSync(DIST)) console.log('skipped: apps/demo/dist is missing; run npm start once');
else {
  const cut = await binanceText(readLines(createReadStream(found.path).pipe(createGunzip())), CUT);
  console.log(`${cut.frames} frames in ${(CUT.toMs - CUT.fromMs) / 1_000} s, ${cut.busiest} in the busiest second`);
  const recording = gzipSync(cut.text);
  const server = await serve({ root: DIST, port: 0 });
  const browser = await chromium.launch(launchOptions());
  for (const hasWorker of [true, false]) {
    const told: Told[] = [];
    for (let round = 0; round < ROUNDS; round++) told.push(await play(browser, server.url, recording, hasWorker));
    const of = (read: (one: Told) => number): ReturnType<typeof spreadOf> => spreadOf(told.map(read));
    console.log(
      `${hasWorker ? 'worker' : 'main thread'}: long tasks ${shownSpread(
        of((one) => one.longTasks),
        '',
        0,
      )}, ` +
        `longest ${shownSpread(
          of((one) => one.longestMs),
          'ms',
          0,
        )}, main thread busy ${shownSpread(
          of((one) => 100 * one.busyShare),
          '%',
        )}`,
    );
  }
  await browser.close();
  await server.close();
}
