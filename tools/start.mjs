// `npm start`: installs what is missing, builds the demo, serves it and opens a browser where there is one.
//   npm start -- --port 9000 --no-open
//   npm start -- --venue-server      the demo reads venues of this machine, which tell a simulated market in their own wire
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoPolicy } from './demo-policy.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { nx } from './nx.mjs';
import { PlainFault, duration, runCommand, say } from './say.mjs';
import { serve } from './serve.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_PORT = 4173;
/** Where the demo looks for a venue server. */
const VENUE_SERVER_PORT = 8900;

/** @param {readonly string[]} args */
function readArguments(args) {
  let port = DEFAULT_PORT;
  let opens = true;
  let servesVenues = false;
  for (let index = 0; index < args.length; index++) {
    const [name, inline] = (args[index] ?? '').split('=');
    if (name === '--no-open') opens = false;
    else if (name === '--venue-server') servesVenues = true;
    else if (name === '--port') port = portOf(inline ?? args[++index]);
    else throw new PlainFault(`Unknown option ${args[index]}; known are --port NUMBER, --no-open and --venue-server.`);
  }
  return { port, opens, servesVenues };
}

/** @param {string | undefined} text */
function portOf(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new PlainFault(`--port must be a whole number from 0 to 65535, was ${text ?? 'missing'}.`);
}

async function build() {
  const started = Date.now();
  say('Building the demo …');
  const { code } = await nx(['run', '@liquidation-heatmap/demo:build'], { heartbeat: 'Still building' });
  if (code !== 0) throw new PlainFault('The demo could not be built; the messages stand above.');
  say(`Built in ${duration(Date.now() - started)}.`);
}

/** @param {string} url */
function openBrowser(url) {
  if (process.env['CI'] !== undefined) return;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  const [file, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  // Without a browser the printed address is enough.
  spawn(file ?? '', args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** Starts the venues of this machine beside the demo; they end with it. */
function startVenueServer() {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const main = join(root, 'apps/venue-server/src/main.ts');
  const child = spawn(process.execPath, [tsx, main, '--port', String(VENUE_SERVER_PORT)], { stdio: 'inherit' });
  process.once('exit', () => child.kill());
  return `127.0.0.1:${VENUE_SERVER_PORT}`;
}

await runCommand(async () => {
  const { port, opens, servesVenues } = readArguments(process.argv.slice(2));
  await ensureInstall();
  await build();
  const venueServer = servesVenues ? startVenueServer() : undefined;
  const policy = await demoPolicy(venueServer);
  const recordings = resolve(process.env['RECORDINGS_DIR'] ?? join(root, '../shared/data'));
  const server = await serve({
    root: join(root, 'apps/demo/dist'),
    port,
    headers: () => ({ 'Content-Security-Policy': policy }),
    ...(existsSync(recordings) ? { recordings } : {}),
  });
  if (port !== 0 && server.port !== port) say(`Port ${port} is taken, so port ${server.port} is used.`);
  const url = venueServer === undefined ? server.url : `${server.url}?source=venue-server`;
  say(`The demo is at ${url} (stop with Ctrl+C).`);
  if (opens) openBrowser(url);
});
