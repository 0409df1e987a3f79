import type { Alert, AlertKind } from '../model/alert.js';
import type { FrameFacts } from '../model/heatmap-frame.js';
import type {
  BookHealth,
  Condition,
  ConditionUnit,
  MagnetLift,
  NumberCondition,
  NumberConditionName,
  OutcomeRate,
  OutcomeSource,
  PriceBand,
  RetracementRates,
  Setup,
  SetupKind,
  StateCondition,
  TouchRates,
  Verdict,
} from '../model/setup.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import {
  amount,
  duration,
  LARGEST,
  PHASES,
  POSITION_SIDES,
  price,
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
} from './json-shape.js';

type SetupFacts = Pick<FrameFacts, 'setups' | 'alerts'>;
type Raw = Readonly<Record<string, unknown>>;
type Read<Value> = (reader: ByteReader, value: unknown, field: string) => Value;

/** What a sender that knows no setups says of them. */
export const NO_SETUPS: SetupFacts = { setups: [], alerts: [] };

const KINDS: Record<SetupKind, true> = { magnet: true, fade: true, confluence: true };
const ALERT_KINDS: Record<AlertKind, true> = {
  appear: true,
  grow: true,
  move: true,
  dissolve: true,
  consume: true,
  approach: true,
  setup: true,
  cascade: true,
  stale: true,
};
const VERDICTS: Record<Verdict, true> = { pass: true, fail: true, unknown: true };
const HEADINGS = { up: true, down: true } as const;
const SOURCES: Record<OutcomeSource, true> = { recorded: true, archive: true, simulated: true };
const RELATIONS: Record<NumberCondition['relation'] | 'is', true> = {
  'at least': true,
  'at most': true,
  'below': true,
  'is': true,
};
const UNITS: Record<ConditionUnit, true> = {
  'fraction': true,
  'ratio': true,
  'percentile': true,
  'standard-deviations': true,
  'ms': true,
};
const NUMBER_NAMES: Record<NumberConditionName, true> = {
  'distance': true,
  'density-percentile': true,
  'path-thinness': true,
  'consumed-share': true,
  'flow-z': true,
  'resting-percentile': true,
  'resting-distance': true,
  'resting-persistence': true,
};
const HEALTHS: Record<BookHealth, true> = {
  'in-sync': true,
  'unsynced': true,
  'gapped': true,
  'stale': true,
  'none': true,
};
const FRESHNESS = { fresh: true, stale: true } as const;

/** The part of the facts that speaks of setups and alerts. */
export function readSetupFacts(reader: ByteReader, raw: Raw): SetupFacts {
  return {
    setups: shapeList(reader, raw['setups'], 'facts.setups', (item, field) => readSetup(reader, item, field)),
    alerts: shapeList(reader, raw['alerts'], 'facts.alerts', (item, field) => readAlert(reader, item, field)),
  };
}

function readSetup(reader: ByteReader, value: unknown, field: string): Setup {
  const raw = shapeRecord(reader, value, field);
  const at = (name: string): [ByteReader, unknown, string] => [reader, raw[name], `${field}.${name}`];
  const heading = () => shapeOneOf(...at('heading'), HEADINGS);
  const clusterId = () => shapeText(...at('clusterId'));
  const kind = shapeOneOf(...at('kind'), KINDS);
  const base = {
    seenTime: time(...at('seenTime')),
    side: shapeOneOf(...at('side'), POSITION_SIDES),
    verdict: shapeOneOf(...at('verdict'), VERDICTS),
    conditions: listOf(...at('conditions'), readCondition),
  };
  if (kind === 'fade') {
    return {
      kind,
      ...base,
      heading: heading(),
      invalidation: optional(...at('invalidation'), price),
      startPrice: optional(...at('startPrice'), price),
      retracements: listOf(...at('retracements'), readRetracement),
    };
  }
  const band = readBand(...at('band'));
  if (kind === 'magnet') {
    return {
      kind,
      ...base,
      clusterId: clusterId(),
      band,
      heading: heading(),
      target: readBand(...at('target')),
      isMeasured: shapeFlag(...at('isMeasured')),
      lifts: listOf(...at('lifts'), readLift),
    };
  }
  return {
    kind,
    ...base,
    clusterId: clusterId(),
    band,
    resting: optional(...at('resting'), readResting),
    absorbRatio: optional(...at('absorbRatio'), amount),
    outcomes: listOf(...at('outcomes'), readTouches),
  };
}

function readCondition(reader: ByteReader, value: unknown, field: string): Condition {
  const raw = shapeRecord(reader, value, field);
  const relation = shapeOneOf(reader, raw['relation'], `${field}.relation`, RELATIONS);
  const verdict = shapeOneOf(reader, raw['verdict'], `${field}.verdict`, VERDICTS);
  if (relation === 'is') return { ...readState(reader, raw, field), relation, unit: 'state', verdict };
  return {
    name: shapeOneOf(reader, raw['name'], `${field}.name`, NUMBER_NAMES),
    value: optional(reader, raw['value'], `${field}.value`, shapeNumber),
    relation,
    threshold: shapeNumber(reader, raw['threshold'], `${field}.threshold`),
    unit: shapeOneOf(reader, raw['unit'], `${field}.unit`, UNITS),
    verdict,
  };
}

function readState(reader: ByteReader, raw: Raw, field: string): Pick<StateCondition, 'name' | 'value' | 'threshold'> {
  const value: [ByteReader, unknown, string] = [reader, raw['value'], `${field}.value`];
  switch (raw['name']) {
    case 'data':
      return { name: 'data', value: shapeOneOf(...value, FRESHNESS), threshold: 'fresh' };
    case 'book':
      return { name: 'book', value: shapeOneOf(...value, HEALTHS), threshold: 'in-sync' };
    case 'cascade-phase': {
      const threshold = shapeOneOf(reader, raw['threshold'], `${field}.threshold`, PHASES);
      return { name: 'cascade-phase', value: shapeOneOf(...value, PHASES), threshold };
    }
    default:
      reader.fail(`${field}.name`, `${field}.name must be data, book or cascade-phase`);
      return { name: 'data', value: 'stale', threshold: 'fresh' };
  }
}

function readResting(reader: ByteReader, value: unknown, field: string) {
  const raw = shapeRecord(reader, value, field);
  return {
    side: shapeOneOf(reader, raw['side'], `${field}.side`, { bid: true, ask: true }),
    price: price(reader, raw['price'], `${field}.price`),
    notional: amount(reader, raw['notional'], `${field}.notional`),
    persistedMs: duration(reader, raw['persistedMs'], `${field}.persistedMs`),
  };
}

function readBand(reader: ByteReader, value: unknown, field: string): PriceBand {
  const raw = shapeRecord(reader, value, field);
  const low = price(reader, raw['low'], `${field}.low`);
  const high = price(reader, raw['high'], `${field}.high`);
  if (low > high) reader.fail(`${field}.high`, `${field}.high must not lie below low, was ${high} under ${low}`);
  return { low, high };
}

function readTouches(reader: ByteReader, value: unknown, field: string): TouchRates {
  const raw = shapeRecord(reader, value, field);
  return {
    afterMs: duration(reader, raw['afterMs'], `${field}.afterMs`),
    broke: readRate(reader, raw['broke'], `${field}.broke`),
    bounced: readRate(reader, raw['bounced'], `${field}.bounced`),
  };
}

function readRate(reader: ByteReader, value: unknown, field: string): OutcomeRate {
  const raw = shapeRecord(reader, value, field);
  return {
    n: shapeWithin(reader, raw['n'], `${field}.n`, 0, LARGEST),
    rate: optional(reader, raw['rate'], `${field}.rate`, share),
    low95: share(reader, raw['low95'], `${field}.low95`),
    high95: share(reader, raw['high95'], `${field}.high95`),
    source: shapeOneOf(reader, raw['source'], `${field}.source`, SOURCES),
  };
}

function readLift(reader: ByteReader, value: unknown, field: string): MagnetLift {
  const raw = shapeRecord(reader, value, field);
  const number = (name: keyof MagnetLift) => optional(reader, raw[name], `${field}.${name}`, shapeNumber);
  return {
    horizonMs: duration(reader, raw['horizonMs'], `${field}.horizonMs`),
    n: shapeWithin(reader, raw['n'], `${field}.n`, 0, LARGEST),
    touched: readRate(reader, raw['touched'], `${field}.touched`),
    nullRate: optional(reader, raw['nullRate'], `${field}.nullRate`, share),
    lift: number('lift'),
    low95: number('low95'),
    high95: number('high95'),
    source: shapeOneOf(reader, raw['source'], `${field}.source`, SOURCES),
  };
}

function readRetracement(reader: ByteReader, value: unknown, field: string): RetracementRates {
  const raw = shapeRecord(reader, value, field);
  const number = (name: keyof RetracementRates) => optional(reader, raw[name], `${field}.${name}`, shapeNumber);
  return {
    afterMs: duration(reader, raw['afterMs'], `${field}.afterMs`),
    n: shapeWithin(reader, raw['n'], `${field}.n`, 0, LARGEST),
    median: number('median'),
    quartileLow: number('quartileLow'),
    quartileHigh: number('quartileHigh'),
    source: shapeOneOf(reader, raw['source'], `${field}.source`, SOURCES),
  };
}

function readAlert(reader: ByteReader, value: unknown, field: string): Alert {
  const raw = shapeRecord(reader, value, field);
  const link = shapeRecord(reader, raw['deepLink'], `${field}.deepLink`);
  const figures = shapeRecord(reader, raw['values'], `${field}.values`);
  const linked = `${field}.deepLink`;
  return {
    ruleId: shapeText(reader, raw['ruleId'], `${field}.ruleId`),
    kind: shapeOneOf(reader, raw['kind'], `${field}.kind`, ALERT_KINDS),
    seenTime: time(reader, raw['seenTime'], `${field}.seenTime`),
    clusterId: optional(reader, raw['clusterId'], `${field}.clusterId`, shapeText),
    values: Object.fromEntries(
      Object.entries(figures).map(([name, figure]) => [name, readFigure(reader, figure, `${field}.values.${name}`)]),
    ),
    deepLink: {
      time: time(reader, link['time'], `${linked}.time`),
      side: optional(reader, link['side'], `${linked}.side`, (_, side, name) =>
        shapeOneOf(reader, side, name, POSITION_SIDES),
      ),
      low: optional(reader, link['low'], `${linked}.low`, price),
      high: optional(reader, link['high'], `${linked}.high`, price),
    },
  };
}

/** A number or a word. Of numbers that JSON cannot say none is a figure of an alert. */
function readFigure(reader: ByteReader, value: unknown, field: string): number | string {
  return typeof value === 'string' ? value : shapeNumber(reader, value, field);
}

function listOf<Item>(reader: ByteReader, value: unknown, field: string, read: Read<Item>): Item[] {
  return shapeList(reader, value, field, (item, name) => read(reader, item, name));
}

function optional<Value>(reader: ByteReader, value: unknown, field: string, read: Read<Value>): Value | undefined {
  return shapeOptional(value, (held) => read(reader, held, field));
}
