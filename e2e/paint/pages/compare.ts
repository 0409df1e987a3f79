import { heatPixels, type HeatRequest } from '@liquidation-heatmap/picture';

/** How a painted picture differs from the one of `heatPixels`. */
export interface Difference {
  /** Largest difference of any channel, 0..255. */
  readonly most: number;
  /** Share of pixels that show heat at all, so that an empty picture is no success. */
  readonly painted: number;
}

/** Compares pixels with the reference; `isPremultiplied` where the canvas keeps only products of color and opacity. */
export function compare(
  pixels: Uint8ClampedArray,
  request: HeatRequest,
  width: number,
  height: number,
  isPremultiplied: boolean,
): Difference {
  const expected = new Uint8ClampedArray(width * height * 4);
  heatPixels(request, expected, width, height);
  if (pixels.length !== expected.length) return { most: 255, painted: 0 };
  let most = 0;
  let painted = 0;
  for (let at = 0; at < expected.length; at += 4) {
    if (expected[at + 3]! > 0) painted++;
    for (let channel = 0; channel < 4; channel++) {
      const got = seen(pixels, at, channel, isPremultiplied);
      most = Math.max(most, Math.abs(got - seen(expected, at, channel, isPremultiplied)));
    }
  }
  return { most, painted: painted / (width * height) };
}

function seen(pixels: Uint8ClampedArray, at: number, channel: number, isPremultiplied: boolean): number {
  const value = pixels[at + channel]!;
  return isPremultiplied && channel < 3 ? (value * pixels[at + 3]!) / 255 : value;
}
