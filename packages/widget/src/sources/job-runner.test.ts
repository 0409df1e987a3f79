import { FrameStore, type FrameMessage, type SourceStatus } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import type { Job } from './job.js';
import { JobRunner } from './job-runner.js';

const AT = Date.UTC(2026, 10, 20, 12);

function jobOf(change: {
  readonly symbol?: string;
  readonly choice?: Job['choice'];
  readonly at?: number | undefined;
}): Job {
  const { symbol = 'BTCUSDT', choice = { kind: 'simulated', seed: 'test' }, at = AT } = change;
  const request = { symbol, venues: ['simulated'], rangeMs: 3_600_000, intervalMs: 300_000, at };
  return { request: request as unknown as Job['request'], choice, speed: 1 };
}

async function run(job: Job) {
  const store = new FrameStore();
  const changes: string[] = [];
  const statuses: SourceStatus[] = [];
  const sink = (message: FrameMessage): void => {
    changes.push(store.apply(message).kind);
    if (message.kind === 'status') statuses.push(message.status);
  };
  const runner = new JobRunner(job, sink);
  await runner.run(new AbortController().signal);
  return { store, changes, statuses, runner };
}

test('a simulated market as of a moment fills the range, then is frozen', async () => {
  const { store, changes, statuses } = await run(jobOf({}));
  expect(statuses[0]?.state).toBe('connecting');
  expect(statuses.at(-1)).toMatchObject({ state: 'frozen', origin: 'simulated' });
  expect(changes).toContain('reset');
  expect(changes).not.toContain('ignored');
  const heads = store.tiles(300_000).flatMap((tile) => tile.heads);
  expect(heads.length).toBeGreaterThanOrEqual(11);
  // The engine's own keeping, not the 48 h it warms up on: 26 columns, and up to 63 more because whole tiles are let go.
  expect(heads[0]!.endTime).toBeGreaterThan(AT - (26 + 64) * 300_000);
  const ends = heads.slice(-12).map(({ endTime }) => endTime);
  expect(ends.every((end, i) => i === 0 || end - ends[i - 1]! === 300_000)).toBe(true);
  expect(heads.at(-1)!.endTime).toBeLessThanOrEqual(AT + 300_000);
});

test('the venue split of a cell is what the venues of the frame add up to', async () => {
  const { store, runner } = await run(jobOf({}));
  const { endTime, close } = store.newestHead(300_000)!;
  const split = runner.splitAt(endTime, (close * 0.9) as typeof close, close);
  expect(split?.map(({ venue }) => venue)).toEqual(['simulated']);
  expect(split?.[0]?.long).toBeGreaterThan(0);
});

test('a symbol that no source knows is an error that names the field', async () => {
  const { statuses } = await run(jobOf({ symbol: 'ABCUSDT' }));
  expect(statuses.at(-1)).toMatchObject({ state: 'error', fault: { code: 'unknown-symbol', field: 'symbol' } });
});

test('a moment cannot be asked of the live venues', async () => {
  const { statuses } = await run(jobOf({ choice: { kind: 'venues' } }));
  expect(statuses.at(-1)).toMatchObject({ state: 'error', fault: { code: 'at-unavailable', field: 'at' } });
});

test('an unreachable recording is an error that names src', async () => {
  const choice = { kind: 'recording', url: 'http://127.0.0.1:9/none.ndjson.gz', speed: undefined } as const;
  const { statuses } = await run(jobOf({ choice, at: undefined }));
  expect(statuses.at(-1)).toMatchObject({ state: 'error', fault: { code: 'unreachable-source', field: 'src' } });
});
