import { createMarket, type MarketOptions } from '../src/index.js';

/** What a day of market amounts to, per unit of mean open interest. */
export interface MarketFigures {
  readonly seed: string;
  readonly style: string;
  readonly turnoverPerDay: number;
  readonly liquidatedPerDay: number;
  readonly liquidations: number;
  /** Clear sweeps a day: half hours in which more than 0.5 % of open interest was closed by force. */
  readonly sweepsPerDay: number;
  readonly rangePerDay: number;
  readonly openInterestRatio: number;
  readonly agents: number;
}

/** Runs days of history of one venue and sums up what happened. */
export function measureMarket(options: MarketOptions, days: number): MarketFigures {
  const dayMs = 86_400_000;
  const market = createMarket({ ...options, history: { durationMs: days * dayMs, ...options.history } });
  const start = market.truth();
  let volume = 0;
  let mean = 0;
  let bars = 0;
  let range = 0;
  const halfHours = new Map<number, number>();
  let forced = 0;
  let counted = start.forcedCount;
  for (let day = 0; day < days; day++) {
    let [high, low] = [0, Infinity];
    for (const event of market.events(start.time + (day + 1) * dayMs)) {
      if (event.kind === 'open-interest') {
        mean += event.size;
        bars++;
      }
      if (event.kind !== 'bar') continue;
      volume += event.size;
      high = Math.max(high, event.high);
      low = Math.min(low, event.low);
    }
    range += Math.log(high / low) / days;
    const { forcedCloses, forcedCount } = market.truth();
    const fresh = forcedCount === counted ? [] : forcedCloses.slice(counted - forcedCount);
    counted = forcedCount;
    for (const { size, closedAt } of fresh) {
      forced += size;
      const halfHour = Math.floor(closedAt / 1_800_000);
      halfHours.set(halfHour, (halfHours.get(halfHour) ?? 0) + size);
    }
  }
  const end = market.truth();
  const openInterest = mean / bars;
  return {
    seed: String(options.seed),
    style: end.world.style,
    turnoverPerDay: volume / openInterest / days,
    liquidatedPerDay: forced / openInterest / days,
    liquidations: counted - start.forcedCount,
    sweepsPerDay: [...halfHours.values()].filter((size) => size > 0.005 * openInterest).length / days,
    rangePerDay: range,
    openInterestRatio: end.venues[0]!.openInterest / start.venues[0]!.openInterest,
    agents: end.venues[0]!.positions.length,
  };
}
