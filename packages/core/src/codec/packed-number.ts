import type { ByteReader } from '../numeric/byte-reader.js';
import type { ByteWriter } from '../numeric/byte-writer.js';

const MOST_DECIMALS = 8;
/** Tag of a number that is no short decimal: eight bytes of f64 follow. */
const RAW = 255;
const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] as const;
/** Zigzag doubles, so half of the safe integers can be told apart. */
const MOST_DIFFERENCE = 2 ** 52;

/**
 * Writes a number as its decimal difference from `base`, which the reader knows too: a tag (decimals) and a zigzag varint, 2-6
 * bytes for a price next to another. What is no decimal of at most 8 places is written as f64: the round trip is exact, NaN and
 * -0 included.
 */
export function writeNear(writer: ByteWriter, value: number, base: number): void {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const power = POWERS[decimals]!;
    const whole = Math.round(value * power);
    const start = wholeBase(base, power);
    const difference = whole - start;
    const isExact = Number.isSafeInteger(whole) && Math.abs(difference) < MOST_DIFFERENCE;
    if (!isExact || !Object.is((start + difference) / power, value)) continue;
    writer.u8(decimals, 'decimals');
    writer.varint(difference < 0 ? -2 * difference - 1 : 2 * difference, 'difference');
    return;
  }
  writer.u8(RAW, 'decimals');
  writer.f64(value);
}

/** Reads what `writeNear` wrote against the same `base`. */
export function readNear(reader: ByteReader, base: number, field: string): number {
  const decimals = reader.u8(field);
  if (decimals === RAW) return reader.f64(field);
  const power = POWERS[decimals];
  if (power === undefined) {
    reader.fail(field, `A packed number must have at most ${MOST_DECIMALS} decimals, had ${decimals}`);
    return 0;
  }
  const zigzag = reader.varint(field);
  const difference = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
  return (wholeBase(base, power) + difference) / power;
}

function wholeBase(base: number, power: number): number {
  const whole = Math.round(base * power);
  return Number.isSafeInteger(whole) ? whole : 0;
}
