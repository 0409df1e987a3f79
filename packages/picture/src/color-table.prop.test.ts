import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createColorTable, createColorTables, type ColorTable } from './color-table.js';
import { channelOfLinear, lightnessOf, linearOfChannel, labOfRgb, rgbOfLab, type Rgb } from './palettes/lab.js';
import { PALETTE_NAMES } from './palettes/ramps.js';

const SURFACES: Record<'dark' | 'light', readonly Rgb[]> = {
  dark: [
    [0, 0, 0],
    [11, 14, 20],
    [19, 23, 34],
    [30, 30, 30],
  ],
  light: [
    [255, 255, 255],
    [248, 249, 250],
    [250, 247, 240],
  ],
};

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const DEFICIENCIES: Record<string, readonly number[]> = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const cases = PALETTE_NAMES.flatMap((palette) => (['dark', 'light'] as const).map((scheme) => ({ palette, scheme })));

function colorOf(table: ColorTable, entry: number): Rgb {
  return [table.rgba[entry * 4]!, table.rgba[entry * 4 + 1]!, table.rgba[entry * 4 + 2]!];
}

function over(surface: Rgb, table: ColorTable, entry: number): Rgb {
  const opacity = table.rgba[entry * 4 + 3]! / 255;
  const color = colorOf(table, entry);
  const mix = (i: 0 | 1 | 2): number => surface[i] + (color[i] - surface[i]) * opacity;
  return [mix(0), mix(1), mix(2)];
}

function seenWith(matrix: readonly number[], color: Rgb): Rgb {
  const [r, g, b] = color.map(linearOfChannel) as [number, number, number];
  const row = (i: number): number => channelOfLinear(matrix[i]! * r + matrix[i + 1]! * g + matrix[i + 2]! * b);
  return [row(0), row(3), row(6)];
}

describe.each(cases)('$palette on $scheme', ({ palette, scheme }) => {
  const table = createColorTable({ palette, scheme });
  const sign = scheme === 'dark' ? 1 : -1;

  test('S9: lightness of the table is strictly monotonic away from the surface', () => {
    for (let entry = 2; entry < 256; entry++) {
      const step = sign * (lightnessOf(colorOf(table, entry)) - lightnessOf(colorOf(table, entry - 1)));
      expect(step, `entry ${entry}`).toBeGreaterThan(0);
    }
  });

  test('S9: what is seen over every usual surface moves strictly away from it', () => {
    for (const surface of SURFACES[scheme]) {
      let previous = lightnessOf(surface);
      for (let entry = 1; entry < 256; entry++) {
        const seen = lightnessOf(over(surface, table, entry));
        expect(sign * (seen - previous), `surface ${surface.join()} entry ${entry}`).toBeGreaterThan(0);
        previous = seen;
      }
    }
  });

  test.each(Object.keys(DEFICIENCIES))('S9: the order survives %s', (name) => {
    const surface = SURFACES[scheme][1]!;
    const seen = Array.from({ length: 32 }, (_, i) =>
      lightnessOf(seenWith(DEFICIENCIES[name]!, over(surface, table, i * 8 + 7))),
    );
    for (let i = 1; i < seen.length; i++) expect(sign * (seen[i]! - seen[i - 1]!), `step ${i}`).toBeGreaterThan(0);
  });

  test('entry 0 is transparent and opacity never falls', () => {
    expect(table.rgba[3]).toBe(0);
    for (let entry = 1; entry < 256; entry++) {
      expect(table.rgba[entry * 4 + 3]!).toBeGreaterThanOrEqual(table.rgba[entry * 4 - 1]!);
    }
    expect(table.rgba[1023]).toBe(255);
  });

  test('the table spans most of the lightness that its ramp has', () => {
    const span = sign * (lightnessOf(colorOf(table, 255)) - lightnessOf(colorOf(table, 1)));
    expect(span).toBeGreaterThan(65);
  });
});

test('S9: gamma bends the table but keeps it strictly monotonic', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...cases),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      ({ palette, scheme }, gamma) => {
        const table = createColorTable({ palette, scheme, gamma });
        const sign = scheme === 'dark' ? 1 : -1;
        for (let entry = 2; entry < 256; entry++) {
          if (!(sign * (lightnessOf(colorOf(table, entry)) - lightnessOf(colorOf(table, entry - 1))) > 0)) return false;
        }
        return true;
      },
    ),
    { numRuns: 20 },
  );
});

test('the threshold leaves entries below it transparent and none above', () => {
  const table = createColorTable({ scheme: 'dark', threshold: 0.5 });
  for (let entry = 0; entry < 256; entry++)
    expect(table.rgba[entry * 4 + 3]! > 0, `entry ${entry}`).toBe(entry / 255 >= 0.5 && entry > 0);
});

test('both sides share one table unless the short side has its own ramp', () => {
  const shared = createColorTables({ scheme: 'dark' });
  expect(shared.short).toBe(shared.long);
  const apart = createColorTables({ scheme: 'dark', palette: 'inferno', shortPalette: 'viridis' });
  expect(apart.short.rgba).not.toEqual(apart.long.rgba);
});

test('a palette that turns back in lightness is refused with the rule', () => {
  expect(() => createColorTable({ scheme: 'dark', palette: ['#000000', '#ffffff', '#808080'] })).toThrow(
    /rise strictly in lightness/,
  );
});

test('Lab and sRGB are inverse within a thousandth of a channel step', () => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (r, g, b) => {
      const back = rgbOfLab(labOfRgb([r, g, b]));
      expect(Math.abs(back[0] - r) + Math.abs(back[1] - g) + Math.abs(back[2] - b)).toBeLessThan(3e-3);
    }),
  );
});
