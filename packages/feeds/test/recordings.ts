import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { recordingPath } from '../../../tools/recordings.js';
import { readLines } from '../src/recording/read-lines.js';

/** Why a test of this recording has to be skipped; undefined when it can run. */
export function whyAbsent(name: string): string | undefined {
  const found = recordingPath(name);
  return 'path' in found ? undefined : found.skipReason;
}

/** Lines of a recording that is there, e.g. `venues/binance-usdm/btcusdt-2024-08-08.ndjson.gz`. */
export function recordedLines(name: string): AsyncGenerator<string> {
  const file = createReadStream(pathOf(name));
  return readLines(name.endsWith('.gz') ? file.pipe(createGunzip()) : file);
}

/** Full path of a recording that is there. */
export function pathOf(name: string): string {
  const found = recordingPath(name);
  if ('skipReason' in found) throw new Error(found.skipReason);
  return found.path;
}
