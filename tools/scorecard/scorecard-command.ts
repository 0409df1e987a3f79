import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordingsDir } from '../recordings.js';
import { makeScorecard } from './make-scorecard.js';
import { printedScorecard } from './print-scorecard.js';
import { realPrints } from './real-prints.js';
import { ScorecardFault } from './scorecard-fault.js';
import { requestOf } from './scorecard-request.js';
import { StateFile } from './state-file.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the tool says things and keeps them. */
export interface ScorecardSurroundings {
  /** The result. */
  print(text: string): void;
  /** Progress and faults. */
  tell(text: string): void;
  /** File of finished markets; default `.scorecard/markets.jsonl` in the repository. */
  readonly statePath?: string;
  /** Folder of real data; default `estimation` in the recordings folder. */
  readonly realDir?: string;
  /** Where `--write` puts the result; default `docs/evidence/scorecard-FEEDS.json`, FEEDS joined by `+`. */
  readonly evidencePath?: string;
}

/** Evidence keeps sums: markets one by one are megabytes, and anyone can run them again. */
function withoutMarkets(key: string, value: unknown): unknown {
  return key === 'markets' && Array.isArray(value) ? undefined : value;
}

/** Runs the tool with its arguments; returns the exit code. */
export async function scorecardCommand(args: readonly string[], surroundings: ScorecardSurroundings): Promise<number> {
  const { statePath = join(root, '.scorecard/markets.jsonl'), realDir = join(recordingsDir(), 'estimation') } =
    surroundings;
  const isJson = args.includes('--json');
  try {
    const request = requestOf(args);
    const tell = (text: string): void => surroundings.tell(text);
    const card = await makeScorecard(request, new StateFile(statePath), await realPrints(realDir), tell);
    surroundings.print(isJson ? JSON.stringify(card, undefined, 2) : printedScorecard(card));
    if (request.isWritten) {
      const path = surroundings.evidencePath ?? join(root, `docs/evidence/scorecard-${request.feeds.join('+')}.json`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(card, withoutMarkets, 2)}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ScorecardFault)) throw error;
    if (isJson) surroundings.print(JSON.stringify({ schema: 'scorecard/1', error: error.fault }, undefined, 2));
    else surroundings.tell(error.message);
    return 1;
  }
}
