/** What became of a piece of outside text: a value, or the reason why there is none. */
export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

/** A fault of the outside world as data: which field broke which rule. */
export interface Fault {
  readonly code: string;
  /** The field (or place) at fault, e.g. `aggTrade.p`. */
  readonly field: string;
  /** What the rule is and what was found, in one sentence. */
  readonly message: string;
}

/** Wraps a value that was understood. */
export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

/** Wraps the reason why a text was not understood. */
export function malformed(code: string, field: string, message: string): Parsed<never> {
  return { ok: false, fault: { code, field, message } };
}
