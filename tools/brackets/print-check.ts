import {
  tableAge,
  type BracketTable,
  type MarginBracket,
  type TableAge,
  type VenueId,
} from '@liquidation-heatmap/core';
import type { ContractVerdict } from './check-contracts.js';
import { NOT_COMPARED, SHIPPED_TABLES } from './checked-contracts.js';
import { COMPARED_FIELDS, floorOf, type ComparedField, type RowDifference } from './compare-tables.js';

/** Everything that is told of a check. */
export interface CheckReport {
  /** Day of the check, `YYYY-MM-DD`. */
  readonly day: string;
  /** Unix ms. */
  readonly now: number;
  readonly venues: readonly VenueId[];
  /** The local host that stood for the venues; undefined = the venues themselves. */
  readonly via: string | undefined;
  readonly verdicts: readonly ContractVerdict[];
  /** Files that were written; empty without `--write`. */
  readonly written: readonly string[];
}

const WORDS: Record<ComparedField, string> = {
  cap: 'cap',
  maxLeverage: 'highest leverage',
  maintenanceRate: 'maintenance rate',
  deduction: 'deduction',
};
const INDENT = '    ';

/** The report for a reader. */
export function printedCheck(report: CheckReport): string {
  const { day, now, via, verdicts, written } = report;
  const teller = via === undefined ? 'venues publish them' : `${via} tells them`;
  const left = notCompared(report).map(({ venue, reason, newest }) => {
    const ships = newest === undefined ? '' : `; the newest that ships is ${ageWords(newest)}`;
    return `${INDENT}${venue.padEnd(14)}${reason}${ships}`;
  });
  return [
    `Margin tables as ${teller} on ${day}, against those that ship`,
    '',
    ...verdicts.flatMap((verdict) => verdictLines(verdict, now)),
    ...(left.length === 0 ? [] : ['', 'Not compared', ...left]),
    '',
    ...written.map((path) => `Written: ${path}`),
    sumOf(verdicts),
  ].join('\n');
}

/** The report as one JSON document, `bracket-check/1`; an open end is `cap: null`. */
export function checkAsJson(report: CheckReport, exitCode: number): string {
  const { day, now, via, verdicts, written } = report;
  const contracts = verdicts.map(({ venue, ownSymbol, shipped, verdict, ...more }) => ({
    venue,
    ownSymbol,
    verdict,
    shipped: shipped === undefined ? null : { ...tableAge(shipped.asOf, now), source: shipped.source },
    published: 'published' in more ? more.published.brackets : null,
    differences: 'rows' in more ? more.rows.map((row) => ({ floor: floorOf(row), ...row })) : [],
    fault: 'fault' in more ? more.fault : null,
  }));
  const left = notCompared(report).map(({ newest, ...rest }) => ({ ...rest, shipped: newest ?? null }));
  const document = {
    ...{ schema: 'bracket-check/1', day, via: via ?? null, exitCode, counts: countsOf(verdicts) },
    ...{ contracts, notCompared: left, written },
  };
  return JSON.stringify(document, undefined, 2);
}

function notCompared({ venues, now }: CheckReport) {
  return venues.flatMap((venue) => {
    const reason = NOT_COMPARED[venue];
    if (reason === undefined) return [];
    const days = SHIPPED_TABLES.filter((table) => table.venue === venue).map(({ asOf }) => asOf);
    const newest = days.sort().at(-1);
    return [{ venue, reason, newest: newest === undefined ? undefined : tableAge(newest, now) }];
  });
}

function verdictLines(contract: ContractVerdict, now: number): readonly string[] {
  const name = `${contract.venue} ${contract.ownSymbol}`.padEnd(26);
  const { shipped } = contract;
  const ships = shipped === undefined ? 'no table ships' : `the table of ${ageWords(tableAge(shipped.asOf, now))}`;
  const source = shipped === undefined ? [] : [`${INDENT}source: ${shipped.source}`];
  switch (contract.verdict) {
    case 'equal':
      return [`${name} equal to ${ships}`];
    case 'unshipped':
      return [`${name} ${ships}; published: ${extentOf(contract.published)}`];
    case 'not-read':
      return [`${name} not read (${ships}): ${contract.fault.message}`];
    case 'unreadable':
      return [`${name} published in a form that no bracket table has (${ships}): ${contract.fault.message}`, ...source];
    case 'different':
      return [`${name} differs from ${ships}`, ...source, ...contract.rows.map(rowLine)];
  }
}

function rowLine(row: RowDifference): string {
  const from = `${INDENT}from ${shown(floorOf(row)).padEnd(14)}`;
  if (row.kind === 'new') return `${from} new row: ${rowWords(row.published)}`;
  if (row.kind === 'gone') return `${from} row is gone: ${rowWords(row.shipped)}`;
  const changes = row.fields.map(
    (field) => `${WORDS[field]} ${shown(row.shipped[field])} -> ${shown(row.published[field])}`,
  );
  return `${from} ${changes.join(', ')}`;
}

function rowWords(row: MarginBracket): string {
  return COMPARED_FIELDS.map((field) => `${WORDS[field]} ${shown(row[field])}`).join(', ');
}

function extentOf({ brackets }: BracketTable): string {
  const rows = brackets.length === 1 ? '1 row' : `${String(brackets.length)} rows`;
  return `${rows}, at most ${shown(brackets[0]!.maxLeverage)}x`;
}

function ageWords({ asOf, ageDays, isOutdated }: TableAge): string {
  return `${asOf} (${String(ageDays)} days old${isOutdated ? ', outdated' : ''})`;
}

function shown(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumSignificantDigits: 12 }) : 'none';
}

function countsOf(verdicts: readonly ContractVerdict[]): Record<ContractVerdict['verdict'], number> {
  const counts = { 'different': 0, 'unreadable': 0, 'equal': 0, 'not-read': 0, 'unshipped': 0 };
  for (const { verdict } of verdicts) counts[verdict] += 1;
  return counts;
}

function sumOf(verdicts: readonly ContractVerdict[]): string {
  const counts = countsOf(verdicts);
  const { different, unreadable, equal, unshipped } = counts;
  const parts = [
    `${String(different)} differ`,
    `${String(equal)} equal`,
    ...(unreadable > 0 ? [`${String(unreadable)} of another form`] : []),
    `${String(counts['not-read'])} not read`,
    `${String(unshipped)} without a table that ships`,
  ];
  return `${parts.join(', ')}.`;
}
