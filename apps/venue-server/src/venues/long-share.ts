/** The simulator's funding is the usual rate and a part in proportion to how one-sided its agents stand. */
const USUAL_RATE = 0.0001;
const CROWDING_RATE = 0.002;

/** Share of longs that a funding rate tells of, 0.01..0.99: the simulator's live part publishes no ratios of accounts. */
export function longShareOf(fundingRate: number): number {
  const crowding = (fundingRate - USUAL_RATE) / CROWDING_RATE;
  return Math.min(0.99, Math.max(0.01, (1 + crowding) / 2));
}
