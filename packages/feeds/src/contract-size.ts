/**
 * Size in the contract's unit of a quantity on the wire: `quantity x multiplier`, to the double nearest to the decimal result. Most
 * multipliers are 0.1, 0.01, ...: dividing by their reciprocal rounds once, where multiplying would round twice.
 */
export function contractSizeOf(quantity: number, multiplier: number): number {
  if (multiplier === 1) return quantity;
  const reciprocal = Math.round(1 / multiplier);
  if (reciprocal > 1 && 1 / reciprocal === multiplier) return quantity / reciprocal;
  return Number((quantity * multiplier).toPrecision(15));
}
