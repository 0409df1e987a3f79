/** Bits of a Float32's mantissa that are dropped, and half of what they count, which rounds to the nearest. */
const DROPPED_BITS = 15;
const HALF = 1 << (DROPPED_BITS - 1);

/**
 * Numbers not below 0 in 16 bits each: the exponent of a Float32 and 8 bits of its mantissa. Off by at most 1/512 (0.2 %) of the
 * number, far less than any of them is known; columns kept for looking back take half the memory.
 */
export function toShortFloats(numbers: Float32Array): Uint16Array {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const codes = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) codes[i] = (bits[i]! + HALF) >>> DROPPED_BITS;
  return codes;
}

/** The numbers back. */
export function fromShortFloats(codes: Uint16Array): Float32Array {
  const numbers = new Float32Array(codes.length);
  const bits = new Uint32Array(numbers.buffer);
  for (let i = 0; i < codes.length; i++) bits[i] = codes[i]! << DROPPED_BITS;
  return numbers;
}
