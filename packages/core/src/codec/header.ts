import type { FrameMessage } from '../model/frame-message.js';
import type { UnixMs } from '../model/units.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import type { ByteWriter } from '../numeric/byte-writer.js';

/** High half of the first byte says "a message of ours", low half the codec version. */
const MAGIC = 0xa0;
/** The first version, whose facts tell nothing of clusters. */
export const FIRST_VERSION = 1;
/** The first version whose facts tell of setups and alerts. */
export const SETUPS_VERSION = 3;
/** Version this build writes. It reads this one and every released one before it. */
export const CODEC_VERSION = 3;
/** Bytes before a message's body. */
export const HEADER_BYTES = 24;
/** Lattice of `grid/price-lattice`: rows of 0.1 %. */
const LATTICE = 1;

/** Column widths with a code of their own, in ms; the place in the list is the code, so it only ever grows at the end. */
export const RESOLUTION_LADDER = [1_000, 5_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000, 86_400_000] as const;
/** Code of a message that has no resolution. */
const RESOLUTION_NONE = 254;
/** Code of a resolution off the ladder: an f64 follows where the body begins. */
const RESOLUTION_EXPLICIT = 255;

/** Type byte of each kind of message. */
const TYPE_OF_KIND = {
  'snapshot': 1,
  'column': 2,
  'column-delta': 3,
  'now': 4,
  'facts': 5,
  'status': 6,
} as const satisfies Record<FrameMessage['kind'], number>;

/** Bits of the plane set: which planes the body has. A missing plane is all zero, or unchanged in a delta. */
export const PLANE_BIT = { long: 1, short: 2, spread: 4, age: 8 } as const;
/** Bits of the flags byte. */
export const FLAG = { isOpen: 1, hasNow: 2 } as const;

const ALL_PLANES = 15;
const ALL_FLAGS = 3;

/** What the 24 bytes before every body say. */
export interface MessageHeader {
  readonly kind: FrameMessage['kind'];
  readonly symbolIndex: number;
  readonly sequence: number;
  readonly epoch: number;
  readonly time: UnixMs;
  /** Width of the column in ms; undefined for a message without one. */
  readonly resolutionMs: number | undefined;
  readonly planes: number;
  readonly flags: number;
}

/** Writes the 24 bytes, and the resolution after them where the ladder has no code for it. */
export function writeHeader(writer: ByteWriter, header: MessageHeader): void {
  writer.u8(MAGIC | CODEC_VERSION, 'magic');
  writer.u8(TYPE_OF_KIND[header.kind], 'type');
  writer.u16(header.symbolIndex, 'symbolIndex');
  writer.u32(header.sequence, 'sequence');
  writer.u32(header.epoch, 'epoch');
  writer.finite(header.time, 'time');
  writer.u8(LATTICE, 'lattice');
  const code = header.resolutionMs === undefined ? RESOLUTION_NONE : resolutionCode(header.resolutionMs);
  writer.u8(code, 'resolution');
  writer.u8(header.planes, 'planes');
  writer.u8(header.flags, 'flags');
  if (code === RESOLUTION_EXPLICIT) writer.finite(header.resolutionMs ?? 0, 'resolutionMs');
}

/** Reads what `writeHeader` wrote; a broken rule stays on the reader. */
export function readHeader(reader: ByteReader): MessageHeader & { readonly version: number } {
  const magic = reader.u8('header.magic');
  if ((magic & 0xf0) !== MAGIC)
    reader.fail(
      'header.magic',
      `The first byte must be 0xa1 to 0x${(MAGIC | CODEC_VERSION).toString(16)}, was 0x${magic.toString(16)}`,
    );
  const version = magic & 0x0f;
  if (version < FIRST_VERSION || version > CODEC_VERSION) {
    reader.fail(
      'header.magic',
      `Codec versions up to ${CODEC_VERSION} are understood, was ${version}`,
      'unknown-codec-version',
    );
  }
  const type = reader.u8('header.type');
  const kind = kindOfType(type);
  if (kind === undefined) reader.fail('header.type', `The type must be one of 1..6, was ${type}`);
  const symbolIndex = reader.u16('header.symbol');
  const sequence = reader.u32('header.sequence');
  const epoch = reader.u32('header.epoch');
  const time = reader.finite('header.time') as UnixMs;
  const lattice = reader.u8('header.lattice');
  if (lattice !== LATTICE)
    reader.fail('header.lattice', `The lattice must be ${LATTICE} (rows of 0.1 %), was ${lattice}`);
  const code = reader.u8('header.resolution');
  const planes = reader.u8('header.planes');
  if (planes > ALL_PLANES) reader.fail('header.planes', `The plane set must be in 0..${ALL_PLANES}, was ${planes}`);
  const flags = reader.u8('header.flags');
  if (flags > ALL_FLAGS) reader.fail('header.flags', `The flags must be in 0..${ALL_FLAGS}, were ${flags}`);
  const resolutionMs = code === RESOLUTION_NONE ? undefined : resolutionOfCode(reader, code, 'header.resolution');
  return { version, kind: kind ?? 'status', symbolIndex, sequence, epoch, time, resolutionMs, planes, flags };
}

/** Writes a resolution outside the header: its code, and an f64 where the ladder has none. */
export function writeResolution(writer: ByteWriter, resolutionMs: number): void {
  const code = resolutionCode(resolutionMs);
  writer.u8(code, 'resolution');
  if (code === RESOLUTION_EXPLICIT) writer.finite(resolutionMs, 'resolutionMs');
}

/** Reads what `writeResolution` wrote, in ms. */
export function readResolution(reader: ByteReader, field: string): number {
  return resolutionOfCode(reader, reader.u8(field), field);
}

function resolutionCode(resolutionMs: number): number {
  if (!(resolutionMs > 0)) throw new RangeError(`resolutionMs must be above 0, was ${resolutionMs}`);
  const index = (RESOLUTION_LADDER as readonly number[]).indexOf(resolutionMs);
  return index < 0 ? RESOLUTION_EXPLICIT : index;
}

function resolutionOfCode(reader: ByteReader, code: number, field: string): number {
  if (code < RESOLUTION_LADDER.length) return RESOLUTION_LADDER[code]!;
  if (code !== RESOLUTION_EXPLICIT) {
    reader.fail(field, `The resolution must be 255 or below ${RESOLUTION_LADDER.length}, was ${code}`);
    return 1;
  }
  const resolutionMs = reader.finite(field);
  if (!(resolutionMs > 0)) reader.fail(field, `A resolution must be above 0 ms, was ${resolutionMs}`);
  return resolutionMs;
}

function kindOfType(type: number): FrameMessage['kind'] | undefined {
  return (Object.keys(TYPE_OF_KIND) as FrameMessage['kind'][]).find((kind) => TYPE_OF_KIND[kind] === type);
}
