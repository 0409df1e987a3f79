/**
 * Main-thread milliseconds a frame while panning 720 columns x 600 rows on 1280 x 720 pixels, beside a page that only clears
 * and draws one textured quad, in the same run; and what one changed column costs. Main-thread time is Chromium's own count of
 * task time, so it holds script, frame bookkeeping and what GL calls cost on the page's side.
 */
import { chromium, type CDPSession, type Page } from 'playwright';
import { bundle, servePage } from '../e2e/paint/page-server.js';
import { launchOptions } from '../tools/chromium.mjs';

const ROUNDS = 5;
const FRAMES = 24;
const WARM_FRAMES = 4;
const CONTESTANTS = ['bare', 'webgl', 'canvas2d'] as const;

/** What the page offers. */
interface PanPage {
  prepare(name: string): void;
  pan(frames: number): Promise<number>;
  columnUpload(): number;
}

/** Median and spread of a figure over the rounds. */
interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

function spreadOf(values: readonly number[]): Spread {
  const ascending = [...values].sort((a, b) => a - b);
  return { median: ascending[ascending.length >> 1]!, least: ascending[0]!, most: ascending.at(-1)! };
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1_000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
}

/** Task milliseconds a frame of one pan, and the part of it spent in the draw call. */
async function panOnce(page: Page, name: string): Promise<{ readonly task: number; readonly draw: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate((contestant) => (globalThis as unknown as PanPage).prepare(contestant), name);
  await page.evaluate((frames) => (globalThis as unknown as PanPage).pan(frames), WARM_FRAMES);
  const before = await taskMs(session);
  const draw = await page.evaluate((frames) => (globalThis as unknown as PanPage).pan(frames), FRAMES);
  const task = ((await taskMs(session)) - before) / FRAMES;
  await session.detach();
  return { task, draw };
}

/** Measures all contestants in turns, so that a busy machine slows them alike. */
export async function benchPan(): Promise<Readonly<Record<string, Spread | number>>> {
  const server = await servePage(await bundle('pan-page'));
  const browser = await chromium.launch(launchOptions());
  const task: Record<string, number[]> = { bare: [], webgl: [], canvas2d: [] };
  const draw: Record<string, number[]> = { bare: [], webgl: [], canvas2d: [] };
  const upload: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of CONTESTANTS) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
        await page.goto(server.url);
        const once = await panOnce(page, name);
        task[name]!.push(once.task);
        draw[name]!.push(once.draw);
        await page.close();
      }
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
      await page.goto(server.url);
      upload.push(await page.evaluate(() => (globalThis as unknown as PanPage).columnUpload()));
      await page.close();
      console.error(`pan: round ${round + 1} of ${ROUNDS}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  const ratios = task['webgl']!.map((value, round) => value / task['bare']![round]!);
  return {
    'bare page, main ms a frame': spreadOf(task['bare']!),
    'webgl, main ms a frame': spreadOf(task['webgl']!),
    'canvas2d, main ms a frame': spreadOf(task['canvas2d']!),
    'webgl, of it in draw()': spreadOf(draw['webgl']!),
    'canvas2d, of it in draw()': spreadOf(draw['canvas2d']!),
    'webgl / bare': spreadOf(ratios),
    'upload of one column, ms': spreadOf(upload),
  };
}

const figures = await benchPan();
for (const [name, figure] of Object.entries(figures)) {
  const text =
    typeof figure === 'number'
      ? figure.toFixed(3)
      : `${figure.median.toFixed(3)} (${figure.least.toFixed(3)}..${figure.most.toFixed(3)})`;
  console.log(`${name.padEnd(30)} ${text}`);
}
