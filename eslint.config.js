import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { houseRules } from './tools/lint/house-rules.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const tests = [
  '**/*.test.ts',
  '**/*.prop.test.ts',
  'packages/*/test/**',
  'packages/*/tools/**',
  'e2e/**',
  'bench/**',
  '**/*.stories.ts',
];
/** Vite and Storybook read what these export by default. */
const configs = ['**/*.config.{js,ts}', 'vitest.shared.ts', '**/.storybook/**', '**/*.stories.ts'];

/** Constructs that are forbidden everywhere; a block that adds some repeats these, because ESLint does not merge lists. */
const forbiddenSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals instead of an enum.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use modules instead of namespaces.' },
  { selector: 'TSParameterProperty', message: 'Declare the field and assign it in the constructor.' },
  { selector: 'ExportAllDeclaration', message: 'List exports one by one.' },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
    message: 'Markup from strings is forbidden: pages forbid it through trusted types.',
  },
];
/** Tests may assert: a wrong assertion fails them anyway. */
const assertion = [
  {
    selector: 'TSNonNullExpression:not([expression.computed=true]):not([expression.callee.property.name="at"])',
    message: 'The `!` assertion is allowed only after an index into an array.',
  },
];
const defaultExport = [
  { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Use named exports.' },
];
const sideEffects = [
  {
    selector: 'Program > ExpressionStatement:not([directive])',
    message: 'An import has no side effect; only widget/define and widget/worker do something when they are loaded.',
  },
];
const registration = [
  {
    selector: 'CallExpression[callee.object.name="customElements"][callee.property.name="define"]',
    message: 'Elements are registered in widget/src/define.ts only.',
  },
];
const unsafeTemplates = {
  group: ['lit/directives/unsafe-*', 'lit/static-html.js', 'lit-html', 'lit-html/*'],
  message: 'Markup from strings is forbidden; import templates from lit.',
};
const classDecorator = {
  name: 'lit/decorators.js',
  importNames: ['customElement'],
  message: 'Elements are registered in widget/src/define.ts only.',
};
const timeAndChance = [
  { name: 'Date', message: 'Time comes from events or the runtime.' },
  { name: 'performance', message: 'Time comes from events or the runtime.' },
];
/** @type {import('eslint').Linter.RuleEntry} */
const noChance = ['error', { object: 'Math', property: 'random', message: 'Use a seeded source of randomness.' }];
const hostNames = ['WebSocket', 'EventSource', 'XMLHttpRequest', 'fetch', 'setTimeout', 'setInterval'].map((name) => ({
  name,
  message: 'Sockets, requests and timers belong to feeds/runtime.',
}));
const inMemory = [
  ...['window', 'document', 'self', 'navigator', 'process', 'Buffer', 'queueMicrotask'],
  ...['setImmediate', 'requestAnimationFrame'],
].map((name) => ({ name, message: 'This package is pure: no page, no Node, no console.' }));

/** @param {string} folder @param {string} settings @returns {import('typescript-eslint').ConfigArray[number]} */
function typedBy(folder, settings) {
  const parserOptions = { project: [`${folder}/${settings}`], tsconfigRootDir: root };
  return { files: [`${folder}/**/*.ts`], languageOptions: { parserOptions } };
}

/** @param {{ configs?: unknown }} plugin @returns {import('typescript-eslint').ConfigArray[number]} */
function recommendedOf(plugin) {
  const configs = /** @type {Record<string, import('typescript-eslint').ConfigArray[number]>} */ (plugin.configs);
  return configs['flat/recommended'] ?? {};
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/coverage/**',
      '**/storybook-static/**',
      '**/test-results/**',
      '**/playwright-report/**',
      '.nx/**',
      // Generated: the code regl would otherwise build from strings at run time.
      'packages/widget/src/paint/gl/captured-code.{js,d.ts}',
    ],
  },
  // One program a package: a list of all of them would be built in full for every run.
  ...['core', 'feeds', 'simulator', 'picture', 'widget'].map((name) =>
    typedBy(`packages/${name}`, 'tsconfig.test.json'),
  ),
  typedBy('apps/demo', 'tsconfig.json'),
  typedBy('apps/venue-server', 'tsconfig.json'),
  { ...typedBy('.', 'tsconfig.json'), files: ['*.ts', '{tools,e2e,bench,.storybook}/**/*.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { house: houseRules },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'complexity': ['error', 13],
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...forbiddenSyntax, ...assertion, ...defaultExport],
      'no-restricted-imports': ['error', { patterns: [unsafeTemplates] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'house/kebab-case-file': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      'no-implied-eval': 'off',
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        ...forbiddenSyntax,
        ...assertion,
        ...defaultExport,
        ...sideEffects,
        ...registration,
      ],
      'no-restricted-imports': ['error', { patterns: [unsafeTemplates], paths: [classDecorator] }],
      'house/documented-export': 'error',
    },
  },
  {
    files: ['packages/{core,simulator,picture}/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', ...timeAndChance, ...hostNames, ...inMemory],
      'no-restricted-properties': noChance,
    },
  },
  {
    files: ['packages/simulator/src/**/*.ts'],
    ignores: tests,
    rules: { 'house/core-rules-only': 'error' },
  },
  {
    files: ['packages/feeds/src/**/*.ts'],
    ignores: [...tests, 'packages/feeds/src/runtime/**'],
    rules: {
      'no-restricted-globals': ['error', ...timeAndChance, ...hostNames],
      'no-restricted-properties': noChance,
    },
  },
  {
    files: ['packages/widget/src/**/*.ts'],
    ...recommendedOf(lit),
  },
  {
    files: ['packages/widget/src/**/*.ts'],
    ...recommendedOf(wc),
  },
  {
    files: ['packages/widget/src/**/*.ts'],
    ignores: tests,
    rules: {
      // The page is told once why it sees the slower picture.
      'no-console': ['error', { allow: ['info', 'warn'] }],
    },
  },
  {
    files: ['packages/widget/src/{define,worker}.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenSyntax, ...assertion, ...defaultExport] },
  },
  {
    files: ['packages/widget/src/heatmap/define-*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenSyntax, ...assertion, ...defaultExport, ...sideEffects] },
  },
  {
    files: tests,
    rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': ['error', ...forbiddenSyntax, ...defaultExport] },
  },
  {
    files: configs,
    rules: { 'no-restricted-syntax': ['error', ...forbiddenSyntax] },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
  prettier,
);
