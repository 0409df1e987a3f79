import type { UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { SimulatedWorld, type SimulatedHost } from '../runtime/simulated.js';
import type { ServerSocket } from '../runtime/simulated-socket.js';
import { Connection } from './connection.js';

const START = 1_800_000_000_000 as UnixMs;
const DAY_MS = 86_400_000;

function setUp(options: { readonly rotateAfterMs?: number; readonly seed?: number } = {}) {
  const sockets: ServerSocket[] = [];
  const attempts: number[] = [];
  const said: string[] = [];
  const frames: { readonly text: string; readonly generation: number }[] = [];
  const script = {
    admission: 'accept' as 'accept' | 'refuse' | 'hang',
    accepted: (_socket: ServerSocket): void => undefined,
  };
  const host: SimulatedHost = {
    admits: () => {
      attempts.push(world.now() - START);
      return script.admission;
    },
    accepted: (socket) => {
      sockets.push(socket);
      script.accepted(socket);
    },
    answer: () => ({ network: 'none' }),
  };
  const world = new SimulatedWorld(host, START, options.seed);
  const abort = new AbortController();
  const connection = new Connection(
    {
      url: 'wss://venue.test/stream',
      hello: ['hello'],
      isData: (text) => text.startsWith('data'),
      rotateAfterMs: options.rotateAfterMs ?? DAY_MS,
    },
    {
      beforeAttempt: () => Promise.resolve(),
      opened: (generation) => said.push(`opened ${String(generation)}`),
      rotated: (generation) => said.push(`rotated ${String(generation)}`),
      frame: (text, generation) => frames.push({ text, generation }),
      lost: (reason, _from, hadData) => said.push(`lost ${hadData ? 'data' : 'nothing'}: ${reason}`),
      ready: () => undefined,
    },
    world.runtime,
  );
  const running = connection.run(abort.signal);
  return { world, sockets, attempts, said, frames, script, connection, abort, running };
}

test('a socket is greeted, read, and counted as a generation', async () => {
  const { world, sockets, said, frames } = setUp();
  await world.advance(10);
  sockets[0]!.send('data 1');
  await world.settle();
  expect(sockets[0]!.received).toEqual(['hello']);
  expect(said).toEqual(['opened 1']);
  expect(frames).toEqual([{ text: 'data 1', generation: 1 }]);
});

test('waits between vain attempts double up to half a minute and are jittered in full', async () => {
  const { world, script, attempts, abort, running } = setUp();
  script.admission = 'refuse';
  await world.advance(3_600_000);
  const waits = attempts.slice(1).map((at, i) => at - attempts[i]!);
  for (const [i, wait] of waits.entries()) expect(wait).toBeLessThan(Math.min(30_000, 1_000 * 2 ** i));
  expect(Math.max(...waits)).toBeGreaterThan(20_000);
  expect(Math.min(...waits.slice(6))).toBeLessThan(10_000);
  abort.abort();
  await running;
});

test('opening alone does not reset the backoff: a hang-up loop slows down', async () => {
  const { world, script, attempts } = setUp();
  script.accepted = (socket) => world.after(20, () => socket.close(1006));
  await world.advance(1_800_000);
  expect(attempts.length).toBeLessThan(150);
});

test('a minute of data resets the backoff', async () => {
  const { world, script, attempts, sockets } = setUp();
  script.admission = 'refuse';
  await world.advance(600_000);
  script.admission = 'accept';
  await world.advance(70_000);
  for (let second = 0; second < 62; second++) {
    sockets.at(-1)!.send('data');
    await world.advance(1_000);
  }
  const before = attempts.length;
  sockets.at(-1)!.close(1006);
  await world.advance(1_001);
  expect(attempts.length).toBe(before + 1);
});

test('acks do not count as data: a socket that only acknowledges does not reset the backoff', async () => {
  const { world, script, attempts } = setUp();
  script.accepted = (socket) => {
    world.every(10_000, () => {
      socket.send('ack');
      return socket.isOpen;
    });
    world.after(90_000, () => socket.close(1006));
  };
  await world.advance(1_800_000);
  const waits = attempts.slice(1).map((at, i) => at - attempts[i]! - 90_000);
  expect(Math.max(...waits.slice(5))).toBeGreaterThan(10_000);
});

test('a handshake that is never answered is given up after ten seconds', async () => {
  const { world, script, said } = setUp();
  script.admission = 'hang';
  await world.advance(10_001);
  expect(said[0]).toBe('lost nothing: wss://venue.test/stream did not answer within 10 s');
});

test('a venue that refuses by policy is left alone for half a minute', async () => {
  const { world, sockets, attempts, said } = setUp();
  await world.advance(10);
  sockets[0]!.send('data');
  sockets[0]!.close(1008, 'too many messages');
  await world.advance(29_900);
  expect(attempts).toHaveLength(1);
  await world.advance(200);
  expect(attempts).toHaveLength(2);
  expect(said[1]).toBe('lost data: the venue refused the connection by its policy (code 1008: too many messages)');
});

test('rotation keeps the old socket until the new one has data, delivers nothing twice out of order, and leaves one open', async () => {
  const { world, sockets, said, frames, script } = setUp({ rotateAfterMs: 60_000 });
  let n = 0;
  script.accepted = () => undefined;
  world.every(100, () => {
    n += 1;
    for (const socket of sockets) socket.send(`data ${String(n)}`);
    return undefined;
  });
  await world.advance(70_000);
  expect(said).toEqual(['opened 1', 'rotated 2']);
  expect(sockets.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  const numbers = frames.map(({ text }) => Number(text.slice(5)));
  expect(new Set(numbers).size).toBe(n);
  const swap = frames.findIndex(({ generation }) => generation === 2);
  const isAscending = (values: readonly number[]) =>
    values.every((value, i) => i === 0 || value === values[i - 1]! + 1);
  expect(isAscending(numbers.slice(0, swap)) && isAscending(numbers.slice(swap))).toBe(true);
  expect(frames.slice(swap).every(({ generation }) => generation === 2)).toBe(true);
  expect(world.openSockets).toBe(1);
});

test('a rotation whose new socket stays silent is called off and the old one goes on', async () => {
  const { world, sockets, said } = setUp({ rotateAfterMs: 60_000 });
  world.every(1_000, () => {
    sockets[0]?.send('data');
    return undefined;
  });
  await world.advance(85_000);
  expect(said).toEqual(['opened 1']);
  expect(sockets[0]!.isOpen).toBe(true);
  expect(sockets[1]!.isOpen).toBe(false);
});

test('the old socket dying during a rotation hands over to the new one at once', async () => {
  const { world, sockets, said } = setUp({ rotateAfterMs: 60_000 });
  world.every(100, () => {
    for (const socket of sockets) socket.send('data');
    return undefined;
  });
  await world.advance(60_500);
  sockets[0]!.close(1006);
  await world.advance(50);
  expect(said).toEqual(['opened 1', 'rotated 2']);
  expect(sockets[1]!.isOpen).toBe(true);
});

test('aborting during a handshake, a wait or a rotation leaves nothing open', async () => {
  for (const [ms, admission] of [
    [0, 'hang'],
    [500, 'refuse'],
    [61_000, 'accept'],
  ] as const) {
    const { world, script, abort, running } = setUp({ rotateAfterMs: 60_000 });
    script.admission = admission;
    await world.advance(ms);
    abort.abort();
    await running;
    await world.settle();
    expect({ ms, sockets: world.openSockets, waits: world.waits }).toEqual({ ms, sockets: 0, waits: 0 });
  }
});

test('a restart asked for gives its own reason and opens a new generation', async () => {
  const { world, sockets, said, connection } = setUp();
  await world.advance(10);
  sockets[0]!.send('data');
  await world.settle();
  connection.restart('no data for 8 s');
  await world.advance(1_001);
  expect(said).toEqual(['opened 1', 'lost data: no data for 8 s', 'opened 2']);
  expect(connection.generation).toBe(2);
});
