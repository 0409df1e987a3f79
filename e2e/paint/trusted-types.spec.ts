import { chromium, expect, test, type Browser } from '@playwright/test';
import { launchOptions } from '../../tools/chromium.mjs';
import { trustedTypes } from '../../packages/widget/tools/trusted-types-plugin.mjs';
import { bundle, servePage } from './page-server.js';

interface LitReport {
  readonly text: string;
  readonly hasPolicy: boolean;
  readonly refused: string;
  readonly allowed: string;
  readonly violations: readonly string[];
}

let browser: Browser;
test.beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
});
test.afterAll(() => browser.close());

/** Loads a script, and a second copy of it where asked, and says what it reports and what goes wrong. */
async function load(
  script: string,
  copies: number,
): Promise<{ readonly report: LitReport | undefined; readonly errors: readonly string[] }> {
  const server = await servePage(script, copies);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(server.url);
  const reported = (): Promise<LitReport | undefined> => page.evaluate(() => (globalThis as { lit?: LitReport }).lit);
  await expect.poll(async () => errors.length > 0 || (await reported()) !== undefined).toBe(true);
  const report = await reported();
  await page.close();
  await server.close();
  return { report, errors };
}

test('C1: two copies of a bundled Lit share the one policy the page allows, and only our own origin may give a script', async () => {
  const { report, errors } = await load(await bundle('lit-page', [trustedTypes()]), 2);
  expect(errors).toEqual([]);
  expect(report).toMatchObject({ text: 'rendered', hasPolicy: true, refused: 'TypeError', violations: [] });
  expect(report?.allowed).toMatch(/\/worker\.js$/);
});

test('C1: without the plugin the same page fails, so this test can fail', async () => {
  const { report, errors } = await load(await bundle('lit-page'), 1);
  expect(report).toBeUndefined();
  expect(errors.join()).toMatch(/Policy with name "lit-html" disallowed|createPolicy/);
});

test('a Lit whose source has changed fails the build with the file and what to do', async () => {
  const changed = {
    name: 'changed-lit',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      id.endsWith('lit-html.js') ? code.replace('"lit-html"', '`lit-html`') : undefined,
  };
  await expect(bundle('lit-page', [changed, trustedTypes()])).rejects.toThrow(
    /expected one policy named "lit-html", found 0/,
  );
});
