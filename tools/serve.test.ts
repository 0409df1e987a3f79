import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from './serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const site = join(folder, 'site');
const recordings = join(folder, 'recordings');
const POLICY = "default-src 'none'";
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(site, 'assets'), { recursive: true });
  mkdirSync(join(recordings, 'venues/binance-usdm'), { recursive: true });
  writeFileSync(join(site, 'index.html'), '<!doctype html>');
  writeFileSync(join(site, 'assets/main-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(recordings, 'venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz'), 'gz');
  writeFileSync(join(recordings, 'venues/binance-usdm/EXPECTED.json'), '{}');
  const headers = (path: string): Record<string, string> =>
    path.endsWith('/') ? { 'Content-Security-Policy': POLICY } : {};
  server = await serve({ root: site, recordings, port: 0, headers });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Status line of a request whose path is sent as it stands; `fetch` would tidy it up. */
function rawStatus(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(server.port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
  });
}

test('a page comes with its media type and the headers of its path', async () => {
  const page = await fetch(server.url);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toBe(POLICY);
  const script = await fetch(`${server.url}assets/main-1a2b.js`);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('content-security-policy')).toBeNull();
});

test.each([
  ['/../secret.txt'],
  ['/%2e%2e/secret.txt'],
  ['/..%2fsecret.txt'],
  ['/recordings/..%2fsecret.txt'],
  ['/recordings/%2e%2e%2f%2e%2e%2fsecret.txt'],
])('nothing outside the folders is served: %s', async (path) => {
  expect(await rawStatus(path)).toBe('HTTP/1.1 404 Not Found');
});

test('recordings are listed by symbol and date and served as they are', async () => {
  const list = (await (await fetch(`${server.url}recordings/index.json`)).json()) as unknown;
  const url = '/recordings/venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz';
  expect(list).toEqual([{ url, symbols: ['BTCUSDT'], date: '2024-08-08' }]);
  const recording = await fetch(new URL(url, server.url));
  expect(recording.headers.get('content-encoding')).toBeNull();
  expect(await recording.text()).toBe('gz');
});

test('only reading is answered', async () => {
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${server.url}missing.js`)).status).toBe(404);
  expect(await rawStatus('/%')).toBe('HTTP/1.1 400 Bad Request');
});

test('a taken port gives the next free one', async () => {
  const second = await serve({ root: site, port: server.port });
  expect(second.port).toBeGreaterThan(server.port);
  await second.close();
});
