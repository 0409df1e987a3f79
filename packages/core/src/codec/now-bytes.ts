import type { InstrumentId } from '../model/instrument.js';
import {
  WINDOW_ROWS,
  type BandVectors,
  type FireVectors,
  type InstrumentTotals,
  type NowView,
  type PartVectors,
  type SideTotals,
} from '../model/heatmap-frame.js';
import type { ContractSize, DurationMs, Fraction, LatticeRow, Price, UnixMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import type { ByteWriter } from '../numeric/byte-writer.js';
import { instrumentId } from './facts-shape.js';
import { venueId } from './json-shape.js';

/** Limits that keep what a short message may claim below 1 MB: an empty vector is 4 bytes on the wire and 5,120 in memory. */
const MOST = { horizons: 8, venues: 16, classes: 32, instruments: 255 } as const;
const PAIR_BYTES = 8;
const TOTALS_BYTES = 77;
const HAS_REPORTED = 2;

/** Writes the present: exact f64 vectors, each without its empty ends. */
export function writeNow(writer: ByteWriter, now: NowView): void {
  writer.finite(now.seenTime, 'now.seenTime');
  writer.i32(now.originRow, 'now.originRow');
  writer.f64(now.mark);
  writer.f64(now.lastPrice);
  for (const bands of [now.long, now.short]) {
    for (const vector of [bands.p10, bands.p50, bands.p90]) writeVector(writer, vector);
  }
  writeCount(writer, now.expectedToFire.length, MOST.horizons, 'now.expectedToFire');
  for (const fire of now.expectedToFire) {
    writer.finite(fire.horizonMs, 'now.horizonMs');
    writePair(writer, fire);
  }
  writeCount(writer, now.venues.length, MOST.venues, 'now.venues');
  for (const part of now.venues) {
    writer.text(part.part);
    writePair(writer, part);
  }
  writeCount(writer, now.classes.length, MOST.classes, 'now.classes');
  for (const part of now.classes) {
    writer.f64(part.part.from);
    writer.f64(part.part.to);
    writePair(writer, part);
  }
  writeCount(writer, now.totals.length, MOST.instruments, 'now.totals');
  for (const totals of now.totals) writeTotals(writer, totals);
}

/** Reads what `writeNow` wrote. */
export function readNow(reader: ByteReader): NowView {
  return {
    seenTime: reader.finite('now.seenTime') as UnixMs,
    originRow: reader.i32('now.originRow') as LatticeRow,
    mark: reader.f64('now.mark') as Price,
    lastPrice: reader.f64('now.lastPrice') as Price,
    long: readBands(reader, 'now.long'),
    short: readBands(reader, 'now.short'),
    expectedToFire: readList(reader, MOST.horizons, 8 + PAIR_BYTES, 'now.expectedToFire', readFire),
    venues: readList(reader, MOST.venues, 4 + PAIR_BYTES, 'now.venues', readVenuePart),
    classes: readList(reader, MOST.classes, 16 + PAIR_BYTES, 'now.classes', readClassPart),
    totals: readList(reader, MOST.instruments, TOTALS_BYTES, 'now.totals', readTotals),
  };
}

/** Bytes the vectors of a present take in memory. */
export function nowMemory(now: NowView): number {
  const pairs = now.expectedToFire.length + now.venues.length + now.classes.length;
  return (6 + 2 * pairs) * WINDOW_ROWS * Float64Array.BYTES_PER_ELEMENT;
}

function writeCount(writer: ByteWriter, count: number, most: number, field: string): void {
  if (count > most) throw new RangeError(`${field} must have at most ${most} entries, had ${count}`);
  writer.u8(count, field);
}

function readList<Item>(
  reader: ByteReader,
  most: number,
  itemBytes: number,
  field: string,
  read: (reader: ByteReader, field: string) => Item,
): Item[] {
  const count = reader.count(reader.u8(field), itemBytes, most, field);
  const items: Item[] = [];
  for (let i = 0; i < count && reader.fault === undefined; i++) items.push(read(reader, `${field}[${i}]`));
  return items;
}

function writePair(writer: ByteWriter, pair: { readonly long: Float64Array; readonly short: Float64Array }): void {
  writeVector(writer, pair.long);
  writeVector(writer, pair.short);
}

/** First row that is not plain zero, how many to the last such row, and these rows. -0 and NaN are not plain zero. */
function writeVector(writer: ByteWriter, vector: Float64Array): void {
  if (vector.length !== WINDOW_ROWS)
    throw new RangeError(`A vector must have ${WINDOW_ROWS} rows, had ${vector.length}`);
  let first = 0;
  let end = WINDOW_ROWS;
  while (end > 0 && Object.is(vector[end - 1], 0)) end--;
  while (first < end && Object.is(vector[first], 0)) first++;
  writer.u16(first, 'vector.first');
  writer.u16(end - first, 'vector.count');
  writer.f64s(vector.subarray(first, end));
}

function readVector(reader: ByteReader, field: string): Float64Array {
  const first = reader.u16(`${field}.first`);
  const count = reader.count(
    reader.u16(`${field}.count`),
    Float64Array.BYTES_PER_ELEMENT,
    WINDOW_ROWS,
    `${field}.count`,
  );
  const vector = new Float64Array(WINDOW_ROWS);
  if (first + count > WINDOW_ROWS)
    reader.fail(field, `A vector must end within ${WINDOW_ROWS} rows, ended at ${first + count}`);
  else reader.f64s(vector.subarray(first, first + count), field);
  return vector;
}

function readBands(reader: ByteReader, field: string): BandVectors {
  return {
    p10: readVector(reader, `${field}.p10`),
    p50: readVector(reader, `${field}.p50`),
    p90: readVector(reader, `${field}.p90`),
  };
}

function readFire(reader: ByteReader, field: string): FireVectors {
  const horizonMs = reader.finite(`${field}.horizonMs`) as DurationMs;
  return { horizonMs, long: readVector(reader, `${field}.long`), short: readVector(reader, `${field}.short`) };
}

function readVenuePart(reader: ByteReader, field: string): PartVectors<VenueId> {
  const part = venueId(reader, reader.text(field), field);
  return { part, long: readVector(reader, `${field}.long`), short: readVector(reader, `${field}.short`) };
}

function readClassPart(reader: ByteReader, field: string): NowView['classes'][number] {
  const part = { from: reader.f64(`${field}.from`) as Fraction, to: reader.f64(`${field}.to`) as Fraction };
  return { part, long: readVector(reader, `${field}.long`), short: readVector(reader, `${field}.short`) };
}

function writeTotals(writer: ByteWriter, totals: InstrumentTotals): void {
  const hasReported = totals.reportedOpenInterest !== undefined;
  writer.text(totals.instrument);
  writer.u8((totals.isRelative ? 1 : 0) | (hasReported ? HAS_REPORTED : 0), 'totals.flags');
  writer.f64(totals.usdPerUnit);
  for (const side of [totals.long, totals.short]) {
    for (const size of [side.shown, side.outOfReach, side.outOfWindow, side.openInterest]) writer.f64(size);
  }
  if (hasReported) writer.f64(totals.reportedOpenInterest);
}

function readTotals(reader: ByteReader, field: string): InstrumentTotals {
  const instrument: InstrumentId = instrumentId(reader, reader.text(`${field}.instrument`), `${field}.instrument`);
  const flags = reader.u8(`${field}.flags`);
  if (flags > 3) reader.fail(`${field}.flags`, `The flags must be in 0..3, were ${flags}`);
  const usdPerUnit = reader.f64(`${field}.usdPerUnit`);
  const long = readSide(reader, `${field}.long`);
  const short = readSide(reader, `${field}.short`);
  const reported =
    (flags & HAS_REPORTED) === 0 ? undefined : (reader.f64(`${field}.reportedOpenInterest`) as ContractSize);
  return { instrument, isRelative: (flags & 1) === 1, long, short, reportedOpenInterest: reported, usdPerUnit };
}

function readSide(reader: ByteReader, field: string): SideTotals {
  return {
    shown: reader.f64(field) as ContractSize,
    outOfReach: reader.f64(field) as ContractSize,
    outOfWindow: reader.f64(field) as ContractSize,
    openInterest: reader.f64(field) as ContractSize,
  };
}
