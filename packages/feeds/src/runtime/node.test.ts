import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DurationMs } from '@liquidation-heatmap/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { isConnectionFault } from './connection-fault.js';
import { nodeRuntime } from './node.js';

let http: Server;
let sockets: WebSocketServer;
let address: string;
let abort: AbortController;

beforeEach(async () => {
  http = createServer((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/busy') response.writeHead(429, { 'retry-after': '7' }).end('slow down');
    else response.writeHead(200).end(`asked ${String(request.url)}`);
  });
  sockets = new WebSocketServer({ server: http });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  abort = new AbortController();
});

afterEach(async () => {
  abort.abort();
  for (const client of sockets.clients) client.terminate();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

const firstClient = () => new Promise<WebSocket>((resolve) => void sockets.once('connection', resolve));

test('frames arrive in order, stamped, as text or bytes, and the close code is kept', async () => {
  const runtime = nodeRuntime();
  const accepted = firstClient();
  const socket = await runtime.connect(`ws://${address}`, abort.signal);
  const server = await accepted;
  const heard = new Promise<string>((resolve) => server.once('message', (data: Buffer) => resolve(data.toString())));
  socket.send('hello');
  expect(await heard).toBe('hello');
  const before = runtime.now();
  server.send('one');
  server.send(new Uint8Array([1, 2, 3]));
  server.close(1012, 'restart');
  const frames = [];
  for await (const { data, seenTime } of socket) {
    expect(seenTime).toBeGreaterThanOrEqual(before);
    frames.push(typeof data === 'string' ? data : [...data]);
  }
  expect(frames).toEqual(['one', [1, 2, 3]]);
  expect(socket.closed).toEqual({ code: 1012, reason: 'restart' });
});

test('aborting ends the iteration and the venue sees the socket close', async () => {
  const accepted = firstClient();
  const socket = await nodeRuntime().connect(`ws://${address}`, abort.signal);
  const server = await accepted;
  const gone = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const reading = (async () => {
    for await (const frame of socket) void frame;
  })();
  abort.abort();
  await Promise.all([reading, gone]);
  expect(socket.closed?.code).toBe(1000);
});

test('a refused connection and an aborted handshake reject with a connection fault', async () => {
  const runtime = nodeRuntime();
  const refused = await runtime.connect('ws://127.0.0.1:1', abort.signal).catch((fault: unknown) => fault);
  expect(isConnectionFault(refused) && refused.kind).toBe('refused');
  const handshake = runtime.connect(`ws://${address}`, abort.signal).catch((fault: unknown) => fault);
  abort.abort();
  const given = await handshake;
  expect(isConnectionFault(given) && given.kind).toBe('aborted');
});

test('an answer of any status is an answer; its headers are read by lower-case name', async () => {
  const runtime = nodeRuntime();
  const fine = await runtime.fetchText(`http://${address}/x`, abort.signal, 5_000 as DurationMs);
  expect([fine.status, fine.body, fine.header('retry-after')]).toEqual([200, 'asked /x', undefined]);
  const busy = await runtime.fetchText(`http://${address}/busy`, abort.signal, 5_000 as DurationMs);
  expect([busy.status, busy.header('retry-after')]).toEqual([429, '7']);
});

test('a request that is not answered in time, cannot be made, or is aborted says which', async () => {
  const runtime = nodeRuntime();
  const kindOf = (request: Promise<unknown>) =>
    request.catch((fault: unknown) => (isConnectionFault(fault) ? fault.kind : fault));
  expect(await kindOf(runtime.fetchText(`http://${address}/never`, abort.signal, 30 as DurationMs))).toBe('timeout');
  expect(await kindOf(runtime.fetchText('http://127.0.0.1:1/', abort.signal, 5_000 as DurationMs))).toBe('network');
  const pending = kindOf(runtime.fetchText(`http://${address}/never`, abort.signal, 60_000 as DurationMs));
  abort.abort();
  expect(await pending).toBe('aborted');
});

test('a wait ends when its signal aborts', async () => {
  const waiting = nodeRuntime().sleep(3_600_000, abort.signal);
  abort.abort();
  await waiting;
  await nodeRuntime().sleep(3_600_000, abort.signal);
});
