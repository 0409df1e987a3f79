import { createHash } from 'node:crypto';

/** Link of the first line of a recording. */
export const FIRST_LINK = '';

/** Hexadecimal digits of a link: 80 bits, too many for a line to be altered unnoticed by chance or by hand. */
const LINK_DIGITS = 20;

/** A line with its link, which hashes (SHA-256) the link before and the line: no line can be altered, moved or left out unnoticed. */
export function chained(line: string, before: string): { readonly line: string; readonly link: string } {
  const link = linkOf(line, before);
  return { line: `${line.slice(0, -1)},"h":"${link}"}`, link };
}

/** Why a line does not continue the chain; undefined when it does. */
export function breakOf(line: string, before: string): { readonly reason: string } | { readonly link: string } {
  const found = /,"h":"([0-9a-f]+)"\}$/.exec(line);
  if (found === null) return { reason: 'has no link' };
  const link = linkOf(`${line.slice(0, found.index)}}`, before);
  return link === found[1] ? { link } : { reason: 'does not continue the chain' };
}

function linkOf(line: string, before: string): string {
  return createHash('sha256').update(before).update(line).digest('hex').slice(0, LINK_DIGITS);
}
