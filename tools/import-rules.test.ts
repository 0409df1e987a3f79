import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const configuration = join(root, '.dependency-cruiser.cjs');

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

interface BaseSettings {
  readonly compilerOptions: { readonly paths: Record<string, string[]> };
}

/** A small tree in which every allowed arrow is used; no rule may object to it. */
const ALLOWED: Record<string, string> = {
  'packages/core/src/index.ts': "export { tick } from './model/tick.js';",
  'packages/core/src/model/tick.ts': 'export const tick = 1;',
  'packages/core/src/score.ts': "export { first } from './score/first.js';",
  'tools/scorecard.ts': "import '@liquidation-heatmap/core/score';\nexport const scorecard = 1;",
  ...Object.fromEntries(
    ['numeric', 'margin', 'grid', 'cohorts', 'exposure', 'aggregate', 'clusters', 'cascade'].map(coreFile),
  ),
  ...Object.fromEntries(['setups', 'alerts', 'score', 'engine', 'codec'].map(coreFile)),
  'packages/feeds/src/index.ts': "export { tick } from '@liquidation-heatmap/core';",
  'packages/feeds/src/node.ts':
    "export { socket } from './runtime/node.js';\nexport { observed } from './observed/first.js';",
  'packages/feeds/src/observed/first.ts': 'export const observed = 1;',
  'packages/feeds/src/browser.ts': "export { tick } from '@liquidation-heatmap/core';",
  'packages/feeds/src/runtime/node.ts': "import { WebSocket } from 'ws';\nexport const socket = WebSocket;",
  'packages/feeds/src/venues/alpha/parse.ts': 'export const parse = 1;',
  'packages/feeds/src/venues/beta/parse.ts': 'export const parse = 2;',
  'packages/simulator/src/index.ts': "export { tick } from '@liquidation-heatmap/core';",
  'packages/picture/src/index.ts': "export { tick } from '@liquidation-heatmap/core';",
  'packages/picture/src/viewport.ts': 'export const viewport = 1;',
  'packages/widget/src/index.ts': "export { element } from './heatmap/element.js';",
  'packages/widget/src/define.ts': "import '@liquidation-heatmap/simulator';\nimport '@liquidation-heatmap/picture';",
  'packages/widget/src/worker.ts': "import '@liquidation-heatmap/feeds';",
  'packages/widget/src/heatmap/element.ts':
    "import 'lit';\nimport '../paint/painter.js';\nimport '../sources/local.js';\nexport const element = 1;",
  'packages/widget/src/paint/painter.ts': "import '@liquidation-heatmap/picture';\nexport const painter = 1;",
  'packages/widget/src/sources/local.ts': "import '@liquidation-heatmap/feeds/browser';\nexport const local = 1;",
  'packages/feeds/test/recorded.test.ts': "import '../../../tools/recordings.js';",
  'apps/demo/main.ts': "import '@liquidation-heatmap/widget/define';\nexport const demo = 1;",
  'tools/recordings.ts': 'export const recordings = 1;',
  'tools/replay.ts': "import '@liquidation-heatmap/feeds/node';\nexport const replay = 1;",
};

/** Files that break one rule each: path, text, the rule. */
const PLANTED: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['packages/core/src/model/a.ts', "import '@liquidation-heatmap/feeds';", 'core-arrows'],
  ['packages/feeds/src/a.ts', "import '@liquidation-heatmap/picture';", 'feeds-arrows'],
  ['packages/simulator/src/a.ts', "import '@liquidation-heatmap/feeds';", 'simulator-arrows'],
  ['packages/picture/src/a.ts', "import '@liquidation-heatmap/simulator';", 'picture-arrows'],
  ['packages/widget/src/a.ts', "import '@liquidation-heatmap/relay';", 'widget-arrows'],
  ...coreOrderViolations(),
  ['packages/picture/src/b.ts', "import '../../../apps/demo/main.js';", 'no-app-or-tool-in-a-package'],
  ['packages/feeds/src/b.ts', "import '../../../tools/recordings.js';", 'no-app-or-tool-in-a-package'],
  ['packages/feeds/test/b.test.ts', "import '../../../tools/replay.js';", 'no-app-or-tool-in-a-test'],
  ['packages/widget/src/c.ts', "import '../../picture/src/viewport.js';", 'public-entry-by-name'],
  ['packages/widget/src/d.ts', "import '../../picture/src/index.js';", 'public-entry-by-name'],
  ['apps/demo/a.ts', "import '../../packages/picture/src/viewport.js';", 'public-entry-only'],
  ['tools/a.ts', "import '../packages/core/src/model/tick.js';", 'public-entry-only'],
  ['packages/widget/src/paint/a.ts', "import 'lit';", 'paint-without-lit-and-sources'],
  ['packages/widget/src/paint/b.ts', "import '../sources/local.js';", 'paint-without-lit-and-sources'],
  ['packages/feeds/src/venues/alpha/a.ts', "import '../beta/parse.js';", 'venues-apart'],
  ['packages/feeds/src/c.ts', "import 'ws';", 'ws-in-runtime-only'],
  ['packages/feeds/src/d.ts', "import './observed/first.js';", 'observed-in-node-only'],
  ['packages/core/src/numeric/a.ts', "import 'node:fs';", 'node-in-runtime-only'],
  ['packages/picture/src/c.ts', "import 'left-out';", 'no-undeclared-dependency'],
  ['packages/picture/src/d.ts', "import './missing.js';", 'not-resolvable'],
  ['packages/widget/src/f.ts', "import '@liquidation-heatmap/core/score';", 'no-score-in-a-page'],
  ['packages/core/src/engine/score.ts', "import '../score/first.js';", 'no-score-in-a-page'],
  ['packages/widget/src/e.ts', "import '@liquidation-heatmap/core/src/model/tick.js';", 'not-resolvable'],
];

const tree = mkdtempSync(join(tmpdir(), 'import-rules-'));
let violations: readonly Violation[] = [];

beforeAll(() => {
  plant('package.json', '{ "name": "fixture", "private": true }');
  plant('tsconfig.json', '{ "extends": "./tsconfig.base.json", "include": ["packages", "apps", "tools"] }');
  const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')) as BaseSettings;
  base.compilerOptions.paths['@liquidation-heatmap/relay'] = ['./packages/relay/src/index.ts'];
  plant('tsconfig.base.json', JSON.stringify(base));
  for (const name of ['core', 'feeds', 'simulator', 'picture', 'widget']) {
    plantManifest(name);
  }
  plant('packages/relay/src/index.ts', 'export const relay = 1;');
  for (const name of ['lit', 'ws', 'left-out']) {
    plant(`node_modules/${name}/package.json`, `{ "name": "${name}", "version": "1.0.0", "main": "index.js" }`);
    plant(`node_modules/${name}/index.js`, 'exports.WebSocket = 1;');
  }
  for (const [path, text] of Object.entries(ALLOWED)) plant(path, text);
  violations = cruise();
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('the allowed arrows break no rule', () => {
  expect(violations).toEqual([]);
});

test('every rule has a planted violation', () => {
  const { forbidden } = createRequire(import.meta.url)(configuration) as { forbidden: { name: string }[] };
  const planted = new Set([...PLANTED.map(([, , rule]) => rule), 'no-cycle', 'no-node-modules-in-a-page']);
  expect([...planted].sort()).toEqual(forbidden.map((rule) => rule.name).sort());
});

test('each planted import is reported under its own rule and no other', () => {
  const found = cruiseWith(
    Object.fromEntries(PLANTED.map(([path, text]) => [path, `${text}\nexport const planted = 1;`])),
  );
  const rulesOf = (path: string): string[] => found.filter((one) => one.from === path).map((one) => one.rule.name);
  expect(PLANTED.map(([path]) => [path, rulesOf(path)])).toEqual(PLANTED.map(([path, , rule]) => [path, [rule]]));
  expect(found.filter((one) => !PLANTED.some(([path]) => path === one.from))).toEqual([]);
});

test('a cycle is reported', () => {
  const found = cruiseWith({
    'packages/picture/src/one.ts': "import { two } from './two.js';\nexport const one = (): number => two;",
    'packages/picture/src/two.ts': "import { one } from './one.js';\nexport const two: number = one();",
  });
  expect(new Set(found.map((one) => one.rule.name))).toEqual(new Set(['no-cycle']));
});

test('a page entry that leads to the Node runtime is reported', () => {
  const found = cruiseWith({
    'packages/feeds/src/browser.ts': "export { socket } from './open.js';",
    'packages/feeds/src/open.ts': "export { socket } from './runtime/node.js';",
  });
  expect(new Set(found.map((one) => one.rule.name))).toEqual(new Set(['no-node-modules-in-a-page']));
});

test('the command fails on a violation', () => {
  plant('packages/picture/src/broken.ts', "import './missing.js';");
  const { status } = spawnSync(process.execPath, [cruiser, 'packages', '--config', configuration], { cwd: tree });
  rmSync(join(tree, 'packages/picture/src/broken.ts'));
  expect(status).toBeGreaterThan(0);
});

function coreFile(folder: string): readonly [string, string] {
  return [`packages/core/src/${folder}/first.ts`, "import '../model/tick.js';\nexport const first = 1;"];
}

/** Each folder of core reaches for the next one of the list. */
function coreOrderViolations(): (readonly [string, string, string])[] {
  const before = ['model', 'numeric', 'margin', 'grid', 'cohorts', 'exposure', 'aggregate', 'clusters', 'cascade'];
  const folders = [...before, 'setups', 'alerts', 'score', 'engine', 'codec'];
  return folders.slice(0, -1).map((folder, index) => {
    const next = folders[index + 1]!;
    return [`packages/core/src/${folder}/early.ts`, `import '../${next}/first.js';`, `core-order-${folder}`] as const;
  });
}

function plant(path: string, text: string): void {
  const full = join(tree, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `${text}\n`);
}

/** The real manifest of a package, so that its `exports` and dependencies are the ones that count. */
function plantManifest(name: string): void {
  const full = join(tree, `packages/${name}/package.json`);
  mkdirSync(dirname(full), { recursive: true });
  copyFileSync(join(root, `packages/${name}/package.json`), full);
}

/** Violations with some files added or replaced; the tree is as before afterwards. */
function cruiseWith(files: Readonly<Record<string, string>>): readonly Violation[] {
  for (const [path, text] of Object.entries(files)) plant(path, text);
  try {
    return cruise();
  } finally {
    for (const path of Object.keys(files)) {
      if (ALLOWED[path] === undefined) rmSync(join(tree, path));
      else plant(path, ALLOWED[path]);
    }
  }
}

function cruise(): readonly Violation[] {
  const folders = ['packages', 'apps', 'tools'];
  const options = ['--config', configuration, '--output-type', 'json', '--no-cache'];
  const { stdout } = spawnSync(process.execPath, [cruiser, ...folders, ...options], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}
