import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { serve } from '../../tools/serve.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where the packages' own entries are found on a page that bundles nothing. */
const IMPORTS = {
  ...Object.fromEntries(
    ['core', 'feeds', 'simulator', 'picture', 'widget'].map((name) => [
      `@liquidation-heatmap/${name}`,
      `/packages/${name}/dist/index.js`,
    ]),
  ),
  '@liquidation-heatmap/feeds/browser': '/packages/feeds/dist/browser.js',
  '@liquidation-heatmap/widget/define': '/packages/widget/dist/define.js',
  'lit': '/node_modules/lit/index.js',
  'lit/': '/node_modules/lit/',
  'lit-html': '/node_modules/lit-html/lit-html.js',
  'lit-html/': '/node_modules/lit-html/',
  'lit-element/': '/node_modules/lit-element/',
  '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
  '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
};
const IMPORT_MAP = JSON.stringify({ imports: IMPORTS });
const MAP_HASH = createHash('sha256').update(IMPORT_MAP).digest('base64');

const ELEMENT = '<liquidation-heatmap src="simulated:7" range="1h"></liquidation-heatmap>';
const CDN = '/packages/widget/dist/cdn/liquidation-heatmap';

/** A page by the way it gets the widget: what its body holds, and the policy names and scripts it allows. */
export interface PageForm {
  readonly html: string;
  readonly policies: string;
  readonly scripts?: string;
}

/** The page forms: one file as a module, one file as a classic script, the npm files as they are, no widget at all. */
export const PAGE_FORMS = {
  esm: { html: `${ELEMENT}<script type="module" src="${CDN}.esm.min.js"></script>`, policies: 'liquidation-heatmap' },
  iife: { html: `${ELEMENT}<script src="${CDN}.iife.min.js"></script>`, policies: 'liquidation-heatmap' },
  npm: {
    html: `<script type="importmap">${IMPORT_MAP}</script>${ELEMENT}<script type="module" src="/packages/widget/dist/define.js"></script>`,
    policies: 'lit-html liquidation-heatmap',
    scripts: `'sha256-${MAP_HASH}'`,
  },
  bare: { html: '', policies: 'test' },
} satisfies Readonly<Record<string, PageForm>>;

function policyOf({ policies, scripts = '' }: PageForm): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${scripts}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${policies}`,
  ].join('; ');
}

/** A page of the built files, and what went wrong on it. */
export interface PackagePage {
  readonly page: Page;
  /** Thrown errors, errors of the console, and what the widget said about its worker. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the page that gets the widget this way, under a strict policy which `change` may loosen or tighten. */
export async function openPackagePage(
  browser: Browser,
  form: PageForm,
  change: (policy: string) => string = (policy) => policy,
): Promise<PackagePage> {
  const headers = { 'Content-Security-Policy': change(policyOf(form)) };
  const site = await serve({ root, port: 0, headers: () => headers });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('no worker')) complaints.push(message.text());
  });
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Package</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/e2e/package/pages/page.css">${form.html}</html>`;
  await page.route('**/page.html', (route) => route.fulfill({ contentType: 'text/html', headers, body }));
  await page.goto(`${site.url}page.html`);
  const close = async (): Promise<void> => {
    await page.close();
    await site.close();
  };
  return { page, complaints, close };
}
