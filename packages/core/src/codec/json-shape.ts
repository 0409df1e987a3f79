import type { CascadePhase } from '../model/cascade.js';
import type { PositionSide } from '../model/market-event.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from '../model/units.js';
import { isVenueId, type VenueId } from '../model/venue.js';
import type { ByteReader } from '../numeric/byte-reader.js';
import type { ByteWriter } from '../numeric/byte-writer.js';
import { FIRST_VERSION } from './header.js';

const MOST_CHARACTERS = 4_294_967_295;
/** Characters made at once: a call takes only so many arguments. */
const CHUNK = 8_192;

/** Sides by name, for `shapeOneOf`. */
export const POSITION_SIDES: Readonly<Record<PositionSide, true>> = { long: true, short: true };

/** Phases by name, for `shapeOneOf`. */
export const PHASES: Readonly<Record<CascadePhase, true>> = {
  idle: true,
  armed: true,
  running: true,
  exhausted: true,
  done: true,
};
/** The largest number that is finite. */
export const LARGEST = Number.MAX_VALUE;

/** Numbers JSON has no word for; they stand as text where a number is expected. */
const UNSPEAKABLE: Readonly<Record<string, number>> = {
  'NaN': Number.NaN,
  'Infinity': Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
};

/** JSON text that keeps NaN, infinities and -0, in characters of one byte: all others are escaped. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'number') return part;
    if (Object.is(part, -0)) return '-0';
    return Number.isFinite(part) ? part : String(part);
  });
  return text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes a text of `jsonText`: u32 count and a byte for each character. */
export function writeJsonText(writer: ByteWriter, text: string): void {
  writer.u32(text.length, 'json.length');
  writer.bytes(Uint8Array.from(text, (unit) => unit.charCodeAt(0)));
}

/** What a JSON text says; undefined and a fault when it is no JSON. Version 1 wrote two bytes a character. */
export function readJson(reader: ByteReader, field: string, version: number): unknown {
  const text = version === FIRST_VERSION ? reader.text(field) : readBytesAsText(reader, field);
  if (reader.fault !== undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    reader.fail(field, 'The text must be JSON, it cannot be parsed');
    return undefined;
  }
}

function readBytesAsText(reader: ByteReader, field: string): string {
  const bytes = reader.bytes(reader.count(reader.u32(field), 1, MOST_CHARACTERS, field), field);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

/** The value as an object; an empty one and a fault when it is none. */
export function shapeRecord(reader: ByteReader, value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  reader.fail(field, `${field} must be an object`);
  return {};
}

/** The value as a list, each item read by `read`. */
export function shapeList<Item>(
  reader: ByteReader,
  value: unknown,
  field: string,
  read: (item: unknown, field: string) => Item,
): Item[] {
  if (!Array.isArray(value)) {
    reader.fail(field, `${field} must be a list`);
    return [];
  }
  const items: Item[] = [];
  for (let i = 0; i < value.length && reader.fault === undefined; i++) items.push(read(value[i], `${field}[${i}]`));
  return items;
}

/** The value as text. */
export function shapeText(reader: ByteReader, value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  reader.fail(field, `${field} must be text`);
  return '';
}

/** The value as a number, the ones JSON cannot say included. */
export function shapeNumber(reader: ByteReader, value: unknown, field: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && Object.hasOwn(UNSPEAKABLE, value)) return UNSPEAKABLE[value]!;
  reader.fail(field, `${field} must be a number`);
  return 0;
}

/** The value as one of the keys of `allowed`. */
export function shapeOneOf<Key extends string>(
  reader: ByteReader,
  value: unknown,
  field: string,
  allowed: Readonly<Record<Key, true>>,
): Key {
  if (typeof value === 'string' && Object.hasOwn(allowed, value)) return value as Key;
  const keys = Object.keys(allowed) as Key[];
  reader.fail(field, `${field} must be one of ${keys.join(', ')}`);
  return keys[0]!;
}

/** A venue's id, checked. */
export function venueId(reader: ByteReader, value: unknown, field: string): VenueId {
  if (typeof value === 'string' && isVenueId(value)) return value;
  reader.fail(field, `${field} must be a venue id`);
  return 'simulated';
}

/** The value as a number within limits, both included. */
export function shapeWithin(reader: ByteReader, value: unknown, field: string, least: number, most: number): number {
  const number = shapeNumber(reader, value, field);
  if (number >= least && number <= most) return number;
  reader.fail(field, `${field} must be in ${least}..${most}, was ${number}`);
  return least;
}

/** What `read` makes of the value; undefined stays undefined. */
export function shapeOptional<Value>(value: unknown, read: (value: unknown) => Value): Value | undefined {
  return value === undefined ? undefined : read(value);
}

/** The value as true or false. */
export function shapeFlag(reader: ByteReader, value: unknown, field: string): boolean {
  if (typeof value === 'boolean') return value;
  reader.fail(field, `${field} must be true or false`);
  return false;
}

/** A price: finite and positive. */
export function price(reader: ByteReader, value: unknown, field: string): Price {
  return shapeWithin(reader, value, field, Number.MIN_VALUE, LARGEST) as Price;
}

/** An amount: finite and not negative. */
export function amount(reader: ByteReader, value: unknown, field: string): Usd {
  return shapeWithin(reader, value, field, 0, LARGEST) as Usd;
}

/** A share, 0..1. */
export function share(reader: ByteReader, value: unknown, field: string): Fraction {
  return shapeWithin(reader, value, field, 0, 1) as Fraction;
}

/** A ratio: finite and not negative. */
export function ratio(reader: ByteReader, value: unknown, field: string): Fraction {
  return shapeWithin(reader, value, field, 0, LARGEST) as Fraction;
}

/** A duration, ms: finite and not negative. */
export function duration(reader: ByteReader, value: unknown, field: string): DurationMs {
  return shapeWithin(reader, value, field, 0, LARGEST) as DurationMs;
}

/** A finite time. */
export function time(reader: ByteReader, value: unknown, field: string): UnixMs {
  return shapeWithin(reader, value, field, -LARGEST, LARGEST) as UnixMs;
}
