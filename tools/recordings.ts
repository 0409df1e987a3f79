import { appendFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

/** Where a recording lies, or why a test that needs it is skipped. */
export type RecordingPath = { readonly path: string } | { readonly skipReason: string };

/** Folder of recorded venue sessions: `RECORDINGS_DIR`, else `../shared/data` beside the repository. It need not exist. */
export function recordingsDir(): string {
  return resolve(process.env['RECORDINGS_DIR'] ?? join(repositoryRoot, '../shared/data'));
}

/**
 * File or folder below the recordings folder, for example `venues/binance-usdm`. Every call is written to the ledger, from
 * which `npm test` counts the recordings that were run and those that were skipped.
 */
export function recordingPath(relative: string): RecordingPath {
  const path = join(recordingsDir(), relative);
  if (existsSync(path)) {
    note({ recording: relative, outcome: 'run' });
    return { path };
  }
  const skipReason = existsSync(recordingsDir())
    ? `${relative} is not in the recordings folder ${recordingsDir()}`
    : `no recordings folder at ${recordingsDir()} (set RECORDINGS_DIR)`;
  note({ recording: relative, outcome: 'skipped', reason: skipReason });
  return { skipReason };
}

interface LedgerLine {
  readonly recording: string;
  readonly outcome: 'run' | 'skipped';
  readonly reason?: string;
}

function note(line: LedgerLine): void {
  const ledger = process.env['RECORDINGS_LEDGER'];
  if (ledger !== undefined && ledger !== '') appendFileSync(ledger, `${JSON.stringify(line)}\n`);
}
