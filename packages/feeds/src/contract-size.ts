/** Finest step of any size seen so far, with room: sizes are whole counts of it, up to this many. */
const STEPS_PER_UNIT = 1e8;
const MOST_STEPS = 1e15;

/**
 * Size in the contract's unit of a quantity on the wire: `quantity x multiplier`, to the double nearest to the decimal result. A
 * product of two doubles rounds twice (8.55 x 0.01 is not 0.0855); counted in whole steps it rounds once.
 */
export function contractSizeOf(quantity: number, multiplier: number): number {
  if (multiplier === 1) return quantity;
  const exact = quantity * multiplier * STEPS_PER_UNIT;
  const steps = Math.round(exact);
  const isWhole = Math.abs(exact - steps) <= 1e-3 + 1e-15 * steps;
  return isWhole && steps < MOST_STEPS ? steps / STEPS_PER_UNIT : Number((quantity * multiplier).toPrecision(15));
}
