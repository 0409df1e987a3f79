import { IDLE_CASCADE, type CascadeReading } from '../model/cascade.js';
import type { Cluster, ClusterChange, ClusterChangeKind, ClusterLedger, Share, UsdRange } from '../model/cluster.js';
import type { DistanceClass, FrameFacts } from '../model/heatmap-frame.js';
import type { Usd } from '../model/units.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import {
  amount,
  duration,
  LARGEST,
  PHASES,
  POSITION_SIDES,
  price,
  ratio,
  share,
  shapeFlag,
  shapeList,
  shapeNumber,
  shapeOneOf,
  shapeOptional,
  shapeRecord,
  shapeText,
  shapeWithin,
  time,
  venueId,
} from './json-shape.js';

type ClusterFacts = Pick<FrameFacts, 'clusters' | 'clustersHidden' | 'clusterChanges' | 'cascade'>;

/** What a sender that knows no clusters says of them. */
export const NO_CLUSTERS: ClusterFacts = { clusters: [], clustersHidden: 0, clusterChanges: [], cascade: IDLE_CASCADE };

const KINDS: Record<ClusterChangeKind, true> = {
  appear: true,
  grow: true,
  move: true,
  dissolve: true,
  consume: true,
  approach: true,
};

/** The part of the facts that speaks of clusters and cascades: prices, amounts and shares are held to what they can be. */
export function readClusterFacts(reader: ByteReader, raw: Readonly<Record<string, unknown>>): ClusterFacts {
  return {
    clusters: shapeList(reader, raw['clusters'], 'facts.clusters', (item, field) => readCluster(reader, item, field)),
    clustersHidden: shapeWithin(reader, raw['clustersHidden'], 'facts.clustersHidden', 0, LARGEST),
    clusterChanges: shapeList(reader, raw['clusterChanges'], 'facts.clusterChanges', (item, field) =>
      readChange(reader, item, field),
    ),
    cascade: readReading(reader, raw['cascade'], 'facts.cascade'),
  };
}

function readChange(reader: ByteReader, value: unknown, field: string): ClusterChange {
  const raw = shapeRecord(reader, value, field);
  return {
    kind: shapeOneOf(reader, raw['kind'], `${field}.kind`, KINDS),
    seenTime: time(reader, raw['seenTime'], `${field}.seenTime`),
    cluster: readCluster(reader, raw['cluster'], `${field}.cluster`),
  };
}

function readCluster(reader: ByteReader, value: unknown, field: string): Cluster {
  const raw = shapeRecord(reader, value, field);
  const low = price(reader, raw['low'], `${field}.low`);
  const high = price(reader, raw['high'], `${field}.high`);
  if (low > high) reader.fail(`${field}.high`, `${field}.high must not lie below low, was ${high} under ${low}`);
  return {
    id: shapeText(reader, raw['id'], `${field}.id`),
    side: shapeOneOf(reader, raw['side'], `${field}.side`, POSITION_SIDES),
    low,
    high,
    peak: price(reader, raw['peak'], `${field}.peak`),
    quartileLow: price(reader, raw['quartileLow'], `${field}.quartileLow`),
    quartileHigh: price(reader, raw['quartileHigh'], `${field}.quartileHigh`),
    energy: readRange(reader, raw['energy'], `${field}.energy`),
    peakEnergy: amount(reader, raw['peakEnergy'], `${field}.peakEnergy`),
    prominence: shapeWithin(reader, raw['prominence'], `${field}.prominence`, 0, LARGEST),
    isUncertain: shapeFlag(reader, raw['isUncertain'], `${field}.isUncertain`),
    bornAt: time(reader, raw['bornAt'], `${field}.bornAt`),
    meanAgeMs: duration(reader, raw['meanAgeMs'], `${field}.meanAgeMs`),
    oldestAgeMs: duration(reader, raw['oldestAgeMs'], `${field}.oldestAgeMs`),
    venues: readShares(reader, raw['venues'], `${field}.venues`, (part, name) => venueId(reader, part, name)),
    classes: readShares(reader, raw['classes'], `${field}.classes`, (part, name) => readClass(reader, part, name)),
    ledger: readLedger(reader, raw['ledger'], `${field}.ledger`),
  };
}

function readLedger(reader: ByteReader, value: unknown, field: string): ClusterLedger {
  const raw = shapeRecord(reader, value, field);
  const of = (name: keyof ClusterLedger) => amount(reader, raw[name], `${field}.${name}`);
  return {
    born: of('born'),
    opened: of('opened'),
    swept: of('swept'),
    printed: of('printed'),
    closed: of('closed'),
    // The rest of the account may be a gain.
    faded: shapeWithin(reader, raw['faded'], `${field}.faded`, -LARGEST, LARGEST) as Usd,
  };
}

function readReading(reader: ByteReader, value: unknown, field: string): CascadeReading {
  const raw = shapeRecord(reader, value, field);
  const number = (name: keyof CascadeReading) => shapeNumber(reader, raw[name], `${field}.${name}`);
  const optional = <Value>(
    name: keyof CascadeReading,
    read: (reader: ByteReader, value: unknown, field: string) => Value,
  ) => shapeOptional(raw[name], (held) => read(reader, held, `${field}.${name}`));
  return {
    phase: shapeOneOf(reader, raw['phase'], `${field}.phase`, PHASES),
    side: optional('side', (_, held, name) => shapeOneOf(reader, held, name, POSITION_SIDES)),
    since: time(reader, raw['since'], `${field}.since`),
    startedAt: optional('startedAt', time),
    startPrice: optional('startPrice', price),
    extremePrice: optional('extremePrice', price),
    printed: amount(reader, raw['printed'], `${field}.printed`),
    isLowerBound: shapeFlag(reader, raw['isLowerBound'], `${field}.isLowerBound`),
    printRate: number('printRate'),
    peakPrintRate: number('peakPrintRate'),
    remaining: optional('remaining', readRange),
    printRateSlope: number('printRateSlope'),
    minuteRange: optional('minuteRange', ratio),
    displacement: ratio(reader, raw['displacement'], `${field}.displacement`),
    consumedShare: optional('consumedShare', share),
    hasPrints: shapeFlag(reader, raw['hasPrints'], `${field}.hasPrints`),
  };
}

function readShares<Part>(
  reader: ByteReader,
  value: unknown,
  field: string,
  readPart: (part: unknown, field: string) => Part,
): readonly Share<Part>[] {
  return shapeList(reader, value, field, (item, name) => {
    const raw = shapeRecord(reader, item, name);
    return { part: readPart(raw['part'], `${name}.part`), share: share(reader, raw['share'], `${name}.share`) };
  });
}

function readClass(reader: ByteReader, value: unknown, field: string): DistanceClass {
  const raw = shapeRecord(reader, value, field);
  return { from: ratio(reader, raw['from'], `${field}.from`), to: ratio(reader, raw['to'], `${field}.to`) };
}

function readRange(reader: ByteReader, value: unknown, field: string): UsdRange {
  const raw = shapeRecord(reader, value, field);
  const of = (name: keyof UsdRange) => amount(reader, raw[name], `${field}.${name}`);
  const range = { p10: of('p10'), p50: of('p50'), p90: of('p90') };
  const isAscending = range.p10 <= range.p50 && range.p50 <= range.p90;
  if (!isAscending) reader.fail(field, `${field} must ascend from p10 to p90`);
  return range;
}
