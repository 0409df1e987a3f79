import type { SourceOrigin, SourceState, SourceStatus, VenueStatus } from '../model/frame-message.js';
import type { Fault } from '../model/parsed.js';
import type { UnixMs } from '../model/units.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import { shapeList, shapeNumber, shapeOneOf, shapeRecord, shapeText, venueId } from './json-shape.js';

const STATES: Record<SourceState, true> = {
  idle: true,
  connecting: true,
  live: true,
  amber: true,
  stale: true,
  offline: true,
  frozen: true,
  error: true,
};
const ORIGINS: Record<SourceOrigin, true> = {
  live: true,
  recorded: true,
  simulated: true,
  relay: true,
  snapshot: true,
};

/** A status from parsed JSON: every field checked, unknown ones left out. */
export function readStatus(reader: ByteReader, value: unknown): SourceStatus {
  const raw = shapeRecord(reader, value, 'status');
  const dataTime = raw['dataTime'];
  const status: SourceStatus = {
    state: shapeOneOf(reader, raw['state'], 'status.state', STATES),
    origin: shapeOneOf(reader, raw['origin'], 'status.origin', ORIGINS),
    detail: shapeText(reader, raw['detail'], 'status.detail'),
    dataTime: dataTime === undefined ? undefined : (shapeNumber(reader, dataTime, 'status.dataTime') as UnixMs),
    venues: shapeList(reader, raw['venues'], 'status.venues', (item, field) => readVenueStatus(reader, item, field)),
  };
  return raw['fault'] === undefined ? status : { ...status, fault: readFault(reader, raw['fault']) };
}

function readVenueStatus(reader: ByteReader, value: unknown, field: string): VenueStatus {
  const raw = shapeRecord(reader, value, field);
  return {
    venue: venueId(reader, raw['venue'], `${field}.venue`),
    state: shapeOneOf(reader, raw['state'], `${field}.state`, STATES),
    detail: shapeText(reader, raw['detail'], `${field}.detail`),
  };
}

function readFault(reader: ByteReader, value: unknown): Fault {
  const raw = shapeRecord(reader, value, 'status.fault');
  return {
    code: shapeText(reader, raw['code'], 'status.fault.code'),
    field: shapeText(reader, raw['field'], 'status.fault.field'),
    message: shapeText(reader, raw['message'], 'status.fault.message'),
  };
}
