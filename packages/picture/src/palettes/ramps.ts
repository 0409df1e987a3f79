/** A color ramp as evenly spaced control points, darkest first, `#rrggbb`. */
export interface Ramp {
  readonly name: PaletteName;
  readonly stops: readonly string[];
}

/** Names of the shipped ramps; `inferno` is the default. */
export const PALETTE_NAMES = ['inferno', 'magma', 'viridis', 'cividis'] as const;

/** Name of a shipped ramp. */
export type PaletteName = (typeof PALETTE_NAMES)[number];

/**
 * Every ramp at ten evenly spaced positions. Inferno, magma and viridis: van der Walt and Smith 2015, dedicated to the public domain
 * (https://bids.github.io/colormap/). Cividis: Nunez, Anderton and Renslow 2018 (https://doi.org/10.1371/journal.pone.0199239).
 */
export const RAMPS: Readonly<Record<PaletteName, Ramp>> = {
  inferno: ramp('inferno', '000004 1b0c42 4b0c6b 781c6d a52c60 cf4446 ed6925 fb9a06 f7d03c fcffa4'),
  magma: ramp('magma', '000004 180f3e 451077 721f81 9f2f7f cd4071 f1605d fd9567 fec98d fcfdbf'),
  viridis: ramp('viridis', '440154 482878 3e4a89 31688e 26828e 1f9e89 35b779 6dcd59 b4de2c fde725'),
  cividis: ramp('cividis', '00204d 00336f 39486b 575c6d 707173 8a8779 a69d75 c4b56c e4cf5b ffea46'),
};

/** True when the text names a shipped ramp. */
export function isPaletteName(text: string): text is PaletteName {
  return (PALETTE_NAMES as readonly string[]).includes(text);
}

function ramp(name: PaletteName, stops: string): Ramp {
  return { name, stops: stops.split(' ').map((stop) => `#${stop}`) };
}
