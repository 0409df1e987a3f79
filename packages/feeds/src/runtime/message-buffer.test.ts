import type { UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { CLOSE_SLOW_READER, MessageBuffer } from './message-buffer.js';

const TIME = 1_800_000_000_000 as UnixMs;

async function readAll(buffer: MessageBuffer): Promise<readonly unknown[]> {
  const frames = [];
  for await (const { data } of buffer) frames.push(data);
  return frames;
}

test('what is queued is still read after the end, in order', async () => {
  const buffer = new MessageBuffer();
  const frames = Array.from({ length: 5_000 }, (_, i) => String(i));
  for (const frame of frames) buffer.push(frame, TIME);
  buffer.end({ code: 1006, reason: 'cut' });
  expect(await readAll(buffer)).toEqual(frames);
  expect(buffer.closed).toEqual({ code: 1006, reason: 'cut' });
});

test('a reader that waits gets a frame as soon as it comes', async () => {
  const buffer = new MessageBuffer();
  const reading = readAll(buffer);
  buffer.push('late', TIME);
  buffer.end({ code: 1000, reason: '' });
  expect(await reading).toEqual(['late']);
});

test('a reader that falls too far behind ends the socket instead of filling memory', async () => {
  const buffer = new MessageBuffer(3);
  expect(['a', 'b', 'c', 'd', 'e'].map((frame) => buffer.push(frame, TIME))).toEqual([true, true, true, false, true]);
  expect(buffer.closed?.code).toBe(CLOSE_SLOW_READER);
  expect(await readAll(buffer)).toEqual(['a', 'b', 'c']);
});

test('closing by the reader forgets what is queued', async () => {
  const buffer = new MessageBuffer();
  buffer.push('a', TIME);
  buffer.discard({ code: 1000, reason: 'closed by us' });
  expect(await readAll(buffer)).toEqual([]);
});
