import { densityAt, sorted, survivalAfter, type ExitLaw } from './exit-law.js';
import type { Lot } from './match-lots.js';

/** Ages are recorded in whole minutes; one of 0 stands for a quarter of a minute. */
const LEAST_HOURS = 0.25 / 60;
const MOST_ROUNDS = 400;
/** A round that moves no rate by more, relatively, is the last. */
const STILL = 1e-5;
/** Slowest rate allowed, per hour (about a year): a record of half a year cannot show a slower one. */
const SLOWEST = 1e-4;

/** Mean log likelihood per notional: log density of closed lots, log survival of lots still open. */
export function logLikelihood(law: ExitLaw, lots: readonly Lot[]): number {
  let sum = 0;
  let total = 0;
  for (const { hours, notional, isClosed } of lots) {
    const age = Math.max(hours, LEAST_HOURS);
    const chance = isClosed ? densityAt(law, age) : survivalAfter(law, age);
    sum += notional * Math.log(Math.max(chance, Number.MIN_VALUE));
    total += notional;
  }
  return sum / total;
}

/** Maximum likelihood of the mixture, weighted by notional, with lots still open as censored: expectation-maximization. */
export function fitLots(lots: readonly Lot[], start: ExitLaw): ExitLaw {
  let law = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = improved(law, lots);
    const moved = next.ratesPerHour.map((rate, r) => Math.abs(Math.log(rate / law.ratesPerHour[r]!)));
    law = next;
    if (Math.max(...moved) < STILL) break;
  }
  return sorted(law);
}

function improved({ ratesPerHour, weights }: ExitLaw, lots: readonly Lot[]): ExitLaw {
  const held = ratesPerHour.map(() => 0);
  const closed = ratesPerHour.map(() => 0);
  const exposed = ratesPerHour.map(() => 0);
  for (const { hours, notional, isClosed } of lots) {
    const age = Math.max(hours, LEAST_HOURS);
    const shares = ratesPerHour.map((rate, r) => weights[r]! * Math.exp(-rate * age) * (isClosed ? rate : 1));
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (!(total > 0)) continue;
    for (const [r, share] of shares.entries()) {
      const part = (notional * share) / total;
      held[r]! += part;
      closed[r]! += isClosed ? part : 0;
      exposed[r]! += part * age;
    }
  }
  const all = held.reduce((sum, value) => sum + value, 0);
  return {
    ratesPerHour: closed.map((value, r) => Math.max(SLOWEST, value / exposed[r]!)),
    weights: held.map((value) => value / all),
  };
}
