import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarket, type MarketTruth, type VenueTruth } from '../src/index.js';
import { anyMarket, must } from './market-kit.js';

const SIDES = ['long', 'short'] as const;

function checkAccounts(venue: VenueTruth): void {
  const { agentSteps, hedgerSteps, openInterestSteps, turnoverSteps, positions, stepsPerUnit } = venue;
  for (const side of SIDES) {
    const listed = positions.filter((position) => position.side === side);
    expect(listed.reduce((sum, { size }) => sum + Math.round(size * stepsPerUnit), 0)).toBe(agentSteps[side]);
    expect(agentSteps[side] + hedgerSteps[side]).toBe(openInterestSteps);
    expect(Number.isSafeInteger(turnoverSteps.opened[side])).toBe(true);
  }
}

function checkChange(before: VenueTruth, after: VenueTruth): void {
  for (const side of SIDES) {
    const [opened, closed, forced] = (['opened', 'closed', 'forced'] as const).map(
      (kind) => after.turnoverSteps[kind][side] - before.turnoverSteps[kind][side],
    ) as [number, number, number];
    expect(Math.min(opened, closed, forced)).toBeGreaterThanOrEqual(0);
    expect(after.openInterestSteps - before.openInterestSteps).toBe(opened - closed - forced);
  }
}

function checkSurvivors(truth: MarketTruth): void {
  for (const { mark, positions } of truth.venues) {
    for (const { side, liquidationPrice } of positions) {
      if (liquidationPrice === undefined) continue;
      must(
        side === 'long' ? liquidationPrice < mark : liquidationPrice > mark,
        `a ${side} at ${liquidationPrice} survived the mark ${mark}`,
      );
    }
  }
}

test('longs, shorts and open interest are one number to the unit, and change by opens - closes - forced closes', () => {
  fc.assert(
    fc.property(
      anyMarket,
      fc.constantFrom(undefined, { durationMs: 3_600_000, stepMs: 60_000 }),
      (options, history) => {
        const market = createMarket({ ...options, ...(history === undefined ? {} : { history }) });
        let before = market.truth();
        before.venues.forEach(checkAccounts);
        for (let part = 0; part < 12; part++) {
          market.advance(market.time + (market.time < market.liveFrom ? 300_000 : 10_000));
          const after = market.truth();
          after.venues.forEach((venue, i) => {
            checkAccounts(venue);
            checkChange(before.venues[i]!, venue);
          });
          before = after;
        }
      },
    ),
    { numRuns: 12 },
  );
});

test('no position beyond its liquidation price survives a mark, and every forced close is at a mark beyond it', () => {
  let forced = 0;
  fc.assert(
    fc.property(anyMarket, (options) => {
      const market = createMarket(options);
      const begin = market.time;
      for (let second = 1; second <= 60; second++) {
        market.advance(begin + second * 1000);
        checkSurvivors(market.truth());
      }
      const { forcedCloses, forcedCount, venues } = market.truth();
      expect(forcedCloses.length).toBe(forcedCount);
      for (const { side, mark, liquidationPrice } of forcedCloses) {
        expect(side === 'long' ? mark <= liquidationPrice : mark >= liquidationPrice).toBe(true);
      }
      const steps = venues.reduce(
        (sum, { turnoverSteps }) => sum + turnoverSteps.forced.long + turnoverSteps.forced.short,
        0,
      );
      const listed = forcedCloses.reduce(
        (sum, close) => sum + Math.round(close.size * venues.find(({ venue }) => venue === close.venue)!.stepsPerUnit),
        0,
      );
      expect(listed).toBe(steps);
      forced += forcedCount;
    }),
    { numRuns: 12 },
  );
  expect(forced).toBeGreaterThan(50);
});
