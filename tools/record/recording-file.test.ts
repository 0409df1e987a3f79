import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RecordingFile, manifestPath } from './recording-file.js';
import { verifyRecording } from './verify-recording.js';

const lineOf = (number: number): string =>
  JSON.stringify({ t: 1_790_000_000_000 + number, k: 'in', d: `frame ${String(number)}` });

function written(lines: number, partBytes = 1e9) {
  const base = join(mkdtempSync(join(tmpdir(), 'record-')), 'binance', 'btcusdt');
  const file = new RecordingFile(base, partBytes);
  for (let i = 0; i < lines; i++) file.write(lineOf(i));
  file.close();
  return { base, part: (number: number) => `${base}-part${String(number).padStart(3, '0')}.ndjson.gz` };
}

test('a recording is verified line by line, and an altered, moved or missing line is found', async () => {
  const { part } = written(50);
  expect(await verifyRecording(part(1))).toMatchObject({ isWhole: true, lines: 50 });
  const lines = gunzipSync(readFileSync(part(1)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const spoil = async (spoiled: readonly string[]) => {
    writeFileSync(part(1), gzipSync(`${spoiled.join('\n')}\n`));
    return verifyRecording(part(1));
  };
  expect(await spoil(lines.with(7, lines[7]!.replace('frame 7', 'frame 8')))).toMatchObject({
    isWhole: false,
    line: 8,
  });
  expect(await spoil(lines.toSpliced(20, 1))).toMatchObject({ isWhole: false, line: 21 });
  expect(await spoil(lines.with(3, lines[4]!).with(4, lines[3]!))).toMatchObject({ isWhole: false, line: 4 });
});

test('parts continue one chain, told in order by the manifest', async () => {
  const { base, part } = written(300, 4_000);
  const { parts } = JSON.parse(readFileSync(manifestPath(base), 'utf8')) as { parts: { lines: number }[] };
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.reduce((sum, { lines }) => sum + lines, 0)).toBe(300);
  for (let i = 1; i <= parts.length; i++) expect(await verifyRecording(part(i))).toMatchObject({ isWhole: true });
  // The second part put in the place of the third does not continue it.
  writeFileSync(part(3), readFileSync(part(2)));
  expect(await verifyRecording(part(3))).toMatchObject({ isWhole: false, line: 1 });
});

test('after kill -9 every line but the one being written is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  const module = JSON.stringify(join(import.meta.dirname, 'recording-file.ts'));
  const script = `import { RecordingFile } from ${module};
    const file = new RecordingFile(${JSON.stringify(join(folder, 'killed'))}, 1e9);
    for (let i = 0; ; i++) { file.write(JSON.stringify({ t: 1790000000000 + i, k: 'in', d: 'x'.repeat(200) })); if (i === 2000) process.stdout.write('ready'); }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const [name] = readdirSync(folder);
  const verdict = await verifyRecording(join(folder, name!));
  expect(verdict).toMatchObject({ isWhole: true });
  expect(verdict.isWhole && verdict.lines).toBeGreaterThan(2_000);
  expect(existsSync(join(folder, `${name!}.gz`))).toBe(false);
});
