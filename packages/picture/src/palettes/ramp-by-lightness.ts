import { labOfRgb, rgbOfLab, type Lab, type Rgb } from './lab.js';

/** A ramp addressed by lightness, so that a position on it *is* an L* and never repeats one. */
export interface LightnessRamp {
  readonly darkest: number;
  readonly lightest: number;
  /** sRGB color at an L* between `darkest` and `lightest`, not rounded. */
  colorAt(lightness: number): Rgb;
}

/**
 * Reads control points (`#rrggbb`) as a path through L*a*b* and interpolates it linearly by L*.
 * Undefined when the points do not rise strictly in lightness: such a ramp cannot say "more".
 */
export function rampByLightness(stops: readonly string[]): LightnessRamp | undefined {
  const path = stops.map((stop) => labOfRgb(rgbOfHex(stop)));
  if (path.length < 2 || path.some((point, i) => i > 0 && point.l <= path[i - 1]!.l)) return undefined;
  return {
    darkest: path[0]!.l,
    lightest: path.at(-1)!.l,
    colorAt: (lightness) => rgbOfLab(pointAt(path, lightness)),
  };
}

function pointAt(path: readonly Lab[], lightness: number): Lab {
  let next = 1;
  while (next < path.length - 1 && path[next]!.l < lightness) next++;
  const from = path[next - 1]!;
  const to = path[next]!;
  const share = Math.min(1, Math.max(0, (lightness - from.l) / (to.l - from.l)));
  return {
    l: from.l + share * (to.l - from.l),
    a: from.a + share * (to.a - from.a),
    b: from.b + share * (to.b - from.b),
  };
}

function rgbOfHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
