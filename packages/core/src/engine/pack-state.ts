import { ByteReader } from '../numeric/byte-reader.js';
import { ByteWriter } from '../numeric/byte-writer.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';

/** Plain data a checkpoint is made of. */
export type Packable =
  | number
  | string
  | boolean
  | undefined
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint16Array
  | Uint8Array
  | readonly Packable[]
  | { readonly [key: string]: Packable };

const MAGIC = 0x6c68_6332; // "lhc2"
const MOST_ITEMS = 1 << 24;
const KIND = {
  nothing: 0,
  number: 1,
  text: 2,
  flag: 3,
  list: 4,
  record: 5,
  f64: 6,
  f32: 7,
  i32: 8,
  u8: 9,
  u16: 10,
} as const;

/** Bytes before the state: magic and checksum. */
const HEADER_BYTES = 8;

/** Plain data to bytes. Number arrays are written without their runs of zeros: most of a map is empty. */
export function packState(state: Packable): Uint8Array {
  const writer = new ByteWriter();
  writer.u32(MAGIC, 'checkpoint.magic');
  writer.u32(0, 'checkpoint.checksum');
  write(writer, state);
  const bytes = writer.finish();
  new DataView(bytes.buffer).setUint32(4, checksumOf(bytes), true);
  return bytes;
}

/** Bytes of `packState` to plain data; any other bytes are a fault that names the rule. */
export function unpackState(bytes: Uint8Array): Parsed<Packable> {
  const reader = new ByteReader(bytes);
  const magic = reader.u32('checkpoint.magic');
  if (reader.fault === undefined && magic !== MAGIC) {
    return malformed(
      'not-a-checkpoint',
      'checkpoint.magic',
      'A checkpoint must start with the bytes "1chl", these do not',
    );
  }
  const checksum = reader.u32('checkpoint.checksum');
  if (reader.fault === undefined && checksum !== checksumOf(bytes)) {
    return malformed(
      'damaged-checkpoint',
      'checkpoint.checksum',
      'A checkpoint must match its checksum, this one was damaged',
    );
  }
  const state = read(reader, 0);
  return reader.fault === undefined ? parsed(state) : { ok: false, fault: reader.fault };
}

/** FNV-1a, 32 bit, of everything behind the header. */
function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = HEADER_BYTES; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}

function write(writer: ByteWriter, value: Packable): void {
  if (value === undefined) writer.u8(KIND.nothing, 'checkpoint');
  else if (typeof value === 'number') {
    writer.u8(KIND.number, 'checkpoint');
    writer.f64(value);
  } else if (typeof value === 'string') {
    writer.u8(KIND.text, 'checkpoint');
    writer.text(value);
  } else if (typeof value === 'boolean') {
    writer.u8(KIND.flag, 'checkpoint');
    writer.u8(value ? 1 : 0, 'checkpoint');
  } else if (ArrayBuffer.isView(value)) writeNumbers(writer, value);
  else if (Array.isArray(value)) {
    writer.u8(KIND.list, 'checkpoint');
    writer.u32(value.length, 'checkpoint');
    for (const item of value as readonly Packable[]) write(writer, item);
  } else writeRecord(writer, value as { readonly [key: string]: Packable });
}

function writeRecord(writer: ByteWriter, record: { readonly [key: string]: Packable }): void {
  const entries = Object.entries(record);
  writer.u8(KIND.record, 'checkpoint');
  writer.u32(entries.length, 'checkpoint');
  for (const [key, item] of entries) {
    writer.text(key);
    write(writer, item);
  }
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

function writeNumbers(writer: ByteWriter, numbers: Numbers): void {
  writer.u8(kindOf(numbers), 'checkpoint');
  writer.u32(numbers.length, 'checkpoint');
  for (let at = 0; at < numbers.length;) {
    let zeros = at;
    while (zeros < numbers.length && Object.is(numbers[zeros], 0)) zeros++;
    let end = zeros;
    while (end < numbers.length && !(Object.is(numbers[end], 0) && Object.is(numbers[end + 1] ?? 0, 0))) end++;
    writer.varint(zeros - at, 'checkpoint');
    writer.varint(end - zeros, 'checkpoint');
    for (let i = zeros; i < end; i++) writeOne(writer, numbers, i);
    at = end;
  }
}

function kindOf(numbers: Numbers): number {
  if (numbers instanceof Float64Array) return KIND.f64;
  if (numbers instanceof Float32Array) return KIND.f32;
  if (numbers instanceof Uint16Array) return KIND.u16;
  return numbers instanceof Int32Array ? KIND.i32 : KIND.u8;
}

function writeOne(writer: ByteWriter, numbers: Numbers, index: number): void {
  const value = numbers[index]!;
  if (numbers instanceof Float64Array) writer.f64(value);
  else if (numbers instanceof Float32Array) writer.f32(value, 'checkpoint');
  else if (numbers instanceof Int32Array) writer.i32(value, 'checkpoint');
  else if (numbers instanceof Uint16Array) writer.u16(value, 'checkpoint');
  else writer.u8(value, 'checkpoint');
}

const MAX_DEPTH = 16;

function read(reader: ByteReader, depth: number): Packable {
  const kind = reader.u8('checkpoint.kind');
  if (depth > MAX_DEPTH) reader.fail('checkpoint.kind', `Nesting must not exceed ${MAX_DEPTH} levels`);
  switch (kind) {
    case KIND.nothing:
      return undefined;
    case KIND.number:
      return reader.f64('checkpoint.number');
    case KIND.text:
      return reader.text('checkpoint.text');
    case KIND.flag:
      return reader.u8('checkpoint.flag') !== 0;
    case KIND.list:
      return Array.from({ length: reader.count(reader.u32('checkpoint.list'), 1, MOST_ITEMS, 'checkpoint.list') }, () =>
        read(reader, depth + 1),
      );
    case KIND.record:
      return readRecord(reader, depth);
    default:
      return readNumbers(reader, kind);
  }
}

function readRecord(reader: ByteReader, depth: number): Packable {
  const record = Object.create(null) as { [key: string]: Packable };
  const count = reader.count(reader.u32('checkpoint.record'), 5, MOST_ITEMS, 'checkpoint.record');
  for (let i = 0; i < count && reader.fault === undefined; i++) {
    const key = reader.text('checkpoint.key');
    record[key] = read(reader, depth + 1);
  }
  return record;
}

function readNumbers(reader: ByteReader, kind: number): Packable {
  const length = reader.u32('checkpoint.numbers');
  const numbers = emptyNumbers(reader, kind, length);
  for (let at = 0; at < numbers.length && reader.fault === undefined;) {
    const from = at + reader.varint('checkpoint.zeros');
    const to = from + reader.varint('checkpoint.run');
    if (to > numbers.length || to === at) {
      reader.fail('checkpoint.run', `A run must end within ${numbers.length} numbers, this one ends at ${to}`);
      break;
    }
    for (at = from; at < to; at++) numbers[at] = readOne(reader, kind);
  }
  return numbers;
}

function emptyNumbers(reader: ByteReader, kind: number, length: number): Numbers {
  if (length > MOST_ITEMS)
    reader.fail('checkpoint.numbers', `At most ${MOST_ITEMS} numbers are allowed, was ${length}`);
  const size = reader.fault === undefined ? length : 0;
  if (kind === KIND.f64) return new Float64Array(size);
  if (kind === KIND.f32) return new Float32Array(size);
  if (kind === KIND.i32) return new Int32Array(size);
  if (kind === KIND.u16) return new Uint16Array(size);
  if (kind !== KIND.u8) reader.fail('checkpoint.kind', `A kind must be one of 0 to 10, was ${kind}`);
  return new Uint8Array(kind === KIND.u8 ? size : 0);
}

function readOne(reader: ByteReader, kind: number): number {
  if (kind === KIND.f64) return reader.f64('checkpoint.f64');
  if (kind === KIND.f32) return reader.f32('checkpoint.f32');
  if (kind === KIND.u16) return reader.u16('checkpoint.u16');
  return kind === KIND.i32 ? reader.i32('checkpoint.i32') : reader.u8('checkpoint.u8');
}
