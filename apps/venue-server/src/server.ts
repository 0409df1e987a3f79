import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { createVenueHost, type VenueHost, type VenueHostOptions } from './host/venue-host.js';
import type { HostSocket } from './host/host-socket.js';
import { SYMBOLS } from './market/venue-name.js';

/** What a server is made from. */
export interface ServerOptions extends Omit<VenueHostOptions, 'startTime'> {
  /** Port on the loopback address; 0 takes a free one. */
  readonly port: number;
  /** Host seconds in a real second. At 1 the host's clock is the machine's. */
  readonly speed?: number;
  /** Unix ms at which the host's time begins; default now. */
  readonly startTime?: number;
}

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly address: string;
  readonly host: VenueHost;
  /** Ends every socket and stops listening. */
  close(): Promise<void>;
}

/** The host's time is brought up this often, real ms: finer than any venue's cadence that matters to a reader. */
const STEP_MS = 10;
const LOOPBACK = '127.0.0.1';
/** Longest body of a POST, characters: the venues' are a hundred. */
const LONGEST_BODY = 10_000;
/** Close codes that no endpoint may send: the line is cut instead. */
const UNSENDABLE = new Set([1005, 1006, 1015]);

/** Speaks for four venues on one port, fed by a simulated market; resolves as soon as it listens. */
export async function startVenueServer(options: ServerOptions): Promise<RunningServer> {
  const { port, speed = 1, startTime = Date.now(), ...rest } = options;
  const began = Date.now();
  const host = createVenueHost({ ...rest, startTime });
  // Before anybody waits for a handshake: a month of market takes about two seconds a symbol.
  for (const symbol of rest.symbols ?? SYMBOLS) host.market('binance', symbol);
  const catchUp = (): void => host.advance(startTime + (Date.now() - began) * speed);
  const http = createServer((request, response) => void answer(host, catchUp, speed, request, response));
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on('upgrade', (request, line, head) => {
    catchUp();
    const outcome = host.connect(localUrl(request));
    if (outcome.outcome === 'refused') {
      if (outcome.status !== undefined)
        line.write(`HTTP/1.1 ${String(outcome.status)} Refused\r\ncontent-length: 0\r\n\r\n`);
      line.destroy();
      return;
    }
    sockets.handleUpgrade(request, line, head, (client) => join(client, outcome.socket, catchUp));
  });
  await listen(http, port);
  const timer = setInterval(catchUp, STEP_MS);
  const bound = http.address();
  const taken = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    address: `http://${LOOPBACK}:${String(taken)}`,
    host,
    close: async () => {
      clearInterval(timer);
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, LOOPBACK, () => resolve());
  });
}

function join(client: WebSocket, socket: HostSocket, catchUp: () => void): void {
  socket.onText((text) => client.send(text));
  socket.onPing(() => client.ping());
  socket.onClose(({ code, reason }) => {
    if (UNSENDABLE.has(code)) client.terminate();
    else client.close(code, reason);
  });
  client.on('pong', () => socket.pong());
  client.on('message', (data, isBinary) => {
    catchUp();
    if (!isBinary) socket.send(textOf(data));
  });
  client.on('close', () => socket.close());
  client.on('error', () => client.terminate());
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as ArrayBuffer).toString();
}

async function answer(
  host: VenueHost,
  catchUp: () => void,
  speed: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  if (body === undefined) {
    response.destroy();
    return;
  }
  catchUp();
  const given = host.fetch(localUrl(request), { method: request.method ?? 'GET', body });
  setTimeout(() => {
    if ('network' in given) {
      response.destroy();
      return;
    }
    response.writeHead(given.status, given.headers);
    response.end(given.body);
  }, given.delayMs / speed);
}

/** Undefined where the client went away while it was sending. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  try {
    for await (const chunk of request) if (body.length < LONGEST_BODY) body += String(chunk);
  } catch {
    return undefined;
  }
  return body;
}

function localUrl({ url = '/' }: IncomingMessage): string {
  return `http://${LOOPBACK}${url}`;
}
