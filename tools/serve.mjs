// A static server for built pages: right media types, headers per path, recordings beside the pages. No dependencies.
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { PlainFault } from './say.mjs';

const MEDIA_TYPES = new Map(
  Object.entries({
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.map': 'application/json; charset=utf-8',
    '.txt': 'text/plain; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.ico': 'image/x-icon',
    '.woff2': 'font/woff2',
    // As it is, without Content-Encoding: the reader unpacks it itself.
    '.gz': 'application/gzip',
    '.lhs': 'application/octet-stream',
    '.lhf': 'application/octet-stream',
  }),
);
const RECORDINGS = '/recordings/';
/** Folders of venues whose recordings a page can play. */
const PLAYABLE = ['venues/binance-usdm'];
const PORTS_TRIED = 50;

/**
 * @typedef {object} ServeOptions
 * @property {string} root folder of the built pages
 * @property {number} port first port tried; the next free one is taken when it is in use; 0: any
 * @property {string} [host]
 * @property {(path: string) => Record<string, string>} [headers] further headers of a path, e.g. its Content-Security-Policy
 * @property {string} [recordings] folder of recordings, served below /recordings/ when it exists
 */

/**
 * Starts serving.
 * @param {ServeOptions} options
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve(options) {
  const { port: first, host = '127.0.0.1' } = options;
  const last = first === 0 ? 0 : Math.min(first + PORTS_TRIED, 65_535);
  for (let port = first; port <= last; port++) {
    const server = createServer((request, response) => answer(options, request, response));
    const bound = await listen(server, port, host);
    if (bound === undefined) continue;
    return {
      url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${bound}/`,
      port: bound,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  }
  throw new PlainFault(`No free port was found between ${first} and ${last}; name another with --port.`);
}

/**
 * The port that was bound, or undefined when this one is taken.
 * @param {import('node:http').Server} server @param {number} port @param {string} host
 * @returns {Promise<number | undefined>}
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ fault) => {
      if (fault.code === 'EADDRINUSE' || fault.code === 'EACCES') resolve(undefined);
      else reject(new PlainFault(`Port ${port} of ${host} could not be opened: ${fault.message}.`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** @param {ServeOptions} options @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function answer(options, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET and HEAD are answered.');
  const path = pathOf(request.url ?? '/');
  if (path === undefined) return refuse(response, 400, 'The address is malformed.');
  const common = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', ...options.headers?.(path) };
  if (path === `${RECORDINGS}index.json`) return sendList(options, response, common);
  const file = fileOf(options, path);
  if (file === undefined) return refuse(response, 404, `There is no ${path} here.`);
  response.writeHead(200, {
    ...common,
    'Content-Type': MEDIA_TYPES.get(extname(file)) ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    // Names below assets/ carry a hash of their content.
    'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** @param {string} url */
function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** @param {ServeOptions} options @param {string} path */
function fileOf(options, path) {
  if (path.startsWith(RECORDINGS)) {
    return options.recordings === undefined ? undefined : inside(options.recordings, path.slice(RECORDINGS.length));
  }
  return inside(options.root, path.endsWith('/') ? `${path}index.html` : path);
}

/** The file of a path below a folder; nothing outside it. @param {string} folder @param {string} path */
function inside(folder, path) {
  const file = normalize(join(folder, path));
  if (!file.startsWith(normalize(folder + sep))) return undefined;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** @param {ServeOptions} options @param {import('node:http').ServerResponse} response @param {Record<string, string>} headers */
function sendList(options, response, headers) {
  response.writeHead(200, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-cache',
  });
  response.end(`${JSON.stringify(listRecordings(options.recordings), null, 2)}\n`);
}

/**
 * Recordings that a page can play: address, canonical symbols and date, as their file names say.
 * @param {string | undefined} folder
 */
export function listRecordings(folder) {
  return PLAYABLE.flatMap((venue) => {
    const below = folder === undefined ? undefined : join(folder, venue);
    if (below === undefined || !existsSync(below)) return [];
    return readdirSync(below).flatMap((name) => {
      const [, symbol, date] = /^([a-z0-9]+usdt)-(\d{4}-\d{2}-\d{2})\.ndjson\.gz$/.exec(name) ?? [];
      return symbol === undefined
        ? []
        : [{ url: `${RECORDINGS}${venue}/${name}`, symbols: [symbol.toUpperCase()], date }];
    });
  });
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} sentence */
function refuse(response, status, sentence) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${sentence}\n`);
}
