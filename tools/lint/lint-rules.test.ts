import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Rules that need a program; the planted texts are no files of one. */
const TYPED = ['no-floating-promises', 'no-misused-promises', 'await-thenable', 'only-throw-error'];
const UNTYPED = [...TYPED, 'switch-exhaustiveness-check', 'no-implied-eval'].map(
  (name) => [`@typescript-eslint/${name}`, 'off'] as const,
);
const linter = new ESLint({
  cwd: root,
  overrideConfig: {
    languageOptions: { parserOptions: { project: null } },
    rules: Object.fromEntries(UNTYPED),
  },
});

async function rulesBroken(filePath: string, text: string): Promise<string[]> {
  const [result] = await linter.lintText(text, { filePath });
  return [...new Set(result!.messages.map(({ ruleId }) => ruleId ?? 'parsing'))];
}

const exported = (value: string): string => `/** Planted. */\nexport const planted = (): unknown => ${value};\n`;
const CORE = 'packages/core/src/model/planted.ts';
const FEEDS = 'packages/feeds/src/planted.ts';
const WIDGET = 'packages/widget/src/heatmap/planted.ts';
const long = (lines: number): string => `  void 0;\n`.repeat(lines);
const branches = Array.from({ length: 13 }, (_, n) => `if (x === ${n}) return ${n};`).join('\n');

test.each([
  ['an enum', CORE, '/** A. */\nexport enum Planted { one }', 'no-restricted-syntax'],
  ['a namespace', CORE, '/** A. */\nexport namespace Planted { export const one = 1; }', 'no-restricted-syntax'],
  [
    'a parameter property',
    CORE,
    '/** A. */\nexport class A { constructor(readonly b: number) {} }',
    'no-restricted-syntax',
  ],
  ['a default export', CORE, 'export default 1;', 'no-restricted-syntax'],
  ['an export of everything', CORE, "export * from './units.js';", 'no-restricted-syntax'],
  ['any', CORE, '/** A. */\nexport const a = (b: any): unknown => b;', '@typescript-eslint/no-explicit-any'],
  [
    'an assertion that is no index',
    CORE,
    '/** A. */\nexport const a = (b?: number): number => b!;',
    'no-restricted-syntax',
  ],
  ['an export without a sentence', CORE, 'export const planted = 1;', 'house/documented-export'],
  ['a side effect of an import', CORE, 'globalThis.toString();', 'no-restricted-syntax'],
  ['Date in core', CORE, exported('Date.now()'), 'no-restricted-globals'],
  ['a timer in core', CORE, exported('setTimeout(() => 1)'), 'no-restricted-globals'],
  ['unseeded chance in core', CORE, exported('Math.random()'), 'no-restricted-properties'],
  ['the console in core', CORE, exported('console.log(1)'), 'no-console'],
  ['a clock in the simulator', 'packages/simulator/src/planted.ts', exported('Date.now()'), 'no-restricted-globals'],
  ['a clock in the picture', 'packages/picture/src/planted.ts', exported('performance.now()'), 'no-restricted-globals'],
  ['a socket outside the runtime', FEEDS, exported("new WebSocket('wss://x')"), 'no-restricted-globals'],
  ['a request outside the runtime', FEEDS, exported("fetch('/')"), 'no-restricted-globals'],
  ['markup from a string', WIDGET, exported("(document.body.innerHTML = '')"), 'no-restricted-syntax'],
  ['evaluated code', WIDGET, exported("eval('1')"), 'no-eval'],
  ['code from a string', WIDGET, exported("new Function('1')"), 'no-new-func'],
  ['an unchecked template', WIDGET, "import 'lit/directives/unsafe-html.js';", 'no-restricted-imports'],
  ['a registration elsewhere', WIDGET, exported("customElements.define('a-b', HTMLElement)"), 'no-restricted-syntax'],
  ['a file of 401 lines', CORE, '// line\n'.repeat(401), 'max-lines'],
  ['a function of 61 lines', CORE, `/** A. */\nexport function a(): void {\n${long(60)}}\n`, 'max-lines-per-function'],
  [
    'a function of complexity 14',
    CORE,
    `/** A. */\nexport function a(x: number): number {\n${branches}\nreturn x;\n}`,
    'complexity',
  ],
  ['a name that is not kebab-case', 'packages/core/src/model/plantedFile.ts', '', 'house/kebab-case-file'],
  [
    'the estimate in the simulator',
    'packages/simulator/src/planted.ts',
    "import { createEngine } from '@liquidation-heatmap/core';\n/** A. */\nexport const a = createEngine;",
    'house/core-rules-only',
  ],
])('%s is reported', async (_, file, text, rule) => {
  expect(await rulesBroken(file, text)).toContain(rule);
});

test.each([
  ['an assertion after an index', CORE, '/** A. */\nexport const a = (b: number[]): number => b[0]!;'],
  ['a socket in the runtime', 'packages/feeds/src/runtime/planted.ts', exported("new WebSocket('wss://x')")],
  ['a long test', 'packages/core/test/planted.test.ts', `function a(): void {\n${long(80)}}\na();\n`],
  [
    'the rules of a market in the simulator',
    'packages/simulator/src/planted.ts',
    "import { bracketFor } from '@liquidation-heatmap/core';\n/** A. */\nexport const a = bracketFor;",
  ],
])('%s is allowed', async (_, file, text) => {
  expect(await rulesBroken(file, text)).toEqual([]);
});
