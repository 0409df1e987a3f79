import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import { startVenueServer, type RunningServer, type ServerOptions } from '../src/index.js';
import { readCommand, venueServerCommand } from '../src/command.js';

let running: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(running.map((server) => server.close()));
  running = [];
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startVenueServer({
    port: 0,
    seed: 1,
    symbols: ['BTCUSDT'],
    historyMs: 0,
    speed: 10,
    ...options,
  });
  running.push(server);
  return server;
}

const socketAt = ({ address }: RunningServer, path: string): WebSocket =>
  new WebSocket(`${address.replace('http', 'ws')}/${path}`);

/** The first frame of a socket that satisfies a test. */
async function frameOf(socket: WebSocket, isOne: (text: string) => boolean): Promise<string> {
  for (;;) {
    const [data] = (await once(socket, 'message')) as [RawData];
    const text = (data as Buffer).toString();
    if (isOne(text)) return text;
  }
}

test('a client over a real socket is acknowledged and hears trades and the book', async () => {
  const server = await start();
  const socket = socketAt(server, 'stream.bybit.com/v5/public/linear');
  await once(socket, 'open');
  socket.send('{"op":"subscribe","args":["orderbook.50.BTCUSDT","publicTrade.BTCUSDT"]}');
  expect(await frameOf(socket, (text) => text.includes('"op"'))).toContain('"success":true');
  expect(await frameOf(socket, (text) => text.includes('"delta"'))).toContain('orderbook.50.BTCUSDT');
  expect(await frameOf(socket, (text) => text.includes('publicTrade'))).toContain('"S":');
});

test('streams of the address flow without a message', async () => {
  const server = await start();
  const socket = socketAt(server, 'fstream.binance.com/market/stream?streams=btcusdt@markPrice@1s');
  expect(JSON.parse(await frameOf(socket, () => true))).toMatchObject({
    stream: 'btcusdt@markPrice@1s',
    data: { s: 'BTCUSDT' },
  });
});

test('REST answers over HTTP, with the header for pages where the venue has it', async () => {
  const { address } = await start();
  const depth = await fetch(`${address}/fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=5`);
  expect([
    depth.status,
    depth.headers.get('access-control-allow-origin'),
    depth.headers.get('x-mbx-used-weight-1m'),
  ]).toEqual([200, '*', '2']);
  expect(await depth.json()).toHaveProperty('lastUpdateId');
  const info = await fetch(`${address}/fapi.binance.com/fapi/v1/exchangeInfo`);
  expect(info.headers.get('access-control-allow-origin')).toBeNull();
  const body = JSON.stringify({ type: 'meta' });
  const meta = await fetch(`${address}/api.hyperliquid.xyz/info`, { method: 'POST', body });
  expect(await meta.json()).toHaveProperty('universe');
  const preflight = await fetch(`${address}/api.hyperliquid.xyz/info`, { method: 'OPTIONS' });
  expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
});

test('a region refuses the handshake with its status, and a venue that is down gives no answer at all', async () => {
  const faults = [
    { at: 0, venue: 'binance', kind: 'region', answer: 451 },
    { at: 0, venue: 'okx', kind: 'down' },
  ];
  const server = await start({ faults });
  const refused = socketAt(server, 'fstream.binance.com/public/stream');
  const [error] = (await once(refused, 'error')) as [Error];
  expect(error.message).toContain('451');
  expect((await fetch(`${server.address}/fapi.binance.com/fapi/v1/ping`)).status).toBe(451);
  const [reset] = (await once(socketAt(server, 'ws.okx.com/ws/v5/public'), 'error')) as [Error];
  expect(reset.message).not.toContain('Unexpected server response');
  await expect(fetch(`${server.address}/www.okx.com/api/v5/public/time`)).rejects.toThrow();
});

test.each([1006, 1012])('a cut with %i reaches the client as that code', async (code) => {
  const server = await start({ faults: [{ at: 20_000, venue: 'hyperliquid', kind: 'cut', code }] });
  const socket = socketAt(server, 'api.hyperliquid.xyz/ws');
  await once(socket, 'open');
  expect((await once(socket, 'close'))[0]).toBe(code);
});

test('the venue pings with frames of the protocol, and a client that answers stays', async () => {
  const server = await start({ speed: 200 });
  const socket = socketAt(server, 'fstream.binance.com/public/stream');
  await once(socket, 'ping');
  await once(socket, 'ping');
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('a port that is taken is told in a sentence', async () => {
  const server = await start();
  const port = new URL(server.address).port;
  const said: string[] = [];
  expect(await venueServerCommand(['--port', port, '--symbols', 'BTCUSDT'], (text) => void said.push(text))).toBe(1);
  expect(said.join()).toMatch(/could not start: .*EADDRINUSE/);
});

test.each([
  ['port', ['--port', '70000']],
  ['speed', ['--speed', '0']],
  ['symbols', ['--symbols', 'BTCUSD']],
  ['faults', ['--faults', 'nowhere.json']],
  ['options', ['--unknown']],
])('an unusable option is told with its rule: %s', async (field, args) => {
  const command = await readCommand(args);
  expect(command.ok ? undefined : command.fault.field).toBe(field);
});

test('faults that are no file are the seed of a drawn script', async () => {
  const [first, second] = [await readCommand(['--faults', 'a']), await readCommand(['--faults', 'a'])];
  expect(first).toEqual(second);
  expect(first.ok && first.value.faults.length).toBeGreaterThan(1_000);
});
