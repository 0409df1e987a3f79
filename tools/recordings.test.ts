import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordingPath } from './recordings.js';

let folder = '';
const ledger = (): string => join(folder, 'ledger.jsonl');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recordings-'));
  vi.stubEnv('RECORDINGS_LEDGER', ledger());
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('a recording that is there is found and counted as run', () => {
  vi.stubEnv('RECORDINGS_DIR', folder);
  writeFileSync(join(folder, 'one.ndjson.gz'), '');
  expect(recordingPath('one.ndjson.gz')).toEqual({ path: join(folder, 'one.ndjson.gz') });
  expect(JSON.parse(readFileSync(ledger(), 'utf8'))).toEqual({ recording: 'one.ndjson.gz', outcome: 'run' });
});

test('a missing recording is counted as skipped with the reason', () => {
  vi.stubEnv('RECORDINGS_DIR', join(folder, 'nowhere'));
  const skipReason = `no recordings folder at ${join(folder, 'nowhere')} (set RECORDINGS_DIR)`;
  expect(recordingPath('one.ndjson.gz')).toEqual({ skipReason });
  expect(JSON.parse(readFileSync(ledger(), 'utf8'))).toMatchObject({ outcome: 'skipped', reason: skipReason });
});

test('a folder without the recording gives another reason than no folder', () => {
  vi.stubEnv('RECORDINGS_DIR', folder);
  expect(recordingPath('two.ndjson.gz')).toEqual({
    skipReason: `two.ndjson.gz is not in the recordings folder ${folder}`,
  });
});
