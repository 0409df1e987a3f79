import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type PluginOption, type Rollup } from 'vite';
import { workspaceAlias } from '../../packages/widget/tools/workspace-alias.mjs';

/** The policy of a careful site: own files only, nothing evaluated, one policy name for trusted types. */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types liquidation-heatmap',
].join('; ');

/** Another address is another copy of the script, with a scope of its own. */
function htmlOf(copies: number): string {
  const scripts = Array.from(
    { length: copies },
    (_, copy) => `<script type="module" src="/page.js?copy=${copy}"></script>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Paint</title><link rel="stylesheet" href="/page.css">
<div id="host"></div>${scripts.join('')}</html>`;
}

const CSS =
  'body { margin: 0; background: #131722; } #host { position: absolute; left: 0; top: 0; width: 320px; height: 200px; }';

/** A script of `pages` by its name, bundled as the widget would be. */
export async function bundle(page: string, plugins: PluginOption[] = []): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    plugins,
    resolve: { alias: workspaceAlias },
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL(`pages/${page}.ts`, import.meta.url)),
        formats: ['es'],
      },
    },
  })) as Rollup.RollupOutput[];
  return result[0]!.output[0].code;
}

/** A site of one page under `STRICT_POLICY`. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a page with one script, or several copies of it, on a free port. */
export async function servePage(script: string, copies = 1): Promise<PageServer> {
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', htmlOf(copies)],
    '/page.js': ['text/javascript', script],
    '/page.css': ['text/css', CSS],
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    if (file === undefined) return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': file[0], 'content-security-policy': STRICT_POLICY }).end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
