// `npm test`: installs what is missing, a browser included, and runs the gate. Every step runs, so that one run shows all faults.
//   npm test -- --no-recording-skips   fails when a recording is skipped though the recordings folder is there
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowsers } from './ensure-browsers.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { faultLines } from './fault-lines.mjs';
import { nx } from './nx.mjs';
import { PlainFault, duration, run, runCommand, say } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const hasStorybook = existsSync(join(root, '.storybook/main.ts'));

/** @type {readonly (readonly [name: string, act: () => Promise<{ code: number, text: string }>])[]} */
const STEPS = [
  ['format', () => program('prettier/bin/prettier.cjs', '--check', '--cache', '--log-level', 'warn', '.')],
  ['lint', () => target('lint')],
  ['imports', () => target('imports')],
  ['typecheck', () => target('typecheck')],
  ['test', () => target('test')],
  ['build', () => target('build')],
  ['check-package', () => target('check-package')],
  ['e2e', () => target('e2e')],
  ...(hasStorybook ? [storybookStep('build-storybook'), storybookStep('test-storybook')] : []),
];

/** @param {string} name @returns {readonly [string, () => Promise<{ code: number, text: string }>]} */
function storybookStep(name) {
  return [name, () => target(name)];
}

/** @param {string} name */
function target(name) {
  return nx(['run-many', '-t', name, '--parallel=2', '--output-style=stream'], { heartbeat: `Still at ${name}` });
}

/** @param {string} path @param {readonly string[]} args */
function program(path, ...args) {
  return run(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });
}

/** Ledger lines of every project: which recordings its tests ran and which they skipped. */
function recordings() {
  const run = new Set();
  const skipped = new Map();
  const folders = ['.', 'e2e', ...['packages', 'apps'].flatMap((parent) => childrenOf(parent))];
  for (const folder of folders) {
    const ledger = join(root, folder, '.recordings-ledger.jsonl');
    if (!existsSync(ledger)) continue;
    for (const line of readFileSync(ledger, 'utf8').split('\n').filter(Boolean)) {
      const { recording, outcome, reason } = JSON.parse(line);
      const key = `${folder}: ${recording}`;
      if (outcome === 'run') run.add(key);
      else skipped.set(key, reason);
    }
  }
  return { run, skipped };
}

/** @param {string} parent */
function childrenOf(parent) {
  return existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => join(parent, name)) : [];
}

/** @param {readonly string[]} args */
function readArguments(args) {
  const unknown = args.find((arg) => arg !== '--no-recording-skips' && STEPS.every(([name]) => name !== arg));
  if (unknown !== undefined) {
    throw new PlainFault(`Unknown step ${unknown}; steps are ${STEPS.map(([name]) => name).join(', ')}.`);
  }
  const named = STEPS.filter(([name]) => args.includes(name));
  return { forbidsSkips: args.includes('--no-recording-skips'), steps: named.length === 0 ? STEPS : named };
}

await runCommand(async () => {
  const { forbidsSkips, steps } = readArguments(process.argv.slice(2));
  const started = Date.now();
  await ensureInstall();
  await ensureBrowsers();
  /** @type {{ name: string, passed: boolean, ms: number, text: string }[]} */
  const results = [];
  for (const [name, act] of steps) {
    say(`\n== ${name}`);
    const begun = Date.now();
    const { code, text } = await act();
    results.push({ name, passed: code === 0, ms: Date.now() - begun, text });
  }
  // Told again at the end: whoever reads only the last page must see what failed, not just in which step.
  for (const { name, text } of results.filter(({ passed }) => !passed)) {
    say(`\n== what failed in ${name}`);
    for (const line of faultLines(text)) say(line);
  }
  say('');
  for (const { name, passed, ms } of results)
    say(`${passed ? 'passed' : 'FAILED'}  ${name.padEnd(16)} ${duration(ms)}`);
  say(`total   ${''.padEnd(16)} ${duration(Date.now() - started)}`);
  const { run: ran, skipped } = recordings();
  for (const [key, reason] of skipped) say(`skipped ${key} (${reason})`);
  const failed = results.filter(({ passed }) => !passed).length;
  const hasFolder = existsSync(resolve(process.env['RECORDINGS_DIR'] ?? join(root, '../shared/data')));
  const isSkipFault = forbidsSkips && hasFolder && skipped.size > 0;
  if (isSkipFault) say('A recording was skipped though the recordings folder is there.');
  say(`steps: ${results.length - failed} passed, ${failed} failed`);
  say(`recordings: ${ran.size} run, ${skipped.size} skipped`);
  return failed > 0 || isSkipFault ? 1 : 0;
});
