/** Survival as a mixture of exponentials: a share of what was opened per rate. */
export interface ExitLaw {
  readonly ratesPerHour: readonly number[];
  readonly weights: readonly number[];
}

/** Share still open after some hours. */
export function survivalAfter({ ratesPerHour, weights }: ExitLaw, hours: number): number {
  return ratesPerHour.reduce((sum, rate, r) => sum + weights[r]! * Math.exp(-rate * hours), 0);
}

/** Closing density at an age, per hour. */
export function densityAt({ ratesPerHour, weights }: ExitLaw, hours: number): number {
  return ratesPerHour.reduce((sum, rate, r) => sum + weights[r]! * rate * Math.exp(-rate * hours), 0);
}

/** Closed share of an age interval over the exposure in it: the hazard a table of ages shows. */
export function meanHazard(law: ExitLaw, from: number, to: number): number {
  const closed = survivalAfter(law, from) - survivalAfter(law, to);
  const exposed = law.ratesPerHour.reduce(
    (sum, rate, r) => sum + (law.weights[r]! / rate) * (Math.exp(-rate * from) - Math.exp(-rate * to)),
    0,
  );
  return closed / exposed;
}

/** Hazard of an age interval. */
export interface AgeHazard {
  readonly fromHours: number;
  readonly toHours: number;
  readonly perHour: number;
}

/** Root mean square of log(law's hazard / measured hazard); a factor of e is 1. */
export function logHazardError(law: ExitLaw, table: readonly AgeHazard[]): number {
  const squares = table.map(
    ({ fromHours, toHours, perHour }) => Math.log(meanHazard(law, fromHours, toHours) / perHour) ** 2,
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** A law with its rates from fast to slow. */
export function sorted({ ratesPerHour, weights }: ExitLaw): ExitLaw {
  const order = ratesPerHour.map((_, r) => r).sort((a, b) => ratesPerHour[b]! - ratesPerHour[a]!);
  return { ratesPerHour: order.map((r) => ratesPerHour[r]!), weights: order.map((r) => weights[r]!) };
}
