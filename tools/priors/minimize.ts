const STEP = 0.5;
const ROUNDS = 6;
const STEPS_A_ROUND = 4_000;
/** A simplex whose corners differ by less has arrived. */
const FLAT = 1e-10;

interface Corner {
  readonly point: readonly number[];
  readonly value: number;
}

/** Smallest value of a smooth function near a start: the downhill simplex of Nelder and Mead, begun anew a few times. */
export function minimize(cost: (point: readonly number[]) => number, start: readonly number[]): readonly number[] {
  let best = start;
  for (let round = 0; round < ROUNDS; round++) best = descend(cost, best);
  return best;
}

function descend(cost: (point: readonly number[]) => number, start: readonly number[]): readonly number[] {
  const corner = (point: readonly number[]): Corner => ({ point, value: cost(point) });
  let simplex = [start, ...start.map((_, i) => start.map((value, j) => (i === j ? value + STEP : value)))].map(corner);
  for (let step = 0; step < STEPS_A_ROUND; step++) {
    simplex.sort((a, b) => a.value - b.value);
    const worst = simplex.at(-1)!;
    if (worst.value - simplex[0]!.value < FLAT) break;
    const rest = simplex.slice(0, -1);
    const middle = start.map((_, j) => rest.reduce((sum, { point }) => sum + point[j]!, 0) / rest.length);
    const along = (share: number) => corner(middle.map((value, j) => value + share * (worst.point[j]! - value)));
    const next = replacement(along, simplex[0]!, rest.at(-1)!, worst);
    simplex =
      next === undefined
        ? simplex.map(({ point }) => corner(point.map((value, j) => (value + simplex[0]!.point[j]!) / 2)))
        : [...rest, next];
  }
  return simplex.sort((a, b) => a.value - b.value)[0]!.point;
}

function replacement(
  along: (share: number) => Corner,
  best: Corner,
  second: Corner,
  worst: Corner,
): Corner | undefined {
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const further = along(-2);
    return further.value < reflected.value ? further : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const inside = along(reflected.value < worst.value ? -0.5 : 0.5);
  return inside.value < Math.min(reflected.value, worst.value) ? inside : undefined;
}
