import type { Fraction } from './units.js';
import type { VenueId } from './venue.js';

/** One row of a venue's maintenance-margin table. */
export interface MarginBracket {
  /** Notional from which the row applies: USD for linear contracts, coin for inverse ones. */
  readonly floor: number;
  /** Notional up to which the row applies; Infinity in the last row where the venue names no cap. */
  readonly cap: number;
  /** Maintenance margin as a fraction of notional. */
  readonly maintenanceRate: Fraction;
  readonly maxLeverage: number;
  /** Amount subtracted from rate x notional so that the requirement is continuous (`cum` of Binance). */
  readonly deduction: number;
}

/** How old a dated table is. */
export interface TableAge {
  /** Day the table was read, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Whole days from that day to now; negative when the table is younger than now. */
  readonly ageDays: number;
  /** True when it is more than 90 days old: the venue may have changed it since. */
  readonly isOutdated: boolean;
}

/** A venue's brackets of one contract, valid from a date: tables change, so the date is part of the fact. */
export interface BracketTable {
  readonly venue: VenueId;
  /** The venue's own name of the contract. */
  readonly ownSymbol: string;
  /** Day the table was read, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly source: string;
  /** Ascending, without holes: each row's floor is the cap of the row before. */
  readonly brackets: readonly MarginBracket[];
}
