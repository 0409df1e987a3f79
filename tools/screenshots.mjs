/* global document, location, requestAnimationFrame -- two functions run in the page */
// `npm run screenshots`: pictures of the built demo, for judging by eye and for the README.
//   npm run screenshots -- --out ./screenshots
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { launchOptions } from './chromium.mjs';
import { demoPolicy } from './demo-policy.mjs';
import { nx } from './nx.mjs';
import { PlainFault, runCommand, say } from './say.mjs';
import { serve } from './serve.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const SIZES = [
  [1440, 900],
  [768, 1024],
  [390, 844],
];
/** @type {readonly ('dark' | 'light')[]} */
const SCHEMES = ['dark', 'light'];
/** The picture of the README: simulated with the demo's fixed seed, dark, 1440 x 900. */
const README_IMAGE = join(root, 'docs/images/heatmap-dark.png');
/** A README that loads slowly is not read. */
const MOST_BYTES = 300_000;
const PATIENCE_MS = 90_000;

/**
 * Opens the chart page and waits until its estimate is built and painted.
 * @param {import('playwright').Browser} browser @param {string} address
 * @param {{ width: number, height: number, scheme: 'dark' | 'light' }} look @param {string} path file of the picture
 */
async function take(browser, address, { width, height, scheme }, path) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, locale: 'en-US' });
  try {
    await page.goto(address);
    await page.waitForFunction(isSettled, undefined, { timeout: PATIENCE_MS });
    await page.evaluate(twoFrames);
    await page.screenshot({ path, animations: 'disabled' });
  } finally {
    await page.close();
  }
  say(`${path} (${Math.round(statSync(path).size / 1000)} kB)`);
}

/** In the page: history is read, a recording has ended, and the picture stands. */
function isSettled() {
  const chart = document.querySelector('liquidation-heatmap');
  const notes = chart?.shadowRoot?.querySelector('.notes')?.textContent ?? 'building';
  const status = /** @type {{ status?: string } | null} */ (chart)?.status;
  if (!(status === 'live' || status === 'frozen') || /building/i.test(notes)) return false;
  const isRecorded = new URLSearchParams(location.search).get('source') === 'recorded';
  if (isRecorded && status !== 'frozen') return false;
  return chart?.shadowRoot?.querySelector('.legend-ticks span') != null;
}

/** In the page: what is known now is also painted. */
function twoFrames() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/** @param {string | undefined} recordings folder of recordings, where there is one */
async function openSite(recordings) {
  const { code } = await nx(['run', '@liquidation-heatmap/demo:build'], { heartbeat: 'Still building' });
  if (code !== 0) throw new PlainFault('The demo could not be built; the messages stand above.');
  const policy = await demoPolicy();
  return serve({
    root: join(root, 'apps/demo/dist'),
    port: 0,
    headers: () => ({ 'Content-Security-Policy': policy }),
    ...(recordings === undefined ? {} : { recordings }),
  });
}

/**
 * Every size in both schemes.
 * @param {import('playwright').Browser} browser @param {string} name @param {string} address @param {string} out
 */
async function takeAll(browser, name, address, out) {
  for (const [width = 0, height = 0] of SIZES)
    for (const scheme of SCHEMES)
      await take(browser, address, { width, height, scheme }, join(out, `${name}-${width}-${scheme}.png`));
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'screenshots' } } });
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const folder = resolve(process.env['RECORDINGS_DIR'] ?? join(root, '../shared/data'));
  const recordings = existsSync(folder) ? folder : undefined;
  const server = await openSite(recordings);
  const browser = await chromium.launch(launchOptions());
  try {
    const simulated = `${server.url}?source=simulated&range=24h`;
    await takeAll(browser, 'simulated', simulated, out);
    if (recordings === undefined) say('No recordings were found, so none are pictured (set RECORDINGS_DIR).');
    else await takeAll(browser, 'recorded', `${server.url}?source=recorded&range=15m&speed=60`, out);
    mkdirSync(join(README_IMAGE, '..'), { recursive: true });
    await take(browser, simulated, { width: 1440, height: 900, scheme: 'dark' }, README_IMAGE);
    const { size } = statSync(README_IMAGE);
    if (size >= MOST_BYTES) throw new PlainFault(`${README_IMAGE} must be below ${MOST_BYTES} bytes, has ${size}.`);
  } finally {
    await browser.close();
    await server.close();
  }
});
