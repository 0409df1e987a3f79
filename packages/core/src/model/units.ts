/** Units live in the type and cost nothing at run time. */
declare const unit: unique symbol;

/** A number whose unit lives in the type. Casts belong in `parse` functions and tests. */
export type Measure<Unit extends string> = number & { readonly [unit]: Unit };

/** Milliseconds since 1970-01-01 UTC; fractions are kept. */
export type UnixMs = Measure<'unix ms'>;
/** A length of time in milliseconds. */
export type DurationMs = Measure<'duration ms'>;
/** Quote units per base unit, as a floating-point number. */
export type Price = Measure<'price'>;
/** A price as an integer count of its instrument's tick size. */
export type PriceTicks = Measure<'price ticks'>;
/** An amount in the contract's own unit: base coin for linear contracts, USD for inverse ones. */
export type ContractSize = Measure<'contract size'>;
/** Quote value in USD. */
export type Usd = Measure<'usd'>;
/** A plain share or rate, 1 = 100 %. Percent exists only where text is formatted. */
export type Fraction = Measure<'fraction'>;
/** Index of a row of the one price lattice, see `grid/price-lattice`. */
export type LatticeRow = Measure<'lattice row'>;

/** Milliseconds in a second. */
export const MS_PER_SECOND = 1_000;
/** Milliseconds in a minute. */
export const MS_PER_MINUTE = 60_000;
/** Milliseconds in an hour. */
export const MS_PER_HOUR = 3_600_000;

/** Makes a compile error of a `switch` that forgot a case; throws when a value breaks its type at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
