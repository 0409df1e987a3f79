import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const WORKFLOW = readFileSync(join(ROOT, '.github/workflows/brackets.yml'), 'utf8');

/** The shell of the steps that have several lines, in their order. */
function scripts(): readonly string[] {
  return [...WORKFLOW.matchAll(/^( +)run: \|\n((?:\1 +.*\n)+)/gm)].map(([, , body = '']) => body);
}

/** Runs a step as the runner does, with programs of our own before those of the machine; returns what became of it. */
function runStep(script: string, programs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  let code = 0;
  try {
    const stdio = 'ignore';
    execFileSync('bash', ['-e', '-c', script], { cwd: folder, env: { PATH: path, ...files, ...env }, stdio });
  } catch (cause) {
    code = (cause as { status: number }).status;
  }
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
  return { code, output: read('output'), summary: read('summary'), calls: read('calls') };
}

test('S66: the weekly job is YAML and calls a script that there is', async () => {
  await expect(format(WORKFLOW, { parser: 'yaml' })).resolves.toContain('cron:');
  const { scripts: known } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const called = [...WORKFLOW.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
  expect(called).toEqual(['brackets:check']);
  expect(existsSync(join(ROOT, known['brackets:check']!.replace('tsx ', '')))).toBe(true);
});

test('S66: the weekly job may read the code and write issues, and its actions are of a full version', () => {
  const [, permissions] = /^permissions:\n((?: {2}.*\n)+)/m.exec(WORKFLOW)!;
  expect(permissions).toBe('  contents: read\n  issues: write\n');
  const actions = [...WORKFLOW.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/@v\d+\.\d+\.\d+$/);
});

test.each([
  [0, 0],
  [1, 0],
  [2, 2],
  [3, 3],
])('S66: a check that exits %i ends its step with %i and tells both', (exit, step) => {
  const result = runStep(scripts()[0]!, { npm: `echo "the diff"; exit ${String(exit)}` }, {});
  expect(result).toMatchObject({ code: step, output: `code=${String(exit)}\n` });
  expect(result.summary).toBe('```\nthe diff\n```\n');
  expect(WORKFLOW).toContain("if: steps.check.outputs.code == '1'");
});

test.each([
  ['none is open', '', /^issue create --title Margin tables .* --body-file body\.md$/],
  ['one is open', '17', /^issue edit 17 --body-file body\.md$/],
])('S66: where %s, a difference makes one issue or updates it', (_, open, call) => {
  const gh = `if [ "$2" = list ]; then echo ${open}; else echo "$@" >> calls; fi`;
  const { code, calls } = runStep(scripts()[1]!, { gh }, { TITLE: 'Margin tables differ from what venues publish' });
  expect(code).toBe(0);
  expect(calls.trim()).toMatch(call);
});
