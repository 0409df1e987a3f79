import { fastLog } from '../numeric/fast-log.js';
import { bandEdge } from '../numeric/gamma-band.js';
import type { CodeScale } from '../model/heatmap-frame.js';

/** Log step between codes: 0.04 keeps a code within 2 % of its value and spans a ratio of 25,000 over 255 codes. */
export const CODE_STEP = 0.04;
/** Room above the brightest cell when a scale is chosen, so that a growing cluster does not force a new tile. */
export const CODE_HEADROOM = 8;

const CODES = 255;
const AGE_STEP = 0.05;
const SPREAD_STEP = 0.02;

/** A scale whose top code stands `CODE_HEADROOM` above `brightest` (USD); floor and step are exact 32-bit floats. */
export function scaleFor(brightest: number): CodeScale {
  const top = Math.log(Math.max(brightest, 1e-6) * CODE_HEADROOM);
  const step = Math.fround(CODE_STEP);
  return { floor: Math.fround(top - step * (CODES - 1)), step };
}

/** True when a value would need a code beyond the scale's last. */
export function exceedsScale(value: number, scale: CodeScale): boolean {
  return value > 0 && Math.log(value) > scale.floor + scale.step * (CODES - 0.5);
}

/** Code of a USD value: 0 = empty or below the floor, else 1..255. */
export function codeOfValue(value: number, scale: CodeScale): number {
  if (!(value > 0)) return 0;
  const code = 1 + Math.round((fastLog(value) - scale.floor) / scale.step);
  return code < 1 ? 0 : Math.min(code, CODES);
}

/** USD value of a code; 0 for code 0. */
export function valueOfCode(code: number, scale: CodeScale): number {
  return code === 0 ? 0 : Math.exp(scale.floor + scale.step * (code - 1));
}

/** Age code: log of minutes in steps of 5 %; 1 = up to a minute, 0 = empty. */
export function codeOfAge(ageMs: number): number {
  const minutes = Math.max(1, ageMs / 60_000);
  return Math.min(CODES, 1 + Math.round(fastLog(minutes) / AGE_STEP));
}

/** Age in milliseconds of a code; 0 for code 0. */
export function ageOfCode(code: number): number {
  return code === 0 ? 0 : Math.exp((code - 1) * AGE_STEP) * 60_000;
}

/** Spread code of log(P90/P50) in steps of 0.02, at most 254; 255 stays "unknown". */
export function codeOfSpread(logRatio: number): number {
  return Number.isFinite(logRatio) ? Math.min(CODES - 1, Math.max(0, Math.round(logRatio / SPREAD_STEP))) : CODES;
}

/** log(P90/P50) of a code; NaN for "unknown". */
export function spreadOfCode(code: number): number {
  return code === CODES ? Number.NaN : code * SPREAD_STEP;
}

/** Steps of the relative deviation that has a spread of its own, and the largest; P90 is the middle value itself long before that. */
const DEVIATION_STEPS = 256;
const MOST_DEVIATION = 8;
/** Spread code by relative deviation: columns ask for hundreds of rows, and a step of 1/256 moves a code by a quarter at most. */
const SPREAD_CODES = Uint8Array.from({ length: MOST_DEVIATION * DEVIATION_STEPS }, (_, i) => {
  const deviation = (i + 0.5) / DEVIATION_STEPS;
  return codeOfSpread(fastLog(bandEdge(1, deviation * deviation, 'p90')));
});

/** Spread code of an amount of a mean above 0 and a variance. */
export function codeOfBand(mean: number, variance: number): number {
  const step = Math.floor((Math.sqrt(variance) / mean) * DEVIATION_STEPS);
  return SPREAD_CODES[Math.min(SPREAD_CODES.length - 1, step)]!;
}
