/** Terms after which a series is taken as it stands; it needs a few times the square root of the shape. */
const MAX_TERMS = 100_000;
const PRECISION = 1e-14;
/** From here on Stirling's series has its full precision; smaller arguments are shifted up. */
const STIRLING_FROM = 10;

/** log of the gamma function for x > 0: Stirling's series (Abramowitz and Stegun 6.1.41) after shifting x up by its recurrence. */
export function logGamma(x: number): number {
  let shifted = x;
  let correction = 0;
  for (; shifted < STIRLING_FROM; shifted++) correction -= Math.log(shifted);
  const square = shifted * shifted;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / shifted;
  return correction + (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series;
}

/**
 * Probability that a Gamma variable of the given shape and scale 1 is at most x: the power series below shape + 1, Legendre's
 * continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
export function gammaCdf(shape: number, x: number): number {
  if (!(shape > 0)) throw new RangeError(`shape must be positive, was ${shape}`);
  if (!(x > 0)) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? front * lowerSeries(shape, x) : 1 - front * upperFraction(shape, x);
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > PRECISION * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(sum, Number.MAX_VALUE);
}

/** Evaluated from its numerators and denominators, rescaled so that neither overflows. */
function upperFraction(shape: number, x: number): number {
  let [previousTop, top] = [0, 1];
  let [previousBottom, bottom] = [1, x + 1 - shape];
  let value = top / bottom;
  for (let n = 1; n < MAX_TERMS; n++) {
    const a = n * (shape - n);
    const b = x + 2 * n + 1 - shape;
    [previousTop, top] = [top, b * top + a * previousTop];
    [previousBottom, bottom] = [bottom, b * bottom + a * previousBottom];
    const scale = Math.abs(bottom) > 1e100 ? 1e-100 : 1;
    previousTop *= scale;
    top *= scale;
    previousBottom *= scale;
    bottom *= scale;
    const next = top / bottom;
    if (Math.abs(next - value) <= PRECISION * Math.abs(next)) return next;
    value = next;
  }
  return value;
}
