import type { ChannelCoverage, FrameFacts, InstrumentMarginTable, ObservedPrint } from '../model/heatmap-frame.js';
import type { InstrumentId } from '../model/instrument.js';
import type { TableAge } from '../model/margin-bracket.js';
import type { Channel, ChannelState, Evidence } from '../model/market-event.js';
import type { Price, UnixMs, Usd } from '../model/units.js';
import { isVenueId } from '../model/venue.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import { startOfDay } from '../numeric/calendar-day.js';
import { NO_CLUSTERS, readClusterFacts } from './cluster-shape.js';
import { FIRST_VERSION, SETUPS_VERSION } from './header.js';
import {
  shapeList,
  shapeNumber,
  POSITION_SIDES,
  shapeFlag,
  shapeOneOf,
  shapeOptional,
  shapeRecord,
  shapeText,
  venueId,
} from './json-shape.js';
import { NO_SETUPS, readSetupFacts } from './setup-shape.js';

const SCALES: Record<FrameFacts['scale'], true> = { usd: true, relative: true };
const BASES: Record<FrameFacts['basis'], true> = { 'prior-only': true, 'learned': true };
const CHANNEL_STATES: Record<ChannelState, true> = {
  connecting: true,
  live: true,
  amber: true,
  stale: true,
  unavailable: true,
  ended: true,
  off: true,
};
const KINDS_OF_EVIDENCE: Readonly<Record<string, true>> = {
  recording: true,
  frames: true,
  clients: true,
  documentation: true,
};
const CHANNELS: Record<Channel, true> = {
  'trades': true,
  'book': true,
  'bars': true,
  'mark': true,
  'index': true,
  'spot': true,
  'open-interest': true,
  'funding': true,
  'ratios': true,
  'liquidations': true,
  'metadata': true,
};

/** Facts from parsed JSON of a codec version: every field checked, unknown ones left out. */
export function readFacts(reader: ByteReader, value: unknown, version: number): FrameFacts {
  const raw = shapeRecord(reader, value, 'facts');
  return {
    symbol: shapeText(reader, raw['symbol'], 'facts.symbol'),
    venues: shapeList(reader, raw['venues'], 'facts.venues', (item, field) => venueId(reader, item, field)),
    instruments: shapeList(reader, raw['instruments'], 'facts.instruments', (item, field) =>
      instrumentId(reader, item, field),
    ),
    seenTime: shapeNumber(reader, raw['seenTime'], 'facts.seenTime') as UnixMs,
    scale: shapeOneOf(reader, raw['scale'], 'facts.scale', SCALES),
    basis: shapeOneOf(reader, raw['basis'], 'facts.basis', BASES),
    inputs: shapeNumber(reader, raw['inputs'], 'facts.inputs'),
    coverage: shapeList(reader, raw['coverage'], 'facts.coverage', (item, field) => readCoverage(reader, item, field)),
    ...shapeOptional(raw['marginTables'], (tables) => ({ marginTables: readMarginTables(reader, tables) })),
    prints: shapeList(reader, raw['prints'], 'facts.prints', (item, field) => readPrint(reader, item, field)),
    ...(version === FIRST_VERSION ? NO_CLUSTERS : readClusterFacts(reader, raw)),
    ...(version < SETUPS_VERSION ? NO_SETUPS : readSetupFacts(reader, raw)),
    rejections: readRejections(reader, raw['rejections']),
    model: shapeText(reader, raw['model'], 'facts.model'),
    version: shapeText(reader, raw['version'], 'facts.version'),
    paramsHash: shapeText(reader, raw['paramsHash'], 'facts.paramsHash'),
    tickSize: shapeText(reader, raw['tickSize'], 'facts.tickSize'),
  };
}

function readMarginTables(reader: ByteReader, value: unknown): InstrumentMarginTable[] {
  return shapeList(reader, value, 'facts.marginTables', (item, field) => {
    const raw = shapeRecord(reader, item, field);
    const instrument = instrumentId(reader, raw['instrument'], `${field}.instrument`);
    return {
      instrument,
      ...shapeOptional(raw['table'], (table) => ({ table: readTableAge(reader, table, `${field}.table`) })),
    };
  });
}

function readTableAge(reader: ByteReader, value: unknown, field: string): TableAge {
  const raw = shapeRecord(reader, value, field);
  const asOf = shapeText(reader, raw['asOf'], `${field}.asOf`);
  if (startOfDay(asOf) === undefined) reader.fail(`${field}.asOf`, `${field}.asOf must be a day, YYYY-MM-DD`);
  return {
    asOf,
    ageDays: shapeNumber(reader, raw['ageDays'], `${field}.ageDays`),
    isOutdated: shapeFlag(reader, raw['isOutdated'], `${field}.isOutdated`),
  };
}

/** An instrument's id, `venue:ownSymbol`, checked. */
export function instrumentId(reader: ByteReader, value: unknown, field: string): InstrumentId {
  if (typeof value === 'string' && value.includes(':') && isVenueId(value.slice(0, value.indexOf(':'))))
    return value as InstrumentId;
  reader.fail(field, `${field} must be venue:ownSymbol`);
  return 'simulated:';
}

function readCoverage(reader: ByteReader, value: unknown, field: string): ChannelCoverage {
  const raw = shapeRecord(reader, value, field);
  return {
    instrument: instrumentId(reader, raw['instrument'], `${field}.instrument`),
    channel: shapeOneOf(reader, raw['channel'], `${field}.channel`, CHANNELS),
    state: shapeOneOf(reader, raw['state'], `${field}.state`, CHANNEL_STATES),
    since: shapeNumber(reader, raw['since'], `${field}.since`) as UnixMs,
    lastSeen: shapeNumber(reader, raw['lastSeen'], `${field}.lastSeen`) as UnixMs,
    gaps: shapeNumber(reader, raw['gaps'], `${field}.gaps`),
    detail: shapeText(reader, raw['detail'], `${field}.detail`),
    ...shapeOptional(raw['evidence'], (evidence) => ({ evidence: readEvidence(reader, evidence, field) })),
  };
}

function readEvidence(reader: ByteReader, value: unknown, field: string): Evidence {
  const text = shapeText(reader, value, `${field}.evidence`);
  if (Object.hasOwn(KINDS_OF_EVIDENCE, text) || /^live on \d{4}-\d{2}-\d{2}$/.test(text)) return text as Evidence;
  reader.fail(
    `${field}.evidence`,
    `${field}.evidence must be one of ${Object.keys(KINDS_OF_EVIDENCE).join(', ')} or live on a day`,
  );
  return 'documentation';
}

function readPrint(reader: ByteReader, value: unknown, field: string): ObservedPrint {
  const raw = shapeRecord(reader, value, field);
  return {
    eventTime: shapeNumber(reader, raw['eventTime'], `${field}.eventTime`) as UnixMs,
    seenTime: shapeNumber(reader, raw['seenTime'], `${field}.seenTime`) as UnixMs,
    venue: venueId(reader, raw['venue'], `${field}.venue`),
    positionSide: shapeOneOf(reader, raw['positionSide'], `${field}.positionSide`, POSITION_SIDES),
    price: shapeNumber(reader, raw['price'], `${field}.price`) as Price,
    notional: shapeNumber(reader, raw['notional'], `${field}.notional`) as Usd,
  };
}

function readRejections(reader: ByteReader, value: unknown): Record<string, number> {
  const raw = shapeRecord(reader, value, 'facts.rejections');
  return Object.fromEntries(
    Object.entries(raw).map(([code, count]) => [code, shapeNumber(reader, count, `facts.rejections.${code}`)]),
  );
}
