// Checks the package of the current folder as npm would publish it: manifest, types, and that every entry loads from the packed
// files with nothing but the declared dependencies. Needs the builds of this package and of those it depends on; no network.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainFault, run, runCommand, say } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const SCOPE = '@liquidation-heatmap/';
/** Entries that do something when they are loaded and need a page for it. */
const PAGE_ONLY = ['./define', './worker'];

/** @param {string} folder @returns {{ name: string, exports: Record<string, unknown>, dependencies?: Record<string, string> }} */
function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Packs a package and unpacks it below node_modules of `target`, together with what it depends on. @param {string} folder @param {string} target */
function installInto(folder, target) {
  const { name, dependencies = {} } = manifestOf(folder);
  const place = join(target, 'node_modules', name);
  if (existsSync(place)) return;
  mkdirSync(place, { recursive: true });
  const packed = join(target, 'packed');
  mkdirSync(packed, { recursive: true });
  const before = new Set(readdirSync(packed));
  npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], folder);
  const archive = readdirSync(packed).find((file) => !before.has(file)) ?? '';
  execFileSync('tar', ['-xzf', join(packed, archive), '-C', place, '--strip-components=1']);
  for (const dependency of Object.keys(dependencies)) {
    if (dependency.startsWith(SCOPE)) installInto(join(root, 'packages', dependency.slice(SCOPE.length)), target);
    else linkInstalled(dependency, target);
  }
}

/** @param {string} dependency @param {string} target */
function linkInstalled(dependency, target) {
  const place = join(target, 'node_modules', dependency);
  mkdirSync(dirname(place), { recursive: true });
  if (!existsSync(place)) symlinkSync(join(root, 'node_modules', dependency), place);
}

/** @param {readonly string[]} args @param {string} cwd */
function npm(args, cwd) {
  const program = process.env['npm_execpath'];
  const [file, ...first] = program?.endsWith('.js') ? [process.execPath, program] : ['npm'];
  execFileSync(file ?? 'npm', [...first, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @param {string} name @param {readonly string[]} entries @param {string} target */
function importEntries(name, entries, target) {
  const lines = entries.map((entry) => {
    const specifier = name + entry.slice(1);
    return `const m = await import('${specifier}'); if (Object.keys(m).length === 0) throw new Error('${specifier} exports nothing');`;
  });
  const script = join(target, 'use.mjs');
  writeFileSync(script, lines.map((line) => `{ ${line} }`).join('\n'));
  execFileSync(process.execPath, [script], { cwd: target, stdio: 'inherit' });
}

await runCommand(async () => {
  const folder = process.cwd();
  const { name, exports } = manifestOf(folder);
  if (!existsSync(join(folder, 'dist')))
    throw new PlainFault(`${name} is not built: run "npm run build" in ${folder} first.`);
  const publint = await run(process.execPath, [join(root, 'node_modules/publint/src/cli.js'), '--strict', '.'], {
    cwd: folder,
  });
  const attw = await run(
    process.execPath,
    [
      join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
      '--pack',
      '.',
      '--profile',
      'esm-only',
      '--format',
      'ascii',
    ],
    { cwd: folder, quiet: true },
  );
  if (attw.code !== 0) say(attw.text);
  const target = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    installInto(folder, target);
    const entries = Object.keys(exports).filter((entry) => entry !== './package.json' && !PAGE_ONLY.includes(entry));
    importEntries(name, entries, target);
    say(`${name}: ${entries.join(', ')} load from the packed files.`);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
  return publint.code === 0 && attw.code === 0 ? 0 : 1;
});
