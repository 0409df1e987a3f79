import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectParameters, PARAMETER_FOLDERS } from './collect-parameters.js';
import { expectedPage } from './main.js';
import { parametersPage } from './parameters-page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('S72: docs/parameters.md is what the source says: `npm run parameters` writes it', async () => {
  expect(readFileSync(join(root, 'docs/parameters.md'), 'utf8')).toBe(await expectedPage());
}, 60_000);

test('S72: every parameter says what it is', () => {
  const all = collectParameters(join(root, 'packages/core/src'));
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ reason }) => reason === '').map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

describe('what is read from a source', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parameters-'));
    for (const name of PARAMETER_FOLDERS) mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, 'cohorts/one.ts'),
      `/** Half-lives: of one, */
const ONE_MS = 120 * MS_PER_HOUR;
const TWO_MS = 3 as DurationMs;

const UNTOLD = 5;
/** Steps. */
export const STEPS = [0.1, 0.2] as const;
/** No number. */
const NAMES = ['a', 'b'];
const local = 7;
/** Options. */
interface Options {
  /** How far. */
  readonly reach: number;
  readonly wide: boolean;
}
/** The defaults. */
export const DEFAULTS: Options = {
  // A third of what is seen.
  reach: 0.03 as Fraction,
  wide: true,
};
`,
    );
    writeFileSync(join(folder, 'cohorts/one.test.ts'), 'const TESTED = 1;\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('numbers, lists and options with their comments; names, variables and tests are left out', () => {
    expect(collectParameters(folder).map(({ name, value, reason }) => [name, value, reason])).toEqual([
      ['ONE_MS', '120 * MS_PER_HOUR', 'Half-lives: of one,'],
      ['TWO_MS', '3', 'Half-lives: of one,'],
      ['UNTOLD', '5', ''],
      ['STEPS', '[0.1, 0.2]', 'Steps.'],
      ['DEFAULTS.reach', '0.03', 'How far. A third of what is seen.'],
      ['DEFAULTS.wide', 'true', 'How far.'],
    ]);
  });

  test('a page has a row for each, and no text breaks its table', () => {
    const [first] = collectParameters(folder);
    const page = parametersPage([{ ...first!, reason: 'a | b <br>' }], '9.9.9');
    expect(page).toContain('of model 9.9.9');
    expect(page).toContain('| `ONE_MS` (one.ts) | 120 * MS_PER_HOUR | a \\| b &lt;br> |');
  });
});
