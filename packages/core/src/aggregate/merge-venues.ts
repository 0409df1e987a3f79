/**
 * Adds one venue's rows to the common rows, moved by `shiftRows` (log of the ratio of marks over the row height): a venue
 * that trades 0.05 % above the reference has its exposure half a row higher. Area is kept: a fractional shift splits each
 * row between its two neighbors. Rows that fall outside the target are dropped; returns what was dropped.
 */
export function addShifted(
  source: Float64Array,
  from: number,
  target: Float64Array,
  origin: number,
  shiftRows: number,
): number {
  const whole = Math.floor(shiftRows);
  const upper = shiftRows - whole;
  let dropped = 0;
  for (let i = 0; i < source.length; i++) {
    const size = source[i]!;
    if (size === 0) continue;
    const at = from + i + whole - origin;
    dropped += put(target, at, size * (1 - upper)) + put(target, at + 1, size * upper);
  }
  return dropped;
}

function put(target: Float64Array, index: number, size: number): number {
  if (index < 0 || index >= target.length) return size;
  target[index]! += size;
  return 0;
}
