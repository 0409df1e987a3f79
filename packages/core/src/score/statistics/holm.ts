/**
 * Holm's step-down correction (1979) for asking several questions at once: the smallest p is multiplied by their count, the
 * next by one less, and none may be smaller than one before it. In the order given; NaN (not tested) stays and does not count.
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  const tested = pValues.map((p, i) => ({ p, i })).filter(({ p }) => !Number.isNaN(p));
  const adjusted = new Array<number>(pValues.length).fill(Number.NaN);
  let least = 0;
  tested
    .sort((a, b) => a.p - b.p)
    .forEach(({ p, i }, rank) => {
      least = Math.max(least, Math.min(1, p * (tested.length - rank)));
      adjusted[i] = least;
    });
  return adjusted;
}
