/** CIE L*a*b* under D65: lightness 0..100 and two opponent axes. */
export interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

/** sRGB channels 0..255; fractions allowed. */
export type Rgb = readonly [number, number, number];

const WHITE_X = 0.95047;
const WHITE_Z = 1.08883;
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

/** Linear light 0..1 of an sRGB channel 0..255 (IEC 61966-2-1). */
export function linearOfChannel(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** sRGB channel 0..255 of linear light; clipped to the gamut. */
export function channelOfLinear(light: number): number {
  const clipped = Math.min(1, Math.max(0, light));
  return 255 * (clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055);
}

/** CIE lightness L* (0..100) of a relative luminance 0..1. */
export function lightnessOfLuminance(luminance: number): number {
  return luminance <= EPSILON ? luminance * KAPPA : 116 * Math.cbrt(luminance) - 16;
}

/** CIE lightness L* (0..100) of a color. */
export function lightnessOf([red, green, blue]: Rgb): number {
  return lightnessOfLuminance(
    0.2126729 * linearOfChannel(red) + 0.7151522 * linearOfChannel(green) + 0.072175 * linearOfChannel(blue),
  );
}

/** L*a*b* of an sRGB color. */
export function labOfRgb([red, green, blue]: Rgb): Lab {
  const r = linearOfChannel(red);
  const g = linearOfChannel(green);
  const b = linearOfChannel(blue);
  const fx = labCurve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE_X);
  const fy = labCurve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const fz = labCurve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE_Z);
  return { l: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
}

/** sRGB color of L*a*b*, clipped to the gamut, not rounded. */
export function rgbOfLab({ l, a, b }: Lab): Rgb {
  const fy = (l + 16) / 116;
  const x = WHITE_X * labCurveInverse(fy + a / 500);
  const y = labCurveInverse(fy);
  const z = WHITE_Z * labCurveInverse(fy - b / 200);
  return [
    channelOfLinear(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    channelOfLinear(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    channelOfLinear(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}

function labCurve(share: number): number {
  return share > EPSILON ? Math.cbrt(share) : (KAPPA * share + 16) / 116;
}

function labCurveInverse(value: number): number {
  const cube = value ** 3;
  return cube > EPSILON ? cube : (116 * value - 16) / KAPPA;
}
