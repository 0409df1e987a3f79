import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { parseAst } from 'vite';
import { launchOptions } from '../../tools/chromium.mjs';
import { PAGE_FORMS, openPackagePage } from './open-package-page.js';

const dist = fileURLToPath(new URL('../../packages/widget/dist/', import.meta.url));

let browser: Browser;
test.beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
});
test.afterAll(() => browser.close());

/** Every module name a built file asks for, lazily too; an address computed at run time reads as `(computed)`. */
function importsOf(file: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, source } = node as { type?: string; source?: { value?: unknown } | null };
    if (/^(Import|Export\w+)(Declaration|Expression)$/u.test(type ?? '') && source != null) {
      names.push(typeof source.value === 'string' ? source.value : '(computed)');
    }
    Object.values(node).forEach(visit);
  };
  visit(parseAst(readFileSync(dist + file, 'utf8')));
  return names;
}

/** Distinct colors among the heat's pixels; 0 while there is no picture. */
function colorsOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const element = document.querySelector('liquidation-heatmap') as
      (Element & { readHeatPixels?: () => Uint8ClampedArray | undefined }) | null;
    const pixels = element?.readHeatPixels?.();
    return pixels === undefined ? 0 : new Set(new Uint32Array(pixels.buffer, pixels.byteOffset)).size;
  });
}

test('C3: the worker and the single-file builds import nothing, so that they run from wherever they are copied to', () => {
  for (const file of ['worker.js', 'cdn/worker.js', 'cdn/liquidation-heatmap.esm.min.js']) {
    expect(importsOf(file), file).toEqual([]);
  }
  // The npm build does import: this test would see an import if there were one.
  expect(importsOf('index.js')).not.toEqual([]);
});

test("C3: the packaged worker says hello under worker-src 'self'", async () => {
  for (const file of ['worker.js', 'cdn/worker.js']) {
    const withoutTypes = (policy: string): string => policy.replace(/; require-trusted-types-for.*/u, '');
    const { page, close } = await openPackagePage(browser, PAGE_FORMS.bare, withoutTypes);
    const first = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const worker = new Worker(url, { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = () => resolve('the worker did not load');
        }),
      `/packages/widget/dist/${file}`,
    );
    expect(first, file).toEqual({ kind: 'hello' });
    await close();
  }
});

for (const [name, form] of Object.entries(PAGE_FORMS).filter(([key]) => key !== 'bare')) {
  test(`C1, C3: the ${name} build paints through its own worker under a strict policy, without one violation`, async () => {
    const { page, complaints, close } = await openPackagePage(browser, form);
    await expect.poll(async () => complaints.length > 0 || (await colorsOf(page)) > 16, { timeout: 30_000 }).toBe(true);
    expect(complaints).toEqual([]);
    expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([
      `/packages/widget/dist/${name === 'npm' ? '' : 'cdn/'}worker.js`,
    ]);
    await close();
  });
}

test("C3: under worker-src 'none' the esm build still paints, on the main thread, and says why", async () => {
  const withoutWorker = (policy: string): string => policy.replace("worker-src 'self'", "worker-src 'none'");
  const { page, complaints, close } = await openPackagePage(browser, PAGE_FORMS.esm, withoutWorker);
  await expect.poll(() => colorsOf(page), { timeout: 30_000 }).toBeGreaterThan(16);
  expect(page.workers()).toEqual([]);
  expect(complaints.join('\n')).toContain('no worker');
  await close();
});
