import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DISTANCE_CLASSES, MEASURED_DISTANCES, MEASURED_EXITS, SeededRandom } from '@liquidation-heatmap/core';
import { describe, expect, test } from 'vitest';
import { recordingPath } from '../recordings.js';
import { distancePriors } from './distance-priors.js';
import { knotsBeyond, knotsOfLeverage, sharesOfKnots } from './distance-shares.js';
import { logHazardError, meanHazard, survivalAfter, type ExitLaw } from './exit-law.js';
import { fit2023, fitFills } from './exit-priors.js';
import { fitHazards } from './fit-hazards.js';
import { fitLots } from './fit-lots.js';
import { hazardByAge } from './hazard-by-age.js';
import { matchLots, type Lot } from './match-lots.js';
import { HAZARDS_2023 } from './published-inputs.js';
import { readFills, type Fill } from './read-fills.js';

const fills = recordingPath('estimation/hyperliquid_4accounts_fills_2024-09_2025-05.csv.gz');

function measured<Kind extends { readonly id: string }>(list: readonly Kind[], id: string): Kind {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No ${id}`);
  return found;
}

function drawnLots(law: ExitLaw, count: number, endHours: number): readonly Lot[] {
  const random = new SeededRandom(7);
  return Array.from({ length: count }, (_, i) => {
    let r = 0;
    for (let left = random.next(); r < law.weights.length - 1 && left > law.weights[r]!; r++) left -= law.weights[r]!;
    const hours = random.exponential(1 / law.ratesPerHour[r]!);
    const isClosed = hours < endHours;
    return {
      account: 'a',
      openedMinute: i * 60,
      hours: Math.min(hours, endHours),
      notional: 1 + random.next(),
      isClosed,
    };
  });
}

describe('distance priors', () => {
  test.each(distancePriors())('the data file holds what the tool computes: $id', ({ id, classes, outOfReach }) => {
    const written = measured(MEASURED_DISTANCES, id);
    expect(written.classes).toHaveLength(DISTANCE_CLASSES.length);
    for (const [k, share] of classes.entries()) expect(written.classes[k]).toBeCloseTo(share, 4);
    expect(written.outOfReach).toBeCloseTo(outOfReach, 4);
    const total = written.classes.reduce((sum, share) => sum + share, written.outOfReach);
    expect(Math.abs(total - 1)).toBeLessThan(1e-3);
  });

  test('a share published up to a class edge is the sum of the classes up to it', () => {
    const { classes } = sharesOfKnots([
      { distance: 0.006, nearer: 0.1 },
      { distance: 0.085, nearer: 0.6 },
      { distance: 0.25, nearer: 0.9 },
    ]);
    const upTo = (k: number) => classes.slice(0, k).reduce((sum, share) => sum + share, 0);
    expect(upTo(1)).toBeCloseTo(0.1, 12);
    expect(upTo(9)).toBeCloseTo(0.6, 12);
    expect(upTo(12)).toBeCloseTo(0.9, 12);
  });

  test('leverage above a percentile is distance below its knot, and the log-normal goes on through its percentiles', () => {
    const percentiles = [
      { below: 0.25, leverage: 5 },
      { below: 0.5, leverage: 10 },
    ];
    const knots = knotsOfLeverage(percentiles, 0.01);
    expect(knots).toEqual([
      { distance: 1 / 10 - 0.01, nearer: 0.5 },
      { distance: 1 / 5 - 0.01, nearer: 0.75 },
    ]);
    const [again] = knotsBeyond(percentiles, 0.01, [0.19]);
    expect(again?.nearer).toBeCloseTo(0.75, 6);
  });
});

describe('exit priors', () => {
  const law: ExitLaw = { ratesPerHour: [6, 0.3, 0.01], weights: [0.5, 0.3, 0.2] };

  test('the hazard of one exponential is its rate at every age', () => {
    const plain: ExitLaw = { ratesPerHour: [0.2], weights: [1] };
    expect(meanHazard(plain, 0, 5)).toBeCloseTo(0.2, 12);
    expect(meanHazard(plain, 30, 31)).toBeCloseTo(0.2, 12);
    expect(survivalAfter(plain, 5)).toBeCloseTo(Math.exp(-1), 12);
  });

  test('least squares on log hazard finds the law whose hazards it is given', () => {
    const table = HAZARDS_2023.map((age) => ({ ...age, perHour: meanHazard(law, age.fromHours, age.toHours) }));
    const fitted = fitHazards(table, { ratesPerHour: [20, 1, 0.05], weights: [0.4, 0.4, 0.2] });
    expect(logHazardError(fitted, table)).toBeLessThan(1e-3);
    for (const r of [0, 1, 2])
      expect(Math.abs(Math.log(fitted.ratesPerHour[r]! / law.ratesPerHour[r]!))).toBeLessThan(0.02);
  });

  test('maximum likelihood finds the law that lots were drawn from, lots still open included', () => {
    const fitted = fitLots(drawnLots(law, 5_000, 100), { ratesPerHour: [20, 1, 0.05], weights: [0.4, 0.4, 0.2] });
    for (const r of [0, 1, 2]) {
      expect(Math.abs(Math.log(fitted.ratesPerHour[r]! / law.ratesPerHour[r]!))).toBeLessThan(0.25);
      expect(Math.abs(fitted.weights[r]! - law.weights[r]!)).toBeLessThan(0.04);
    }
  });

  test('the hazards of lots are those of the law they were drawn from, inside their bands', () => {
    for (const age of hazardByAge(drawnLots(law, 8_000, 200), 3).filter(({ closedLots }) => closedLots >= 200)) {
      const expected = meanHazard(law, age.fromHours, age.toHours);
      expect(Math.abs(Math.log(age.perHour / expected))).toBeLessThan(0.15);
      expect(age.low).toBeLessThanOrEqual(age.perHour);
      expect(age.high).toBeGreaterThanOrEqual(age.perHour);
    }
  });

  test('a close takes the oldest lots of its account, coin and side first; what is left open is censored', () => {
    const fill = (minute: number, part: Partial<Fill>): Fill => ({
      account: 'a',
      coin: 'BTC',
      minute,
      price: 100,
      closes: undefined,
      opens: undefined,
      ...part,
    });
    const long = (size: number) => ({ side: 'long' as const, size });
    const { lots, unmatchedUsd } = matchLots([
      fill(0, { opens: long(1) }),
      fill(60, { opens: long(1) }),
      fill(60, { coin: 'ETH', opens: long(9) }),
      fill(120, { closes: long(1.5) }),
      fill(180, { closes: { side: 'short', size: 2 } }),
    ]);
    expect(lots.map(({ hours, notional, isClosed }) => [hours, notional, isClosed])).toEqual([
      [2, 100, true],
      [1, 50, true],
      [2, 50, false],
      [2, 900, false],
    ]);
    expect(unmatchedUsd).toBe(200);
  });

  test('a file without the columns is refused by naming them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'priors-'));
    try {
      const path = join(folder, 'fills.csv.gz');
      writeFileSync(path, gzipSync('a,b\n1,2\n'));
      expect(() => readFills(path)).toThrow('must have the columns Account, Coin');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('the data file holds the fit of the 2023 table, which is closer to it than the law of the engine', () => {
    const written = measured(MEASURED_EXITS, 'hyperliquid-lots-2023');
    const fit = fit2023();
    expect(written.hazards).toEqual(HAZARDS_2023.map(({ perHour }) => perHour));
    for (const r of written.weights.keys()) {
      expect(Math.abs(written.ratesPerHour[r]! / fit.law.ratesPerHour[r]! - 1)).toBeLessThan(0.01);
      expect(Math.abs(written.weights[r]! - fit.law.weights[r]!)).toBeLessThan(0.001);
    }
    expect(logHazardError(written, HAZARDS_2023)).toBeLessThan(0.1);
    expect(fit.engineError).toBeGreaterThan(0.8);
  });

  const skip = 'skipReason' in fills ? fills.skipReason : undefined;
  test.skipIf(skip !== undefined)(
    `the data file holds what the fills of four accounts show${skip ? ` (${skip})` : ''}`,
    () => {
      if (!('path' in fills)) return;
      const written = measured(MEASURED_EXITS, 'hyperliquid-fills-2025');
      const fit = fitFills(fills.path, fit2023().law);
      for (const [k, { perHour }] of fit.hazards.entries())
        expect(Math.abs(written.hazards[k]! / perHour - 1)).toBeLessThan(0.01);
      for (const r of written.weights.keys()) {
        expect(Math.abs(written.ratesPerHour[r]! / fit.law.ratesPerHour[r]! - 1)).toBeLessThan(0.01);
        expect(Math.abs(written.weights[r]! - fit.law.weights[r]!)).toBeLessThan(0.001);
      }
      expect(fit.laterHalf.fitted - fit.laterHalf.engine).toBeLessThan(0.01);
    },
    60_000,
  );
});
