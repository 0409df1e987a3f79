/** A caller gave a number the formulas have no meaning for; names the field and the rule. */
export class MarginInputError extends RangeError {
  override readonly name = 'MarginInputError';
  /** The field at fault, in words, e.g. `Leverage`. */
  readonly field: string;

  constructor(field: string, rule: string, value: unknown) {
    super(`${field} must be ${rule}, was ${String(value)}`);
    this.field = field;
  }
}

/** Throws unless the number is finite and at least `least`. */
export function requireAtLeast(field: string, value: number, least: number): void {
  if (!(value >= least && Number.isFinite(value))) throw new MarginInputError(field, `at least ${least}`, value);
}

/** Throws unless the number is finite and above 0. */
export function requirePositive(field: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) throw new MarginInputError(field, 'above 0', value);
}

/** Throws unless the fraction is in [0, 1): a requirement of the whole notional or more has no liquidation price. */
export function requireRate(field: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw new MarginInputError(field, 'a fraction of at least 0 and below 1', value);
}

/** Throws unless the number is finite. */
export function requireFinite(field: string, value: number): void {
  if (!Number.isFinite(value)) throw new MarginInputError(field, 'a finite number', value);
}
