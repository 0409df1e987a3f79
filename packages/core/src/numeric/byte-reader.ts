import type { Fault } from '../model/parsed.js';

const UINT32 = 4_294_967_296;
const VARINT_BYTES = 8;
const TEXT_CHUNK = 4_096;

/**
 * Reads little-endian fields and never past the end. The first fault is kept and every later read gives zero or nothing, so
 * that a decoder is written straight and asks `fault` once; counts are checked against the bytes left before anything is allocated.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #fault: Fault | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The first rule that was broken. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Bytes not read yet; 0 after a fault. */
  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** Notes that a field broke a rule, unless one did before. */
  fail(field: string, message: string, code = 'malformed-bytes'): void {
    this.#fault ??= { code, field, message };
    this.#at = this.#bytes.length;
  }

  u8(field: string): number {
    const at = this.#take(1, field);
    return at < 0 ? 0 : this.#view.getUint8(at);
  }

  u16(field: string): number {
    const at = this.#take(2, field);
    return at < 0 ? 0 : this.#view.getUint16(at, true);
  }

  u32(field: string): number {
    const at = this.#take(4, field);
    return at < 0 ? 0 : this.#view.getUint32(at, true);
  }

  i32(field: string): number {
    const at = this.#take(4, field);
    return at < 0 ? 0 : this.#view.getInt32(at, true);
  }

  /** A 64-bit integer that a JavaScript number holds exactly. */
  u64(field: string): number {
    const at = this.#take(8, field);
    if (at < 0) return 0;
    const value = this.#view.getUint32(at + 4, true) * UINT32 + this.#view.getUint32(at, true);
    return this.#safe(value, field);
  }

  f32(field: string): number {
    const at = this.#take(4, field);
    return at < 0 ? 0 : this.#view.getFloat32(at, true);
  }

  f64(field: string): number {
    const at = this.#take(8, field);
    return at < 0 ? 0 : this.#view.getFloat64(at, true);
  }

  /** A 64-bit float that must be a number, such as a time. */
  finite(field: string): number {
    const value = this.f64(field);
    if (Number.isFinite(value)) return value;
    this.fail(field, `A finite number is needed, was ${value}`);
    return 0;
  }

  varint(field: string): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < VARINT_BYTES; count++) {
      const byte = this.u8(field);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return this.#safe(value, field);
      scale *= 0x80;
    }
    this.fail(field, `A varint must end within ${VARINT_BYTES} bytes, this one goes on`);
    return 0;
  }

  /** A count of items that take at least `itemBytes` each: never more than the bytes left can hold, never above `most`. */
  count(value: number, itemBytes: number, most: number, field: string): number {
    if (value > most) {
      this.fail(field, `At most ${most} are allowed, was ${value}`);
      return 0;
    }
    if (value * itemBytes > this.remaining) {
      if (this.#fault === undefined)
        this.fail(field, `${value} of ${itemBytes} bytes each must fit into the ${this.remaining} bytes left`);
      return 0;
    }
    return value;
  }

  /** The next bytes in place, shared with the input; empty after a fault. */
  view(count: number, field: string): Uint8Array {
    const at = this.#take(count, field);
    return at < 0 ? this.#bytes.subarray(0, 0) : this.#bytes.subarray(at, at + count);
  }

  /** A copy of the next bytes; empty after a fault. */
  bytes(count: number, field: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view(count, field));
  }

  /** The next `target.length` numbers, into `target`. */
  f64s(target: Float64Array, field: string): void {
    let at = this.#take(target.length * 8, field);
    if (at < 0) return;
    for (let i = 0; i < target.length; i++, at += 8) target[i] = this.#view.getFloat64(at, true);
  }

  /** u32 count and UTF-16 code units. */
  text(field: string): string {
    const length = this.count(this.u32(field), 2, UINT32, field);
    let at = this.#take(length * 2, field);
    if (at < 0) return '';
    let text = '';
    for (let left = length; left > 0; left -= TEXT_CHUNK) {
      const units = Array.from({ length: Math.min(left, TEXT_CHUNK) }, (_, i) =>
        this.#view.getUint16(at + i * 2, true),
      );
      text += String.fromCharCode(...units);
      at += units.length * 2;
    }
    return text;
  }

  #take(count: number, field: string): number {
    if (this.#fault !== undefined) return -1;
    if (count > this.remaining) {
      this.fail(field, `${count} bytes are needed, ${this.remaining} are left`, 'truncated-bytes');
      return -1;
    }
    const at = this.#at;
    this.#at += count;
    return at;
  }

  #safe(value: number, field: string): number {
    if (value <= Number.MAX_SAFE_INTEGER) return value;
    this.fail(field, `An integer must be at most 2^53 - 1, was ${value}`);
    return 0;
  }
}
