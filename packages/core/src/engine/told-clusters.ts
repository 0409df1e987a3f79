import { nearestClusters } from '../clusters/nearest-clusters.js';
import type { CascadeReading } from '../model/cascade.js';
import type { Cluster, ClusterChange, Share, UsdRange } from '../model/cluster.js';
import type { FrameFacts } from '../model/heatmap-frame.js';
import type { Fraction, Price, UnixMs } from '../model/units.js';
import type { CascadeWatch } from './cascade-watch.js';
import type { ClusterWatch } from './cluster-watch.js';

/** Clusters that facts tell of: about 1 KB each. More would not be told apart on one axis. */
const CLUSTERS_TOLD = 24;
/** Changes that facts tell of: enough for all that one second brings; the engine keeps more. */
const CHANGES_TOLD = 12;
/** Digits that are told of an amount, and decimals of a share: more than any place shows. */
const USD_DIGITS = 5;
const SHARE_DECIMALS = 4;
const LEAST_USD = 0.01;
/** Parts below this are not told: a dozen classes of a thousandth each would be half of the message. */
const LEAST_SHARE = 0.005;

/** What is told of: a `ClusterWatch` fits. */
export interface ToldOf extends Pick<ClusterWatch, 'clusters' | 'changes'> {
  readonly cascade: Pick<CascadeWatch, 'reading'>;
}

/** The part of the facts that speaks of clusters and cascades. */
export function toldClusters(
  watch: ToldOf,
  price: Price,
): Pick<FrameFacts, 'clusters' | 'clustersHidden' | 'clusterChanges' | 'cascade'> {
  const all = watch.clusters();
  const told = all.length <= CLUSTERS_TOLD ? all : largestAndNearest(all, price);
  return {
    clusters: told.map(rounded),
    clustersHidden: all.length - told.length,
    clusterChanges: watch
      .changes(Number.NEGATIVE_INFINITY as UnixMs)
      .slice(-CHANGES_TOLD)
      .map(roundedChange),
    cascade: roundedReading(watch.cascade.reading()),
  };
}

function largestAndNearest(all: readonly Cluster[], price: Price): readonly Cluster[] {
  const { above, below } = nearestClusters(all, price);
  const chosen = new Set([above?.cluster, below?.cluster].filter((cluster) => cluster !== undefined));
  for (const cluster of all.toSorted((a, b) => b.energy.p50 - a.energy.p50)) {
    if (chosen.size < CLUSTERS_TOLD) chosen.add(cluster);
  }
  return all.filter((cluster) => chosen.has(cluster));
}

function roundedChange(change: ClusterChange): ClusterChange {
  return { ...change, cluster: rounded(change.cluster) };
}

function rounded(cluster: Cluster): Cluster {
  const { energy, peakEnergy, prominence, meanAgeMs, oldestAgeMs, ledger } = cluster;
  const { born, opened, swept, printed, closed, faded } = ledger;
  return {
    ...cluster,
    energy: roundedRange(energy),
    peakEnergy: digits(peakEnergy),
    prominence: decimals(prominence, 2),
    meanAgeMs: decimals(meanAgeMs, -3),
    oldestAgeMs: decimals(oldestAgeMs, -3),
    venues: roundedShares(cluster.venues),
    classes: roundedShares(cluster.classes),
    ledger: {
      born: dollars(born),
      opened: dollars(opened),
      swept: dollars(swept),
      printed: dollars(printed),
      closed: dollars(closed),
      faded: dollars(faded),
    },
  };
}

function roundedReading(reading: CascadeReading): CascadeReading {
  const { printed, printRate, peakPrintRate, printRateSlope, remaining, displacement, minuteRange, consumedShare } =
    reading;
  const share = (value: Fraction | undefined) => value && decimals(value, SHARE_DECIMALS);
  return {
    ...reading,
    printed: dollars(printed),
    printRate: dollars(printRate),
    peakPrintRate: dollars(peakPrintRate),
    printRateSlope: dollars(printRateSlope),
    remaining: remaining && roundedRange(remaining),
    displacement: decimals(displacement, SHARE_DECIMALS),
    minuteRange: minuteRange && digits(minuteRange),
    consumedShare: share(consumedShare),
  };
}

function roundedRange({ p10, p50, p90 }: UsdRange): UsdRange {
  return { p10: dollars(p10), p50: dollars(p50), p90: dollars(p90) };
}

function roundedShares<Part>(shares: readonly Share<Part>[]): readonly Share<Part>[] {
  return shares
    .map(({ part, share }) => ({ part, share: decimals(share, SHARE_DECIMALS) }))
    .filter(({ share }) => share >= LEAST_SHARE);
}

/** An amount of money, or of money a second; what adding up leaves of a cent is nothing. */
function dollars<Amount extends number>(amount: Amount): Amount {
  return Math.abs(amount) < LEAST_USD ? (0 as Amount) : digits(amount);
}

function digits<Amount extends number>(amount: Amount): Amount {
  return Number(amount.toPrecision(USD_DIGITS)) as Amount;
}

function decimals<Amount extends number>(amount: Amount, places: number): Amount {
  const unit = 10 ** places;
  return (Math.round(amount * unit) / unit) as Amount;
}
