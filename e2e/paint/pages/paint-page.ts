import { HeatLayer } from '../../../packages/widget/src/paint/heat-layer.js';
import { compare, type Difference } from './compare.js';
import { HEIGHT, randomRequest, requestOf, seeded, T0, tileOf, tilesOf, WIDTH } from './scenes.js';

/** What the page tells the test; written by the page's own script, so that the policy holds all the while. */
interface Report {
  readonly kind: string | undefined;
  readonly differences: Readonly<Record<string, Difference>>;
  readonly violations: readonly string[];
}

const violations: string[] = [];
addEventListener('securitypolicyviolation', (event) =>
  violations.push(`${event.violatedDirective} ${event.blockedURI}`),
);

function layerOf(onRepaint = (): void => undefined): HeatLayer {
  const host = document.querySelector<HTMLElement>('#host')!;
  const isEmptied = new URL(location.href).searchParams.has('emptied');
  const layer = new HeatLayer({ host, onRepaint, ...(isEmptied ? { capturedCode: {} } : {}) });
  layer.resize(WIDTH, HEIGHT);
  return layer;
}

/** Paints one picture and compares it with the reference. */
function difference(layer: HeatLayer, request: ReturnType<typeof requestOf>, width = WIDTH): Difference {
  layer.draw(request);
  return compare(layer.readPixels()!, request, width, HEIGHT, layer.kind === 'canvas2d');
}

function worst(differences: readonly Difference[]): Difference {
  return {
    most: Math.max(...differences.map(({ most }) => most)),
    painted: differences.reduce((sum, { painted }) => sum + painted, 0) / differences.length,
  };
}

function paintAll(layer: HeatLayer): Report['differences'] {
  const random = seeded(7);
  const twoTiles = [
    tileOf([T0 + 1_000, T0 + 2_000], 1_000, random, { floor: 2, origin: 0 }),
    tileOf([T0 + 3_000, T0 + 4_000], 1_000, random, { floor: 5, origin: 137 }),
  ];
  // Ring wrap: 2,500 columns of 1 s pass through a ring of 1,024, a hundred seconds a picture.
  const long = tilesOf(40, 64, 1_000, random, 0);
  const passing = Array.from({ length: 27 }, (_, i) =>
    requestOf(long, T0 + i * 93_000, T0 + i * 93_000 + 100_000, [0, 640]),
  );
  return {
    'random pictures': worst(Array.from({ length: 40 }, (_, seed) => difference(layer, randomRequest(seed)))),
    'two windows and two scales': difference(layer, requestOf(twoTiles, T0, T0 + 4_000, [-20, 800])),
    'columns passing round the ring': worst(passing.map((request) => difference(layer, request))),
    'a change of the newest column': worst(growing().map((request) => difference(layer, request))),
    'more columns than the ring has': widePicture(layer, long),
  };
}

/** One column that changes and is followed by another, as a store does it: a new head object each time. */
function growing(): ReturnType<typeof requestOf>[] {
  return Array.from({ length: 8 }, (_, i) => {
    const ends = i < 4 ? [T0 + 1_000] : [T0 + 1_000, T0 + 2_000];
    return requestOf([tileOf(ends, 1_000, seeded(100 + i), { floor: 2, origin: 0 })], T0, T0 + 2_000, [0, 640]);
  });
}

function widePicture(layer: HeatLayer, tiles: Parameters<typeof requestOf>[0]): Difference {
  const width = 2_000;
  layer.resize(width, HEIGHT);
  const result = difference(layer, requestOf(tiles, T0, T0 + 2_000_000, [100, 500], width), width);
  layer.resize(WIDTH, HEIGHT);
  return result;
}

async function main(): Promise<void> {
  const layer = layerOf();
  const differences = paintAll(layer);
  layer.draw(requestOf(tilesOf(1, 64, 1_000, seeded(3), 0), T0, T0 + 8_000, [300, 308]));
  // Violations are reported by events of their own; a frame later they are here.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const report: Report = { kind: layer.kind, differences, violations };
  Object.assign(globalThis, { report });
}

void main();
