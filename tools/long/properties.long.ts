import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBatches } from './batches.js';
import type { LongTest } from './long-test.js';

const ROUNDS = 25;
const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** Test files of a package that state properties. */
function propertyFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(src|test)\/.*\.test\.ts$/.test(file))
    .filter((file) => readFileSync(join(folder, file), 'utf8').includes("from 'fast-check'"));
}

/** Runs the properties of every package once with a seed. Throws with what Vitest printed when one does not hold. */
function runRound(seed: number): number {
  let files = 0;
  for (const name of readdirSync(join(root, 'packages'))) {
    const folder = join(root, 'packages', name);
    const named = propertyFiles(folder);
    if (named.length === 0) continue;
    files += named.length;
    const child = spawnSync(process.execPath, [vitest, 'run', '--reporter=dot', ...named], {
      cwd: folder,
      env: { ...process.env, PROPERTY_SEED: String(seed), RECORDINGS_LEDGER: join(root, '.long/recordings.jsonl') },
      encoding: 'utf8',
    });
    if (child.status !== 0) {
      throw new Error(
        `PROPERTY_SEED=${seed} breaks a property of ${name}:\n${child.stdout.slice(-6_000)}${child.stderr}`,
      );
    }
  }
  return files;
}

/** The properties of the gate, which runs them with one fixed seed, with others. */
export const longTest: LongTest = {
  name: 'properties',
  law: 'every property of the gate holds with seeds other than the gate’s',
  seed: 1,
  run(context) {
    const tally = runBatches(context, context.count ?? ROUNDS, 1, (seed) => ({ 'file runs': runRound(seed) }));
    return { ...tally, seeds: context.count ?? ROUNDS };
  },
};
