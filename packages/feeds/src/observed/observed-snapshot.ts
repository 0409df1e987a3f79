import type {
  ContractSize,
  DurationMs,
  Fault,
  Fraction,
  InstrumentId,
  PositionSide,
  Price,
  UnixMs,
} from '@liquidation-heatmap/core';
import type { MarginMode } from '../venues/hyperliquid/parse-positions.js';

/** A position that some known address was seen to hold. Whose it is stays with the observer. */
export interface ObservedRow {
  readonly side: PositionSide;
  /** In the contract's own unit (coin). */
  readonly size: ContractSize;
  readonly entryPrice: Price;
  /** As the venue says; for a cross account it moves with all the account holds. Undefined where no price would liquidate it. */
  readonly liquidationPrice: Price | undefined;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** The venue's own time of the answer. */
  readonly eventTime: UnixMs;
  /** When the answer arrived, on this machine's clock; ages are counted from here. */
  readonly seenTime: UnixMs;
}

/** An amount of each side. */
export interface BothSides<Amount> {
  readonly long: Amount;
  readonly short: Amount;
}

/** Part of the open interest whose positions are observed, 0..1. Every contract has a long and a short, so `total` is their mean. */
export interface ObservedShare extends BothSides<Fraction> {
  readonly total: Fraction;
}

/** How far the reading of addresses has come. */
export interface AddressCounts {
  /** Given and learned. */
  readonly known: number;
  /** With an answer that is not too old. */
  readonly answered: number;
  /** Of those, with a position in this instrument. */
  readonly holding: number;
  /** Whose last question failed; what was seen of them before stays until it is too old. */
  readonly failing: number;
  /** Whose last answer is too old: their positions are left out. */
  readonly outdated: number;
}

/**
 * Positions of known addresses in one instrument at one time. A sample beside the estimate: what the addresses hold is part of the same
 * open interest that the estimate spreads over prices, so the two are never summed.
 */
export interface ObservedSnapshot {
  readonly kind: 'observed-positions';
  readonly instrument: InstrumentId;
  /** Canonical symbol. */
  readonly symbol: string;
  readonly time: UnixMs;
  /** Largest first. */
  readonly rows: readonly ObservedRow[];
  /** Sums of the rows. */
  readonly size: BothSides<ContractSize>;
  /** One-sided; undefined while it is not known, or was told too long ago. */
  readonly openInterest: ContractSize | undefined;
  /** Undefined while open interest is unknown, and where the rows contradict it by being more. */
  readonly share: ObservedShare | undefined;
  /** Age of the row seen longest ago; undefined without rows. */
  readonly oldestAgeMs: DurationMs | undefined;
  readonly addresses: AddressCounts;
  /** The newest fault among addresses whose last question failed. */
  readonly fault: Fault | undefined;
}

/** Sums both sides of rows. */
export function sizeOf(rows: readonly Pick<ObservedRow, 'side' | 'size'>[]): BothSides<ContractSize> {
  let [long, short] = [0, 0];
  for (const { side, size } of rows) {
    if (side === 'long') long += size;
    else short += size;
  }
  return { long: long as ContractSize, short: short as ContractSize };
}

/** Age of the row seen longest ago; undefined without rows. */
export function oldestAgeOf(rows: readonly Pick<ObservedRow, 'seenTime'>[], now: UnixMs): DurationMs | undefined {
  if (rows.length === 0) return undefined;
  return rows.reduce((age, { seenTime }) => Math.max(age, now - seenTime), 0) as DurationMs;
}

/**
 * Part of a one-sided open interest. More than all of it cannot be: such rows and such an open interest are not of the same time, and
 * no share is told rather than a whole one.
 */
export function shareOf(
  { long, short }: BothSides<ContractSize>,
  openInterest: ContractSize | undefined,
): ObservedShare | undefined {
  if (openInterest === undefined || !(openInterest > 0) || Math.max(long, short) > openInterest) return undefined;
  return {
    long: (long / openInterest) as Fraction,
    short: (short / openInterest) as Fraction,
    total: ((long + short) / (2 * openInterest)) as Fraction,
  };
}
