// `npm run requirements`: for every requirement S1..S83 the tests whose names carry its number.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const LAST = 83;
const IS_TEST = /\.(test|spec|stories)\.ts$/;
const SKIPPED = new Set(['node_modules', 'dist', '.nx', '.git', 'coverage']);

/** @param {string} folder @returns {string[]} */
function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? testFiles(path) : IS_TEST.test(entry.name) ? [path] : [];
  });
}

/** Numbers that stand before the colon of a test's name: `S3: ...`, `S7, S43: ...`. @param {string} name */
function numbersOf(name) {
  const [head = ''] = name.split(':');
  return /^S\d+(, ?S\d+)*$/.test(head.trim()) ? [...head.matchAll(/S(\d+)/g)].map(([, number]) => Number(number)) : [];
}

/** @type {Map<number, string[]>} */
const tests = new Map();
for (const file of testFiles('.')) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, , name = ''] of text.matchAll(
    /\b(?:test|it|describe)(?:\.\w+(?:\([^()]*\))?)*\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g,
  )) {
    for (const number of numbersOf(name)) tests.set(number, [...(tests.get(number) ?? []), `${file}: ${name}`]);
  }
}

for (let number = 1; number <= LAST; number++) {
  const names = tests.get(number) ?? [];
  console.log(`S${number}${names.length === 0 ? '  -' : ''}`);
  for (const name of names) console.log(`    ${name}`);
}
console.log(`${tests.size} of ${LAST} requirements have a test that names them.`);
