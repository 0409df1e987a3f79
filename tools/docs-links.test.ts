import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', 'CONTRIBUTING.md', ...below('docs')];

function below(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

test.each(pages)('every relative link of %s leads to a file, and its anchor to a place in it', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    expect(existsSync(join(root, file)), `${page}: ${target}`).toBe(true);
    if (anchor === undefined || !file.endsWith('.md')) continue;
    const linked = readFileSync(join(root, file), 'utf8');
    const headings = [...linked.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slugOf(title));
    expect([...headings, ...[...linked.matchAll(/id="([^"]+)"/g)].map(([, id]) => id)], `${page}: ${target}`).toContain(
      anchor,
    );
  }
});

test('every file that the life of a trade names exists', () => {
  const text = readFileSync(join(root, 'docs/life-of-a-trade.md'), 'utf8');
  const named = [...text.matchAll(/`((?:core|feeds|widget)\/src\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(8);
  for (const path of named) expect(existsSync(join(root, 'packages', path)), path).toBe(true);
});

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');
}
