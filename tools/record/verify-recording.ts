import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { readLines } from '@liquidation-heatmap/feeds';
import { FIRST_LINK, breakOf } from './hash-chain.js';
import type { Part } from './recording-file.js';

/** What is wrong with a recording's chain, or how long it is. */
export type Verdict =
  | { readonly isWhole: true; readonly lines: number; readonly lastLink: string }
  | { readonly isWhole: false; readonly line: number; readonly reason: string };

/**
 * Follows the chain of one file. A part that is not the first begins at the link its manifest names, or at the end of the part before
 * it. A last line that was torn by a kill is left out.
 */
export async function verifyRecording(path: string): Promise<Verdict> {
  let link = firstLinkOf(path);
  let count = 0;
  let torn: number | undefined;
  const file = createReadStream(path);
  for await (const line of readLines(path.endsWith('.gz') ? file.pipe(createGunzip()) : file)) {
    count += 1;
    if (torn !== undefined) return { isWhole: false, line: torn, reason: 'is not complete' };
    const next = breakOf(line, link);
    if ('link' in next) link = next.link;
    else if (line.endsWith('}')) return { isWhole: false, line: count, reason: next.reason };
    else torn = count;
  }
  return { isWhole: true, lines: torn === undefined ? count : count - 1, lastLink: link };
}

function firstLinkOf(path: string): string {
  const name = basename(path);
  const [, base, number] = /^(.*)-part(\d+)\.ndjson(?:\.gz)?$/.exec(name) ?? [];
  if (base === undefined || Number(number) === 1) return FIRST_LINK;
  const manifest = join(dirname(path), `${base}.manifest.json`);
  if (!existsSync(manifest)) return FIRST_LINK;
  const { parts } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly parts: readonly Part[] };
  const own = parts.find(({ file }) => file === name);
  return own?.after ?? parts[Number(number) - 2]?.lastLink ?? FIRST_LINK;
}
