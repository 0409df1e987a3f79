import type { BracketTable, MarginBracket } from '../model/margin-bracket.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import { startOfDay } from '../numeric/calendar-day.js';
import { requireAtLeast } from './margin-input.js';

/** Deductions are published as decimals and chained through products of decimals: equal means equal to this relative error. */
const DEDUCTION_TOLERANCE = 1e-9;

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

/** Checks a table that came from outside; a fault names the place, e.g. `brackets[2].floor`, and the rule it breaks. */
export function checkBrackets(table: BracketTable): Parsed<BracketTable> {
  if (startOfDay(table.asOf) === undefined) return broken('asOf', 'be a day, YYYY-MM-DD', table.asOf);
  if (table.brackets.length === 0) return broken('brackets', 'have at least one row', 'empty');
  for (const [index, bracket] of table.brackets.entries()) {
    const rule = brokenRule(bracket, table.brackets[index - 1]);
    if (rule !== undefined) return broken(`brackets[${index}].${rule.field}`, rule.rule, bracket[rule.field]);
  }
  return parsed(table);
}

interface BrokenRule {
  readonly field: keyof MarginBracket;
  /** What the field must do, e.g. `be above 0`. */
  readonly rule: string;
}

function brokenRule(bracket: MarginBracket, previous: MarginBracket | undefined): BrokenRule | undefined {
  const { floor, cap, maintenanceRate, maxLeverage, deduction } = bracket;
  if (!(maintenanceRate > 0 && maintenanceRate < 1)) {
    return { field: 'maintenanceRate', rule: 'be above 0 and below 1' };
  }
  if (!(maxLeverage >= 1 && Number.isFinite(maxLeverage))) {
    return { field: 'maxLeverage', rule: 'be at least 1' };
  }
  if (maintenanceRate * maxLeverage > 1) {
    return { field: 'maxLeverage', rule: `leave a margin that covers the maintenance rate ${maintenanceRate}` };
  }
  if (!(cap > floor)) return { field: 'cap', rule: `be above the floor of its row (${floor})` };
  return previous === undefined ? brokenStart(floor, deduction) : brokenStep(bracket, previous);
}

function brokenStart(floor: number, deduction: number): BrokenRule | undefined {
  if (floor !== 0) return { field: 'floor', rule: 'be 0 in the first row' };
  if (deduction !== 0) return { field: 'deduction', rule: 'be 0 in the first row' };
  return undefined;
}

function brokenStep(bracket: MarginBracket, previous: MarginBracket): BrokenRule | undefined {
  const { floor, maintenanceRate, maxLeverage, deduction } = bracket;
  if (floor !== previous.cap) return { field: 'floor', rule: `equal the cap of the row before (${previous.cap})` };
  if (maintenanceRate < previous.maintenanceRate) {
    return {
      field: 'maintenanceRate',
      rule: `not fall below the rate of the row before (${previous.maintenanceRate})`,
    };
  }
  if (maxLeverage > previous.maxLeverage) {
    return { field: 'maxLeverage', rule: `not rise above the leverage of the row before (${previous.maxLeverage})` };
  }
  const expected = nextDeduction(previous, floor, maintenanceRate);
  if (!(Math.abs(deduction - expected) <= DEDUCTION_TOLERANCE * Math.max(1, floor))) {
    return { field: 'deduction', rule: `continue the requirement of the row before (${expected})` };
  }
  return undefined;
}

function broken(field: string, rule: string, was: unknown): Parsed<never> {
  return malformed('malformed-brackets', field, `${field} must ${rule}, was ${String(was)}`);
}
