const INDEX_BITS = 11;
const TABLE = Float64Array.from({ length: 1 << INDEX_BITS }, (_, i) => Math.log(1 + (i + 0.5) / (1 << INDEX_BITS)));
const MANTISSA_BITS = 23;
const BIAS = 127;
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/**
 * Natural logarithm of a positive number within 0.00025, from the exponent and the first 11 bits of its 32-bit form: ample for
 * codes whose steps are 0.02 and more, and several times faster. The same on every machine, which `Math.log` need not be.
 */
export function fastLog(value: number): number {
  float[0] = value;
  const bits = word[0]!;
  const index = (bits >>> (MANTISSA_BITS - INDEX_BITS)) & ((1 << INDEX_BITS) - 1);
  return ((bits >>> MANTISSA_BITS) - BIAS) * Math.LN2 + TABLE[index]!;
}
