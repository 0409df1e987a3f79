import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { collectParameters } from './collect-parameters.js';
import { parametersPage } from './parameters-page.js';

const source = fileURLToPath(new URL('../../packages/core/src', import.meta.url));
const page = fileURLToPath(new URL('../../docs/parameters.md', import.meta.url));

/** The page as it should be, formatted like every other. */
export async function expectedPage(): Promise<string> {
  const options = readFileSync(`${source}/engine/engine-options.ts`, 'utf8');
  const version = /version: '([^']+)'/.exec(options)?.[1] ?? 'unknown';
  const text = parametersPage(collectParameters(source), version);
  return format(text, { ...(await resolveConfig(page)), filepath: page });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, await expectedPage());
  process.stdout.write(`${page} is written\n`);
}
