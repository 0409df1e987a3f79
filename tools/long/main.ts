import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { LongContext, LongTest } from './long-test.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'tools/long');
const evidenceFolder = join(root, 'docs/evidence');
const stateFolder = join(root, '.long');
const SUFFIX = '.long.ts';
/** What a long test runs; a change elsewhere leaves its evidence standing. */
const TESTED = ['packages', 'tools/long'];

/** The commit that is tested, marked when files that count differ from it. */
function commitNow(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const commit = git('rev-parse', 'HEAD');
  return git('status', '--porcelain', '--', ...TESTED) === '' ? commit : `${commit} with changes`;
}

async function loadTest(name: string): Promise<LongTest> {
  const module = (await import(join(folder, `${name}${SUFFIX}`))) as { readonly longTest: LongTest };
  return module.longTest;
}

function readJson(file: string): Record<string, unknown> | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : undefined;
}

interface RunRequest {
  readonly commit: string;
  readonly count: number | undefined;
  readonly again: boolean;
}

/** False when the law was broken. */
async function runOne(name: string, { commit, count, again }: RunRequest): Promise<boolean> {
  const evidenceFile = join(evidenceFolder, `${name}.json`);
  const stateFile = join(stateFolder, `${name}.json`);
  if (!again && readJson(evidenceFile)?.['commit'] === commit) {
    console.log(`${name}: evidence of this commit is there (--again runs it once more)`);
    return true;
  }
  const test = await loadTest(name);
  const saved = again ? undefined : readJson(stateFile);
  const context: LongContext = {
    seed: test.seed,
    count,
    resumed: saved?.['commit'] === commit ? saved['state'] : undefined,
    save: (state) => {
      mkdirSync(stateFolder, { recursive: true });
      writeFileSync(stateFile, JSON.stringify({ commit, state }));
    },
    progress: (sentence) => console.log(`  ${sentence}`),
  };
  console.log(`${name}: ${test.law}`);
  try {
    const figures = await test.run(context);
    mkdirSync(evidenceFolder, { recursive: true });
    writeFileSync(evidenceFile, `${JSON.stringify({ commit, seed: test.seed, law: test.law, figures }, null, 2)}\n`);
    rmSync(stateFile, { force: true });
    for (const [key, figure] of Object.entries(figures)) console.log(`  ${key}: ${figure}`);
    return true;
  } catch (fault) {
    console.error(`${name} FAILED: ${fault instanceof Error ? fault.message : String(fault)}`);
    if (fault instanceof Error) console.error(fault.cause ?? fault.stack);
    return false;
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { again: { type: 'boolean', default: false }, count: { type: 'string' } },
  });
  const count = values.count === undefined ? undefined : Number(values.count);
  if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
    console.error(`--count must be a whole number above 0, was ${values.count ?? ''}`);
    return 1;
  }
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length));
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no long test called ${unknown}; there are ${names.join(', ')}.`);
    return 1;
  }
  const request = { commit: commitNow(), count, again: values.again };
  let failed = 0;
  for (const name of positionals.length === 0 ? names : positionals) {
    if (!(await runOne(name, request))) failed++;
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
