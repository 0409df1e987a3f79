const FIRST_CAPACITY = 256;
const UINT32 = 4_294_967_296;

/** Writes little-endian fields into a growing buffer. A value outside its field's range is our own bug and throws. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  u8(value: number, field: string): void {
    requireInteger(value, 0, 0xff, field);
    const at = this.#take(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number, field: string): void {
    requireInteger(value, 0, 0xffff, field);
    const at = this.#take(2);
    this.#view.setUint16(at, value, true);
  }

  u32(value: number, field: string): void {
    requireInteger(value, 0, UINT32 - 1, field);
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
  }

  i32(value: number, field: string): void {
    requireInteger(value, -UINT32 / 2, UINT32 / 2 - 1, field);
    const at = this.#take(4);
    this.#view.setInt32(at, value, true);
  }

  /** A 64-bit field for an integer a JavaScript number holds exactly. */
  u64(value: number, field: string): void {
    requireInteger(value, 0, Number.MAX_SAFE_INTEGER, field);
    const at = this.#take(8);
    this.#view.setUint32(at, value % UINT32, true);
    this.#view.setUint32(at + 4, Math.floor(value / UINT32), true);
  }

  /** Only values a 32-bit float holds exactly: a silent rounding would break the round trip. */
  f32(value: number, field: string): void {
    if (!Object.is(Math.fround(value), value))
      throw new RangeError(`${field} must be an exact 32-bit float, was ${value}`);
    const at = this.#take(4);
    this.#view.setFloat32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#take(8);
    this.#view.setFloat64(at, value, true);
  }

  /** A 64-bit float that must be a number, such as a time. */
  finite(value: number, field: string): void {
    if (!Number.isFinite(value)) throw new RangeError(`${field} must be a finite number, was ${value}`);
    this.f64(value);
  }

  /** Seven bits a byte, low bits first; 1 B below 128, 2 B below 16,384. */
  varint(value: number, field: string): void {
    requireInteger(value, 0, Number.MAX_SAFE_INTEGER, field);
    let rest = value;
    while (rest >= 0x80) {
      const at = this.#take(1);
      this.#view.setUint8(at, (rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    const at = this.#take(1);
    this.#view.setUint8(at, rest);
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#take(bytes.length);
    this.#bytes.set(bytes, at);
  }

  f64s(values: Float64Array): void {
    let at = this.#take(values.length * 8);
    for (let i = 0; i < values.length; i++, at += 8) this.#view.setFloat64(at, values[i]!, true);
  }

  /** u32 count and UTF-16 code units: core has no text encoder, and code units keep every JavaScript string as it is. */
  text(text: string): void {
    this.u32(text.length, 'text length');
    let at = this.#take(text.length * 2);
    for (let i = 0; i < text.length; i++, at += 2) this.#view.setUint16(at, text.charCodeAt(i), true);
  }

  /** The bytes written, as a buffer of their own that may be transferred. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Call it before naming `#view` or `#bytes`: growing replaces both. */
  #take(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

function requireInteger(value: number, from: number, to: number, field: string): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new RangeError(`${field} must be an integer in ${from}..${to}, was ${value}`);
}
