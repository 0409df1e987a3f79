import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCORE_WORLDS, createScoreMarket, trueDensity, type MarketTruth, type VenueTruth } from '../src/index.js';
import { must } from './market-kit.js';

const SIDES = ['long', 'short'] as const;
const HOUR = 3_600_000;

function checkVenue({ agentSteps, hedgerSteps, openInterestSteps, positions, stepsPerUnit, mark }: VenueTruth): void {
  for (const side of SIDES) {
    const listed = positions.filter((position) => position.side === side);
    const steps = listed.reduce((sum, { size }) => sum + Math.round(size * stepsPerUnit), 0);
    must(steps === agentSteps[side], `positions hold ${steps} steps ${side}, the accounts ${agentSteps[side]}`);
    must(agentSteps[side] + hedgerSteps[side] === openInterestSteps, `${side} is not the open interest`);
  }
  for (const { side, size, liquidationPrice, isNetted, pieces } of positions) {
    must(!(isNetted && liquidationPrice !== undefined), 'a netted position has a liquidation price');
    if (liquidationPrice === undefined) continue;
    must(side === 'long' ? liquidationPrice < mark : liquidationPrice > mark, `a ${side} outlived its price`);
    if (pieces === undefined) continue;
    must(pieces[0]!.price === liquidationPrice, 'the first piece does not go at the liquidation price');
    must(pieces.reduce((sum, piece) => sum + piece.size, 0) <= size * (1 + 1e-12), 'pieces exceed their position');
    pieces.forEach(({ price }, i) => {
      const isFurther = i === 0 || (side === 'long' ? price < pieces[i - 1]!.price : price > pieces[i - 1]!.price);
      must(isFurther, 'a later piece goes before an earlier one');
    });
  }
}

function checkChange(before: VenueTruth, after: VenueTruth): void {
  for (const side of SIDES) {
    const change = (kind: 'opened' | 'closed' | 'forced'): number =>
      after.turnoverSteps[kind][side] - before.turnoverSteps[kind][side];
    const net = change('opened') - change('closed') - change('forced');
    must(after.openInterestSteps - before.openInterestSteps === net, `the change of ${side} does not reconcile`);
  }
}

function checkForced({ forcedCloses, forcedCount, venues }: MarketTruth): void {
  expect(forcedCloses.length).toBe(forcedCount);
  for (const { venue, turnoverSteps, stepsPerUnit } of venues) {
    for (const side of SIDES) {
      const closes = forcedCloses.filter((close) => close.venue === venue && close.side === side);
      const steps = closes.reduce((sum, { size }) => sum + Math.round(size * stepsPerUnit), 0);
      expect(steps).toBe(turnoverSteps.forced[side]);
      for (const { mark, liquidationPrice, isNetted } of closes) {
        must(side === 'long' ? mark <= liquidationPrice : mark >= liquidationPrice, 'a close before its price');
        must(!isNetted, 'a netted position was closed by force');
      }
    }
  }
}

function checkDensity(truth: MarketTruth): void {
  const edges = Float64Array.of(0, Number.MAX_VALUE);
  for (const { venue, positions, openInterest } of truth.venues) {
    const density = trueDensity(truth, { edges, unit: 'contract', venue });
    for (const side of SIDES) {
      const reachable = positions.filter(
        (position) => position.side === side && position.liquidationPrice !== undefined,
      );
      const size = reachable.reduce((sum, position) => sum + position.size, 0);
      must(density[side][0]! <= size * (1 + 1e-9), 'the density holds more than the positions');
      must(density[side][0]! <= openInterest, 'the density holds more than the open interest');
      if (reachable.every(({ pieces }) => pieces === undefined)) expect(density[side][0]).toBeCloseTo(size, 6);
    }
  }
}

test.each(SCORE_WORLDS.map(({ name }) => name))(
  '%s: positions, forced closes and accounts reconcile to the unit',
  (world) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom('BTCUSDT', 'ETHUSDT', 'SOLUSDT'),
        (seed, symbol) => {
          const market = createScoreMarket({ world, seed, symbol, days: 0.25, feed: 'none', population: 300 });
          let before = market.truth();
          before.venues.forEach(checkVenue);
          for (let hour = 1; hour <= 6; hour++) {
            market.advance(market.startTime + hour * HOUR);
            const after = market.truth();
            after.venues.forEach((venue, i) => {
              checkVenue(venue);
              checkChange(before.venues[i]!, venue);
            });
            before = after;
          }
          checkForced(before);
          checkDensity(before);
        },
      ),
      { numRuns: 3 },
    );
  },
);
