import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { isGzip, readLines } from '@liquidation-heatmap/feeds';
import { ReplayFault } from './replay-fault.js';

/** Lines of a recording, `.ndjson` or `.ndjson.gz`. Rejects, naming the rule, when the file is absent or not what its name says. */
export async function openRecording(path: string): Promise<AsyncGenerator<string>> {
  const head = await headOf(path);
  if (path.endsWith('.gz') && !isGzip(head))
    throw new ReplayFault('not-gzip', 'FILE', `FILE must be gzip as its name says, ${path} is not.`);
  return isGzip(head) ? unzipped(path) : readLines(createReadStream(path));
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw new ReplayFault(
      'no-file',
      'FILE',
      `FILE must be a file that can be read, ${path} is not (${codeOf(error)}).`,
    );
  });
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw new ReplayFault(
      'no-file',
      'FILE',
      `FILE must be a file that can be read, ${path} is not (${codeOf(error)}).`,
    );
  } finally {
    await file.close();
  }
}

/** What could be unpacked is read; then a file that breaks off is told. */
async function* unzipped(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const plain = file.pipe(createGunzip());
  file.on('error', (error) => plain.destroy(error));
  try {
    yield* readLines(plain);
  } catch (error) {
    throw new ReplayFault(
      'broken-gzip',
      'FILE',
      `FILE must be a whole gzip file, ${path} breaks off or is damaged (${codeOf(error)}).`,
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
