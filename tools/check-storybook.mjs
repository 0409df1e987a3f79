// Opens a story of the built Storybook: what a build leaves out, the stories' tests do not miss, since they run from sources.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { launchOptions } from './chromium.mjs';
import { PlainFault, runCommand } from './say.mjs';
import { serve } from './serve.mjs';

const STORY = 'heatmap--simulated-dark';
const PATIENCE_MS = 60_000;

await runCommand(async () => {
  const server = await serve({ root: fileURLToPath(new URL('../storybook-static', import.meta.url)), port: 0 });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(`${server.url}iframe.html?id=${STORY}&viewMode=story`);
    const legend = page.locator('liquidation-heatmap .legend-ticks span').first();
    await legend.waitFor({ timeout: PATIENCE_MS }).catch(() => errors.push('no legend, so no picture'));
    if (errors.length > 0) throw new PlainFault(`The built story ${STORY} does not stand: ${errors.join('; ')}`);
  } finally {
    await browser.close();
    await server.close();
  }
});
