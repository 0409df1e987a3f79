import { lightnessOf, type Rgb } from './palettes/lab.js';
import { rampByLightness, type LightnessRamp } from './palettes/ramp-by-lightness.js';
import { RAMPS, type PaletteName } from './palettes/ramps.js';

/**
 * 256 RGBA entries by cell code with gamma, threshold and alpha baked in: entry 0 is transparent, not premultiplied.
 * 256 x 4 bytes.
 */
export interface ColorTable {
  readonly rgba: Uint8Array;
}

/** What a color table is made from. */
export interface ColorTableOptions {
  /** A shipped ramp, or control points `#rrggbb` that rise strictly in lightness, evenly or not. */
  readonly palette?: PaletteName | readonly string[];
  readonly scheme: 'light' | 'dark';
  /** Above 1 keeps middling density quieter, below 1 louder. Default 1. */
  readonly gamma?: number;
  /** Share 0..1 of the table that stays transparent. Default 0. */
  readonly threshold?: number;
  /** Opacity 0..1 of the densest cell. Default 1. */
  readonly alpha?: number;
}

/** One table a position side; both are the same object when the sides share a ramp. */
export interface ColorTables {
  readonly long: ColorTable;
  readonly short: ColorTable;
}

/** L* range used on a dark surface: starts above surfaces up to L* 14, so that dense is always farther from it. */
const DARK_RANGE = { from: 17, to: 97 } as const;
/** L* range used on a light surface (L* 95 and up): paler to darker. */
const LIGHT_RANGE = { from: 91, to: 12 } as const;
/** Entries over which opacity grows from its least to full, so that the surface shows through where density is low. */
const FADE_ENTRIES = 96;
const LEAST_OPACITY = 0.06;

/**
 * Colors of entries 1..255 along a ramp, lightness strictly monotonic away from the surface:
 *   L*(i) = from + (to - from) · ((i - 1) / 254) ^ gamma
 *   opacity(i) = alpha · (0.06 + 0.94 · min(1, (i - 1) / 95)), 0 below the threshold
 * Throws when a custom palette does not rise strictly in lightness: check it with `rampByLightness` first.
 */
export function createColorTable(options: ColorTableOptions): ColorTable {
  const { palette = 'inferno', scheme, gamma = 1, threshold = 0, alpha = 1 } = options;
  const ramp = rampByLightness(typeof palette === 'string' ? RAMPS[palette].stops : palette);
  if (ramp === undefined) throw new Error('A palette needs at least two colors that rise strictly in lightness');
  const { from, to } = lightnessRange(ramp, scheme);
  const rgba = new Uint8Array(256 * 4);
  const sign = Math.sign(to - from);
  let previous = sign * from - 1;
  for (let entry = 1; entry < 256; entry++) {
    const share = (entry - 1) / 254;
    const color = roundedBeyond(ramp.colorAt(from + (to - from) * share ** gamma), sign, previous);
    previous = sign * lightnessOf(color);
    const fade = LEAST_OPACITY + (1 - LEAST_OPACITY) * Math.min(1, (entry - 1) / (FADE_ENTRIES - 1));
    rgba.set(color, entry * 4);
    rgba[entry * 4 + 3] = entry / 255 < threshold ? 0 : Math.round(255 * alpha * fade);
  }
  return { rgba };
}

/** A table for each side; without `shortPalette` both sides share one, and are told apart by where they stand, not by hue. */
export function createColorTables(
  options: ColorTableOptions & { readonly shortPalette?: ColorTableOptions['palette'] },
): ColorTables {
  const long = createColorTable(options);
  if (options.shortPalette === undefined) return { long, short: long };
  return { long, short: createColorTable({ ...options, palette: options.shortPalette }) };
}

function lightnessRange(ramp: LightnessRamp, scheme: 'light' | 'dark'): { readonly from: number; readonly to: number } {
  const clamp = (lightness: number): number => Math.min(ramp.lightest, Math.max(ramp.darkest, lightness));
  const range = scheme === 'dark' ? DARK_RANGE : LIGHT_RANGE;
  return { from: clamp(range.from), to: clamp(range.to) };
}

/**
 * The 8-bit color nearest to `ideal` whose lightness lies beyond the entry before: rounding alone would let neighbors of a
 * 0.3 L* step swap places.
 */
function roundedBeyond(ideal: Rgb, sign: number, previous: number): Rgb {
  let best: Rgb | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let reach = 1; best === undefined && reach < 8; reach++) {
    for (const candidate of around(ideal, reach)) {
      if (sign * lightnessOf(candidate) <= previous + 1e-9) continue;
      const distance = squaredDistance(candidate, ideal);
      if (distance >= bestDistance) continue;
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? [Math.round(ideal[0]), Math.round(ideal[1]), Math.round(ideal[2])];
}

function* around(ideal: Rgb, reach: number): Generator<Rgb> {
  const base = ideal.map(Math.floor);
  for (let r = 1 - reach; r <= reach; r++) {
    for (let g = 1 - reach; g <= reach; g++) {
      for (let b = 1 - reach; b <= reach; b++) {
        yield [toByte(base[0]! + r), toByte(base[1]! + g), toByte(base[2]! + b)];
      }
    }
  }
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, value));
}

function squaredDistance(a: Rgb, b: Rgb): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}
