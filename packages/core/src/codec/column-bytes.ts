import type { PlaneDelta } from '../model/frame-message.js';
import { WINDOW_ROWS, type CodeScale, type Column, type ColumnHead } from '../model/heatmap-frame.js';
import type { DurationMs, Fraction, LatticeRow, Price, UnixMs } from '../model/units.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import type { ByteWriter } from '../numeric/byte-writer.js';
import { PLANE_BIT } from './header.js';
import { readNear, writeNear } from './packed-number.js';

/** Bytes of a whole head: time, five prices, inputs, venue bitmap, completeness. */
export const HEAD_BYTES = 68;
/** The least a changed row takes: one byte of gap, one of code. */
const CHANGE_BYTES = 2;

/** Names of the planes in the order of their bytes. */
export const PLANES = ['long', 'short', 'spread', 'age'] as const;
/** Four planes by name. */
export type Planes<Content> = Readonly<Record<(typeof PLANES)[number], Content>>;
/** What of a head stands elsewhere: the resolution in the header, the open state in the flags. */
type HeadContext = Pick<ColumnHead, 'resolutionMs' | 'isOpen'>;

/** Which planes are worth writing: bits of `PLANE_BIT`. */
export function planeSet<Content>(planes: Planes<Content>, isEmpty: (plane: Content) => boolean): number {
  return PLANES.reduce((bits, name) => (isEmpty(planes[name]) ? bits : bits | PLANE_BIT[name]), 0);
}

/** Writes a head at fixed places. */
export function writeHead(writer: ByteWriter, head: ColumnHead): void {
  writer.finite(head.endTime, 'head.endTime');
  for (const price of [head.open, head.high, head.low, head.close, head.mark]) writer.f64(price);
  writer.u32(head.inputs, 'head.inputs');
  writer.u64(head.venues, 'head.venues');
  writer.f64(head.completeness);
}

/** Reads what `writeHead` wrote. */
export function readHead(reader: ByteReader, context: HeadContext): ColumnHead {
  return {
    ...context,
    endTime: reader.finite('head.endTime') as UnixMs,
    open: reader.f64('head.open') as Price,
    high: reader.f64('head.high') as Price,
    low: reader.f64('head.low') as Price,
    close: reader.f64('head.close') as Price,
    mark: reader.f64('head.mark') as Price,
    inputs: reader.u32('head.inputs'),
    venues: reader.u64('head.venues'),
    completeness: reader.f64('head.completeness') as Fraction,
  };
}

/** Writes a head as short differences: what a reader pays for every second. `time` is the header's. */
export function writePackedHead(writer: ByteWriter, head: ColumnHead, time: UnixMs): void {
  if (!Number.isFinite(head.endTime)) throw new RangeError(`head.endTime must be a finite number, was ${head.endTime}`);
  writeNear(writer, head.endTime, time);
  writeNear(writer, head.open, 0);
  for (const price of [head.high, head.low, head.close, head.mark]) writeNear(writer, price, head.open);
  writer.varint(head.inputs, 'head.inputs');
  writer.varint(head.venues, 'head.venues');
  writeNear(writer, head.completeness, 0);
}

/** Reads what `writePackedHead` wrote. */
export function readPackedHead(reader: ByteReader, context: HeadContext, time: UnixMs): ColumnHead {
  const endTime = readNear(reader, time, 'head.endTime') as UnixMs;
  if (!Number.isFinite(endTime)) reader.fail('head.endTime', `A finite number is needed, was ${endTime}`);
  const open = readNear(reader, 0, 'head.open') as Price;
  return {
    ...context,
    endTime,
    open,
    high: readNear(reader, open, 'head.high') as Price,
    low: readNear(reader, open, 'head.low') as Price,
    close: readNear(reader, open, 'head.close') as Price,
    mark: readNear(reader, open, 'head.mark') as Price,
    inputs: reader.varint('head.inputs'),
    venues: reader.varint('head.venues'),
    completeness: readNear(reader, 0, 'head.completeness') as Fraction,
  };
}

/** Writes window and code scale: i32 and two f32. */
export function writeWindow(writer: ByteWriter, window: CodeScale & { readonly originRow: LatticeRow }): void {
  writer.i32(window.originRow, 'originRow');
  writer.f32(window.floor, 'floor');
  writer.f32(window.step, 'step');
}

/** Reads what `writeWindow` wrote. */
export function readWindow(reader: ByteReader): CodeScale & { readonly originRow: LatticeRow } {
  const originRow = reader.i32('originRow') as LatticeRow;
  const floor = reader.f32('floor');
  const step = reader.f32('step');
  if (!Number.isFinite(floor)) reader.fail('floor', `The floor must be a finite number, was ${floor}`);
  if (!Number.isFinite(step)) reader.fail('step', `The step must be a finite number, was ${step}`);
  return { originRow, floor, step };
}

/** Writes the planes that have a code at all, 640 bytes each. */
export function writePlanes(writer: ByteWriter, column: Column, planes: number): void {
  for (const name of PLANES) {
    const codes = column[name];
    if (codes.length !== WINDOW_ROWS)
      throw new RangeError(`${name} must have ${WINDOW_ROWS} rows, had ${codes.length}`);
    if ((planes & PLANE_BIT[name]) !== 0) writer.bytes(codes);
  }
}

/** Reads what `writePlanes` wrote; absent planes are empty. */
export function readPlanes(reader: ByteReader, planes: number): Planes<Uint8Array> {
  return eachPlane((name) =>
    (planes & PLANE_BIT[name]) === 0 ? new Uint8Array(WINDOW_ROWS) : reader.bytes(WINDOW_ROWS, name),
  );
}

/** Writes changed cells: a count, then the gap to the row before and the code for each. */
export function writePlaneDelta(writer: ByteWriter, delta: PlaneDelta, name: string): void {
  if (delta.rows.length !== delta.codes.length) {
    throw new RangeError(`${name} must have as many rows as codes, had ${delta.rows.length} and ${delta.codes.length}`);
  }
  writer.varint(delta.rows.length, `${name}.count`);
  let next = 0;
  for (let i = 0; i < delta.rows.length; i++) {
    const row = delta.rows[i]!;
    if (row < next || row >= WINDOW_ROWS)
      throw new RangeError(`${name}.rows must ascend in 0..${WINDOW_ROWS - 1}, row ${i} was ${row}`);
    writer.varint(row - next, `${name}.gap`);
    writer.u8(delta.codes[i]!, `${name}.code`);
    next = row + 1;
  }
}

/** Reads what `writePlaneDelta` wrote. */
export function readPlaneDelta(reader: ByteReader, name: string): PlaneDelta {
  const count = reader.count(reader.varint(`${name}.count`), CHANGE_BYTES, WINDOW_ROWS, `${name}.count`);
  const rows = new Uint16Array(count);
  const codes = new Uint8Array(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const row = next + reader.varint(`${name}.gap`);
    if (row >= WINDOW_ROWS) reader.fail(`${name}.rows`, `A row must be below ${WINDOW_ROWS}, was ${row}`);
    rows[i] = row;
    codes[i] = reader.u8(`${name}.code`);
    next = row + 1;
  }
  return { rows, codes };
}

/** Four planes, each made from its name. */
export function eachPlane<Content>(make: (name: (typeof PLANES)[number]) => Content): Planes<Content> {
  return { long: make('long'), short: make('short'), spread: make('spread'), age: make('age') };
}

/** Casts a plain number of ms where a length of time is meant. */
export function duration(ms: number): DurationMs {
  return ms as DurationMs;
}
