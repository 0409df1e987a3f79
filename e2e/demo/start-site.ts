import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { demoPolicy } from '../../tools/demo-policy.mjs';
import { recordingsDir } from '../../tools/recordings.js';
import { serve } from '../../tools/serve.mjs';
import { recordingLines } from './recording-lines.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'apps/demo/dist');

/** Body of a page with one chart whose attributes are the address's query. */
const BARE = `<body><liquidation-heatmap loading="eager"><p>A chart.</p></liquidation-heatmap></body>`;

/** Serves the built demo, and beside it bare pages with one chart and files that are broken in one way each. */
// eslint-disable-next-line no-restricted-syntax -- Playwright takes the default export
export default async function startSite(): Promise<() => Promise<void>> {
  if (isStale()) execFileSync('npm', ['run', '-s', 'build', '--workspace', '@liquidation-heatmap/demo'], { cwd: root });
  const site = mkdtempSync(join(tmpdir(), 'liquidation-heatmap-demo-'));
  cpSync(dist, site, { recursive: true });
  addPages(site);
  addFiles(site);
  const venues = await startVenueServer();
  const policy = await demoPolicy(venues.base);
  const folder = recordingsDir();
  const server = await serve({
    root: site,
    port: 0,
    headers: (path) => ({
      'Content-Security-Policy': path.startsWith('/no-worker')
        ? policy.replace("worker-src 'self'", "worker-src 'none'")
        : policy,
    }),
    ...(existsSync(folder) ? { recordings: folder } : {}),
  });
  process.env['DEMO_URL'] = server.url;
  process.env['VENUE_SERVER_PORT'] = venues.base.slice(venues.base.indexOf(':') + 1);
  return async () => {
    venues.stop();
    await server.close();
    rmSync(site, { recursive: true });
  };
}

/** Venues of this machine in a process of their own, as a reader would run them. */
async function startVenueServer(): Promise<{ readonly base: string; stop(): void }> {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const main = join(root, 'apps/venue-server/src/main.ts');
  const args = [tsx, main, '--port', '0', '--seed', 'e2e', '--symbols', 'BTCUSDT'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`The venue server ended: ${said}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const [, found] = /http:\/\/(127\.0\.0\.1:\d+)/u.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { base, stop: () => void child.kill() };
}

/** True when a source is newer than the build. */
function isStale(): boolean {
  const built = join(dist, 'index.html');
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'));
  return [join(root, 'apps/demo/src'), ...packages].some((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
      (path) => !path.includes('.test.') && statSync(join(folder, path)).mtimeMs > builtAt,
    ),
  );
}

/** Bare pages load the same script that the article loads. */
function addPages(site: string): void {
  const article = readFileSync(join(site, 'article.html'), 'utf8');
  // The attributes are written before the element is defined.
  const bare = article
    .replace(/<body[\s\S]*<\/body>/u, BARE)
    .replace(
      '<script',
      '<link rel="stylesheet" href="/bare.css" /><script type="module" src="/bare.js"></script><script',
    );
  for (const name of ['bare', 'no-worker']) writeFileSync(join(site, `${name}.html`), bare);
  for (const name of ['bare.js', 'bare.css'])
    cpSync(fileURLToPath(new URL(`pages/${name}`, import.meta.url)), join(site, name));
}

function addFiles(site: string): void {
  const snapshot = join(site, 'seven.lhs');
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  execFileSync(process.execPath, [tsx, join(root, 'tools/snapshot/main.ts'), 'simulated:7', '--out', snapshot], {
    cwd: root,
  });
  const bytes = readFileSync(snapshot);
  writeFileSync(join(site, 'cut.lhs'), bytes.subarray(0, bytes.length >> 1));
  writeFileSync(join(site, 'noise.lhs'), Buffer.from('This is no snapshot.'));
  const lines = recordingLines();
  writeFileSync(join(site, 'sound.ndjson.gz'), gzipSync(lines.join('\n')));
  const middle = lines.length >> 1;
  const cut = lines.with(middle, lines[middle]!.slice(0, 60));
  writeFileSync(join(site, 'truncated-line.ndjson.gz'), gzipSync(cut.join('\n')));
}
