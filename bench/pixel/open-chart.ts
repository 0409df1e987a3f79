import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build, type Rollup } from 'vite';
import { launchOptions } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';
import type { LiquidationHeatmap } from '../../packages/widget/src/index.js';
import type { PageNotes, ProbedPage } from './probes/in-page.js';
import type { ProbedWorker, WorkerNotes } from './probes/in-worker.js';

const demo = fileURLToPath(new URL('../../apps/demo', import.meta.url));
/** A page that has no current picture by then never will, ms: the past of three venues is read first. */
const LIVE_WITHIN_MS = 120_000;

/** What the probes have noted. */
export interface Notes {
  readonly page: PageNotes;
  readonly worker: WorkerNotes;
}

/** The demo in a browser, reading a venue server, with a probe in its page and one in its worker. */
export interface OpenChart {
  readonly browser: Browser;
  readonly page: Page;
  /** Hands over what the probes have noted since the last call, and says whether pixels of later paints are read back. */
  takeNotes(readsPixels: boolean): Promise<Notes>;
  close(): Promise<void>;
}

/** Builds the demo from its sources, unminified so that a trace names functions, and opens it live from `port` with the element's `data`. */
export async function openChart(port: number, data: string): Promise<OpenChart> {
  const site = mkdtempSync(join(tmpdir(), 'liquidation-heatmap-pixel-'));
  await build({
    root: demo,
    configFile: join(demo, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: site, minify: false },
  });
  const probe = await scriptOf('in-worker');
  for (const name of readdirSync(join(site, 'assets')).filter((file) => /^worker-(?!source).*\.js$/u.test(file))) {
    const file = join(site, 'assets', name);
    writeFileSync(file, `${probe};\n${readFileSync(file, 'utf8')}`);
  }
  const server = await serve({ root: site, port: 0 });
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  await page.addInitScript(await scriptOf('in-page'));
  await page.goto(`${server.url}?source=venue-server&port=${String(port)}&range=24h`);
  await page.evaluate((rate) => document.querySelector('liquidation-heatmap')?.setAttribute('data', rate), data);
  await page.waitForFunction(isCurrent, undefined, { timeout: LIVE_WITHIN_MS, polling: 500 });
  return {
    browser,
    page,
    takeNotes: (readsPixels) => takeNotes(page, readsPixels),
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(site, { recursive: true });
    },
  };
}

/** Runs in the page: it is live and its picture moves. */
function isCurrent(): boolean {
  const { newest, paints } = (globalThis as unknown as ProbedPage).pixelState();
  const chart = document.querySelector<LiquidationHeatmap>('liquidation-heatmap');
  return chart?.status === 'live' && paints > 3 && performance.timeOrigin + performance.now() - newest < 3_000;
}

async function takeNotes(page: Page, readsPixels: boolean): Promise<Notes> {
  const inWorker = page.workers()[0];
  if (inWorker === undefined) throw new Error('The page must have its worker');
  return {
    worker: await inWorker.evaluate(() => (globalThis as unknown as ProbedWorker).takePixelNotes()),
    page: await page.evaluate((reads) => (globalThis as unknown as ProbedPage).takePixelNotes(reads), readsPixels),
  };
}

/** A probe as one plain script. */
async function scriptOf(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`probes/${name}.ts`, import.meta.url));
  const lib = { entry, formats: ['iife' as const], name: 'pixelProbe' };
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib },
  })) as Rollup.RollupOutput[];
  return built[0]!.output[0].code;
}
