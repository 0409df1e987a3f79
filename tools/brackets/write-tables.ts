import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BracketTable, VenueId } from '@liquidation-heatmap/core';
import { format, resolveConfig } from 'prettier';
import type { ContractVerdict } from './check-contracts.js';

const MARGIN = 'packages/core/src/margin';

/**
 * Puts published tables that differ beside the ones that ship: one new file of a venue and day, named in `bracket-tables.ts`, so that
 * replays of earlier days keep the old ones. Returns the paths below `root` that were written.
 */
export async function writeTables(
  verdicts: readonly ContractVerdict[],
  day: string,
  root: string,
): Promise<readonly string[]> {
  const byVenue = new Map<VenueId, BracketTable[]>();
  for (const contract of verdicts) {
    if (contract.verdict !== 'different') continue;
    const { venue, published } = contract;
    byVenue.set(venue, [...(byVenue.get(venue) ?? []), published]);
  }
  if (byVenue.size === 0) return [];
  const list = `${MARGIN}/bracket-tables.ts`;
  let source = readFileSync(join(root, list), 'utf8');
  const written: string[] = [];
  for (const [venue, tables] of byVenue) {
    const path = `${MARGIN}/tables/${venue}-${day}.ts`;
    await writeFormatted(join(root, path), tablesSource(venue, day, tables));
    source = withTablesListed(source, venue, day);
    written.push(path);
  }
  await writeFormatted(join(root, list), source);
  return [...written, list];
}

/** Source of a file with a venue's tables of a day (`YYYY-MM-DD`), not yet formatted. */
export function tablesSource(venue: VenueId, day: string, tables: readonly BracketTable[]): string {
  const about = ({ ownSymbol }: BracketTable) =>
    `{ venue: '${venue}', ownSymbol: ${JSON.stringify(ownSymbol)}, asOf: AS_OF, source: SOURCE }`;
  const rows = ({ brackets }: BracketTable) =>
    brackets.map(
      (row) => `[${[row.cap, row.maintenanceRate, row.maxLeverage, row.deduction].map(literal).join(', ')}]`,
    );
  const entries = tables.map((table) => `  tableFromCaps(${about(table)}, [${rows(table).join(', ')}]),`);
  return `import type { BracketTable } from '../../model/margin-bracket.js';
import { tableFromCaps } from './table-from-caps.js';

const AS_OF = '${day}';
const SOURCE = 'Reply of ${tables[0]!.source} on that day, fetched by npm run brackets:check';

/** What ${venue} published on ${day}. A row: cap, maintenance rate, highest leverage, deduction. */
export const ${nameOf(venue, day)}: readonly BracketTable[] = [
${entries.join('\n')}
];
`;
}

/** `bracket-tables.ts` with a file's tables imported and listed; a file that is listed already changes nothing. */
export function withTablesListed(source: string, venue: VenueId, day: string): string {
  const name = nameOf(venue, day);
  if (source.includes(name)) return source;
  const lines = source.split('\n');
  const lastImport = lines.findLastIndex((line) => line.startsWith('import '));
  lines.splice(lastImport + 1, 0, `import { ${name} } from './tables/${venue}-${day}.js';`);
  const list = venue === 'kraken' ? 'KRAKEN_BRACKETS' : 'PUBLISHED_BRACKETS';
  const listed = new RegExp(`(export const ${list}: readonly BracketTable\\[\\] = \\[[^\\]]*?),?\\s*\\];`);
  const changed = lines.join('\n').replace(listed, `$1, ...${name}];`);
  if (changed.includes(`...${name}`)) return changed;
  throw new Error(`bracket-tables.ts must hold a list named ${list}`);
}

function nameOf(venue: VenueId, day: string): string {
  return `${venue}_${day}`.replaceAll('-', '_').toUpperCase();
}

/** A number as sources write it, in groups of three digits before the point. */
function literal(value: number): string {
  if (!Number.isFinite(value)) return 'Infinity';
  const text = String(value);
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const [whole = '', decimals] = text.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '_');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

async function writeFormatted(path: string, source: string): Promise<void> {
  const options = { ...(await resolveConfig(path)), filepath: path };
  writeFileSync(path, await format(source, options));
}
