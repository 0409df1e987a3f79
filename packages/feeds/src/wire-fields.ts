import { malformed, type Fault, type Instrument, type Parsed, type PriceTicks } from '@liquidation-heatmap/core';

/** Plain decimal notation as venues write it: no blanks, no hex, no exponent. */
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** Up to this many digits, digits / power of ten is the double that the text names: both are exact, and one division rounds correctly. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const ZERO = 48;
const NINE = 57;
const POINT = 46;

/**
 * The number a decimal text stands for, the same as `Number(text)`; NaN when it is no plain decimal (absent, empty, hex, words,
 * another type). Checks and converts in one pass, since a book has a thousand levels: twice as fast as a pattern and `Number`.
 */
export function decimalOf(raw: unknown): number {
  if (typeof raw !== 'string') return Number.NaN;
  const length = raw.length;
  let digits = 0;
  let pointAt = -1;
  for (let i = 0; i < length; i++) {
    const code = raw.charCodeAt(i);
    if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
    else if (code === POINT && pointAt < 0) pointAt = i;
    else return uncommonDecimal(raw);
  }
  if (pointAt < 0) return length > 0 && length <= EXACT_DIGITS ? digits : uncommonDecimal(raw);
  const decimals = length - 1 - pointAt;
  if (pointAt === 0 || decimals === 0 || length > EXACT_DIGITS) return uncommonDecimal(raw);
  return digits / POWERS_OF_TEN[decimals]!;
}

/** Negative and very long decimals, and everything that is none. */
function uncommonDecimal(raw: string): number {
  return DECIMAL.test(raw) ? Number(raw) : Number.NaN;
}

/** No price, size or time of a venue comes near; sums of larger ones would leave the numbers that a double holds. */
const LARGEST_NUMBER = 1e15;

/**
 * A plausible JSON number; NaN for anything else, texts included. Reading JSON rounds once, to the double nearest to the decimal sent,
 * which is also what a decimal text becomes: nothing is lost by the venue's sending numbers.
 */
export function numberOf(raw: unknown): number {
  return typeof raw === 'number' && Math.abs(raw) <= LARGEST_NUMBER ? raw : Number.NaN;
}

/** True for a whole number of milliseconds after 2000 and before 2100: what a venue's time has to be. */
export function isPlausibleTime(raw: unknown): raw is number {
  return typeof raw === 'number' && raw > 946_684_800_000 && raw < 4_102_444_800_000;
}

/** True for an integer that a double holds exactly and that is not negative: update ids, trade ids. */
export function isSequence(raw: unknown): raw is number {
  return typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0;
}

/** How a value looks in a fault message: short, quoted, never the whole frame. */
export function shown(raw: unknown): string {
  const text = raw === undefined ? 'absent' : (JSON.stringify(raw) ?? typeof raw);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The fault of a field that broke a rule, in one sentence: `aggTrade.p must be a positive decimal, was "abc"`. */
export function broken(code: string, field: string, rule: string, raw: unknown): Parsed<never> {
  return malformed(code, field, `${field} must be ${rule}, was ${shown(raw)}`);
}

/** A fault of the outside world as data. */
export function faultOf(code: string, field: string, message: string): Fault {
  return { code, field, message };
}

/** A JSON object whose members nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object: not a list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A tick size prepared for turning decimal prices into integer ticks without losing one. */
export interface TickScale {
  /** Power of ten that makes the tick size an integer. */
  readonly factor: number;
  /** The tick size in that unit: 0.25 -> 25 with factor 100. */
  readonly unitsPerTick: number;
  readonly tickSize: string;
}

/** Prepares an instrument's tick size; throws when the tick size itself is not a positive decimal, which is our own table's bug. */
export function tickScaleOf(spec: Pick<Instrument, 'tickSize'>): TickScale {
  const value = decimalOf(spec.tickSize);
  if (!(value > 0)) throw new Error(`Tick size must be a positive decimal, was ${shown(spec.tickSize)}`);
  const decimals = spec.tickSize.split('.')[1]?.length ?? 0;
  const factor = 10 ** decimals;
  return { factor, unitsPerTick: Math.round(value * factor), tickSize: spec.tickSize };
}

/** Ticks may be off by this much through binary rounding (1e8 ticks x 2^-52 is 2e-8); a real off-tick digit is far larger. */
const ROUNDING = 1e-6;

/** Integer ticks of a price; NaN when the price is not a whole count of ticks. */
export function ticksOf(price: number, scale: TickScale): PriceTicks {
  const exact = (price * scale.factor) / scale.unitsPerTick;
  const ticks = Math.round(exact);
  return (Math.abs(exact - ticks) <= ROUNDING ? ticks : Number.NaN) as PriceTicks;
}

/** Ticks of a level of the book, to a millionth of a tick. */
const LEVEL_STEPS = 1e6;

/**
 * Ticks of a price in the book, whole or not: orders placed before a venue coarsened its tick size stay at their old price
 * (CTKUSDT, recorded 2021-07-22: 0.50579 at a tick size of 0.001). Equal prices give equal ticks.
 */
export function levelTicksOf(price: number, scale: TickScale): number {
  const exact = (price * scale.factor) / scale.unitsPerTick;
  const ticks = Math.round(exact);
  return Math.abs(exact - ticks) <= ROUNDING ? ticks : Math.round(exact * LEVEL_STEPS) / LEVEL_STEPS;
}
