import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Vitest global setup: names the ledger of this run and starts it empty. It lies in the project's folder because nx keeps it as
 * an output, so that a result replayed from the cache brings its counts along.
 */
export function setup(): void {
  const ledger = process.env['RECORDINGS_LEDGER'] ?? join(process.cwd(), '.recordings-ledger.jsonl');
  process.env['RECORDINGS_LEDGER'] = ledger;
  rmSync(ledger, { force: true });
}
