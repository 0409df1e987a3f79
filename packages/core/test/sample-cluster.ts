import type { CascadeState } from '../src/model/cascade.js';
import type { Cluster } from '../src/model/cluster.js';
import type { PositionSide } from '../src/model/market-event.js';
import type { DurationMs, Price, UnixMs, Usd } from '../src/model/units.js';
import { priceAtPosition, rowOfPrice } from '../src/grid/price-lattice.js';

/** What a test says about a cluster; the rest is plain. */
export interface SampleCluster extends Partial<Omit<Cluster, 'low' | 'high' | 'energy' | 'peakEnergy'>> {
  readonly low: number;
  readonly rows?: number;
  readonly usd?: number;
  readonly peakUsd?: number;
}

/** A cluster of whole rows that begins in the row of `low`. */
export function sampleCluster({ low, rows = 4, usd = 1e6, peakUsd = usd, ...rest }: SampleCluster): Cluster {
  const first = rowOfPrice(low);
  const side: PositionSide = rest.side ?? 'long';
  return {
    id: `sample:${side}:${first}`,
    side,
    low: priceAtPosition(first),
    high: priceAtPosition(first + rows),
    peak: priceAtPosition(first + rows / 2),
    quartileLow: priceAtPosition(first + rows / 4),
    quartileHigh: priceAtPosition(first + (3 * rows) / 4),
    energy: { p10: (usd / 2) as Usd, p50: usd as Usd, p90: (usd * 2) as Usd },
    peakEnergy: peakUsd as Usd,
    prominence: 3,
    isUncertain: false,
    bornAt: 0 as UnixMs,
    meanAgeMs: 60_000 as DurationMs,
    oldestAgeMs: 120_000 as DurationMs,
    venues: [],
    classes: [],
    ledger: { born: 0 as Usd, opened: 0 as Usd, swept: 0 as Usd, printed: 0 as Usd, closed: 0 as Usd, faded: 0 as Usd },
    ...rest,
  };
}

/** A gauge at rest, with what a test says of it. */
export function sampleCascade(told: Partial<CascadeState>): CascadeState {
  return {
    phase: 'idle',
    side: undefined,
    since: 0 as UnixMs,
    startedAt: undefined,
    startPrice: undefined,
    extremePrice: undefined,
    printed: 0 as Usd,
    isLowerBound: false,
    printRate: 0,
    peakPrintRate: 0,
    remaining: undefined,
    ...told,
  };
}

/** A run of longs being closed from 100 down to 95. */
export function sampleRun(phase: CascadeState['phase']): CascadeState {
  return sampleCascade({
    phase,
    side: 'long',
    startedAt: 1_000 as UnixMs,
    startPrice: 100 as Price,
    extremePrice: 95 as Price,
    printed: 5e6 as Usd,
  });
}
