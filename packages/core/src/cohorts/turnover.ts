/** Share of traded volume that can at most be opening trades. */
const MAX_OPENING_SHARE = 0.6;
/** Share of traded volume taken to be opening trades where open interest is unknown. */
const ASSUMED_OPENING_SHARE = 0.15;

/** What is known about an interval, contract units; sides are averaged, because every contract has a long and a short. */
export interface IntervalFlow {
  /** Change of open interest; undefined where the venue does not say. */
  readonly openInterestChange: number | undefined;
  /** Modelled voluntary closes. */
  readonly closes: number;
  /** Exposure the mark traded through. */
  readonly swept: number;
  /** Traded volume; undefined where there is neither a trade nor a bar. */
  readonly volume: number | undefined;
}

/** How an interval's accounts close. */
export interface Turnover {
  /** Size opened on either side. */
  readonly opens: number;
  /** Factor on the modelled closes, 0..1: less when volume could not have carried them. */
  readonly exitShare: number;
}

/**
 * Completes the accounts of an interval: opens = change of open interest + closes + liquidations. Net open interest hides
 * turnover, and without it the map forgets every position that was opened while another one closed.
 * Opens below zero become zero (the caller closes proportionally); opens beyond 60 % of volume shrink the closes.
 * Without open interest, 15 % of volume is taken as opens and the result compares only with itself.
 */
export function settleTurnover(flow: IntervalFlow): Turnover {
  if (flow.openInterestChange === undefined) {
    return { opens: ASSUMED_OPENING_SHARE * (flow.volume ?? 0), exitShare: 1 };
  }
  const forced = flow.openInterestChange + flow.swept;
  const opens = forced + flow.closes;
  if (opens <= 0) return { opens: 0, exitShare: 1 };
  const cap = flow.volume === undefined ? Number.POSITIVE_INFINITY : MAX_OPENING_SHARE * flow.volume;
  if (opens <= cap || flow.closes <= 0) return { opens, exitShare: 1 };
  const closes = Math.max(0, Math.min(flow.closes, cap - forced));
  return { opens: Math.max(0, forced + closes), exitShare: closes / flow.closes };
}
