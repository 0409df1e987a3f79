import type { BracketTable, MarginBracket } from '../model/margin-bracket.js';
import { malformed, type Parsed } from '../model/parsed.js';
import type { Fraction } from '../model/units.js';
import { isVenueId } from '../model/venue.js';
import { checkBrackets, nextDeduction } from './brackets.js';

/** One row as a host may write it; JSON has no Infinity, so an open end is `cap: null`. */
export interface HostBracket extends Omit<MarginBracket, 'cap' | 'deduction' | 'maintenanceRate'> {
  readonly maintenanceRate: number;
  /** Null in the last row where the venue names no cap. */
  readonly cap: number | null;
  /** May be left out: continuity of the requirement gives it. */
  readonly deduction?: number;
}

/** A bracket table as a host may write it, e.g. in JSON: `BracketTable` with plain numbers, `cap: null` and optional deductions. */
export interface HostBracketTable extends Omit<BracketTable, 'brackets'> {
  readonly brackets: readonly HostBracket[];
}

/** Reads a table of a host, from JSON or code; a fault names the place, e.g. `brackets[2].floor`, the rule and what was found. */
export function parseBracketTable(value: unknown): Parsed<BracketTable> {
  if (!isRecord(value)) return broken('table', 'be an object', value);
  const { venue, ownSymbol, asOf, source, brackets } = value;
  if (typeof venue !== 'string' || !isVenueId(venue)) return broken('venue', 'be a venue id', venue);
  for (const [field, text] of Object.entries({ ownSymbol, asOf, source })) {
    if (typeof text !== 'string' || text.trim() === '') return broken(field, 'be a text that is not empty', text);
  }
  if (!Array.isArray(brackets)) return broken('brackets', 'be a list of rows', brackets);
  const rows: MarginBracket[] = [];
  for (const [index, row] of brackets.entries()) {
    const read = parseRow(row, `brackets[${index}]`, index === brackets.length - 1, rows.at(-1));
    if (!read.ok) return read;
    rows.push(read.value);
  }
  return checkBrackets({
    venue,
    ownSymbol: ownSymbol as string,
    asOf: asOf as string,
    source: source as string,
    brackets: rows,
  });
}

/** Reads a host's tables; the first fault's place begins with the table's own, e.g. `tables[1].brackets[0].cap`. */
export function parseBracketTables(values: unknown, place = 'tables'): Parsed<readonly BracketTable[]> {
  if (!Array.isArray(values)) return broken(place, 'be a list of bracket tables', values);
  const tables: BracketTable[] = [];
  for (const [index, value] of values.entries()) {
    const read = parseBracketTable(value);
    if (!read.ok) {
      const { code, field, message } = read.fault;
      return malformed(code, `${place}[${index}].${field}`, `${place}[${index}].${message}`);
    }
    tables.push(read.value);
  }
  return { ok: true, value: tables };
}

function parseRow(
  row: unknown,
  place: string,
  isLast: boolean,
  previous: MarginBracket | undefined,
): Parsed<MarginBracket> {
  if (!isRecord(row)) return broken(place, 'be an object', row);
  const { floor, maintenanceRate, maxLeverage } = row;
  for (const [field, number] of Object.entries({ floor, maintenanceRate, maxLeverage })) {
    if (typeof number !== 'number') return broken(`${place}.${field}`, 'be a number', number);
  }
  const cap = row['cap'] === null && isLast ? Number.POSITIVE_INFINITY : row['cap'];
  if (typeof cap !== 'number')
    return broken(`${place}.cap`, isLast ? 'be a number, or null for an open end' : 'be a number', cap);
  const deduction = row['deduction'] ?? deductionAfter(previous, floor as number, maintenanceRate as number);
  if (typeof deduction !== 'number') return broken(`${place}.deduction`, 'be a number', deduction);
  return {
    ok: true,
    value: {
      floor: floor as number,
      cap,
      maintenanceRate: maintenanceRate as Fraction,
      maxLeverage: maxLeverage as number,
      deduction,
    },
  };
}

function deductionAfter(previous: MarginBracket | undefined, floor: number, rate: number): number {
  return previous === undefined ? 0 : nextDeduction(previous, floor, rate);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(field: string, rule: string, was: unknown): Parsed<never> {
  return malformed('malformed-brackets', field, `${field} must ${rule}, was ${shown(was)}`);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
