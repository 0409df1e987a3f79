import type { BracketTable, MarginBracket } from '../model/margin-bracket.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import { requireAtLeast } from './margin-input.js';

/** Deductions are published as decimals and chained through products of decimals: equal means equal to this relative error. */
const DEDUCTION_TOLERANCE = 1e-9;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Row that contains a notional (USD for linear contracts, coin for inverse ones): floor <= notional < cap.
 * Above the last cap the last row goes on, because a position that large exists only as several.
 */
export function bracketFor(table: BracketTable, notional: number): MarginBracket {
  requireAtLeast('Notional', notional, 0);
  const { brackets } = table;
  return brackets.find((bracket) => notional < bracket.cap) ?? brackets.at(-1)!;
}

/** Maintenance margin of a notional: rate x notional - deduction, in the notional's unit. */
export function maintenanceMargin(table: BracketTable, notional: number): number {
  const { maintenanceRate, deduction } = bracketFor(table, notional);
  return notional * maintenanceRate - deduction;
}

/**
 * Deduction that makes the requirement continuous where the next row begins:
 *   deduction_n = deduction_(n-1) + floor_n x (rate_n - rate_(n-1))
 * https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93
 */
export function nextDeduction(
  previous: Pick<MarginBracket, 'maintenanceRate' | 'deduction'>,
  floor: number,
  rate: number,
): number {
  return previous.deduction + floor * (rate - previous.maintenanceRate);
}

/** Checks a table that came from outside; a fault names the row (from 1) and the rule it breaks. */
export function checkBrackets(table: BracketTable): Parsed<BracketTable> {
  if (!DAY.test(table.asOf)) return broken('asOf', `A table's day must be YYYY-MM-DD, was ${table.asOf}`);
  if (table.brackets.length === 0) return broken('brackets', 'A table must have at least one row, had 0');
  for (const [index, bracket] of table.brackets.entries()) {
    const rule = brokenRule(bracket, table.brackets[index - 1]);
    if (rule !== undefined) return broken(`brackets[${index}].${rule.field}`, `Row ${index + 1}: ${rule.message}`);
  }
  return parsed(table);
}

interface BrokenRule {
  readonly field: keyof MarginBracket;
  readonly message: string;
}

function brokenRule(bracket: MarginBracket, previous: MarginBracket | undefined): BrokenRule | undefined {
  const { floor, cap, maintenanceRate, maxLeverage, deduction } = bracket;
  if (!(maintenanceRate > 0 && maintenanceRate < 1)) {
    return {
      field: 'maintenanceRate',
      message: `the maintenance rate must be above 0 and below 1, was ${maintenanceRate}`,
    };
  }
  if (!(maxLeverage >= 1 && Number.isFinite(maxLeverage))) {
    return { field: 'maxLeverage', message: `the highest leverage must be at least 1, was ${maxLeverage}` };
  }
  if (maintenanceRate * maxLeverage > 1) {
    return {
      field: 'maxLeverage',
      message: `the margin at ${maxLeverage}x must cover the maintenance rate ${maintenanceRate}`,
    };
  }
  if (!(cap > floor)) return { field: 'cap', message: `the cap must be above the floor ${floor}, was ${cap}` };
  return previous === undefined ? brokenStart(floor, deduction) : brokenStep(bracket, previous);
}

function brokenStart(floor: number, deduction: number): BrokenRule | undefined {
  if (floor !== 0) return { field: 'floor', message: `the first floor must be 0, was ${floor}` };
  if (deduction !== 0) return { field: 'deduction', message: `the first deduction must be 0, was ${deduction}` };
  return undefined;
}

function brokenStep(bracket: MarginBracket, previous: MarginBracket): BrokenRule | undefined {
  const { floor, maintenanceRate, maxLeverage, deduction } = bracket;
  if (floor !== previous.cap)
    return { field: 'floor', message: `the floor must be the cap before, ${previous.cap}, was ${floor}` };
  if (maintenanceRate < previous.maintenanceRate) {
    return {
      field: 'maintenanceRate',
      message: `the rate must not fall below ${previous.maintenanceRate}, was ${maintenanceRate}`,
    };
  }
  if (maxLeverage > previous.maxLeverage) {
    return {
      field: 'maxLeverage',
      message: `the highest leverage must not rise above ${previous.maxLeverage}, was ${maxLeverage}`,
    };
  }
  const expected = nextDeduction(previous, floor, maintenanceRate);
  if (!(Math.abs(deduction - expected) <= DEDUCTION_TOLERANCE * Math.max(1, floor))) {
    return {
      field: 'deduction',
      message: `the deduction must continue the requirement at ${expected}, was ${deduction}`,
    };
  }
  return undefined;
}

function broken(field: string, message: string): Parsed<never> {
  return malformed('malformed-brackets', field, message);
}
