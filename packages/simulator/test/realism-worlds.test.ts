import { expect, test } from 'vitest';
import { SCORE_WORLDS } from '../src/index.js';
import { measureWorld, printWorldFigures, type WorldFigures } from './world-figures.js';

/** Seeds to look at and days of each: `WORLD_SEEDS=6 WORLD_DAYS=6` for seeds 1 to 6. Seeds from 101 on are for scoring alone and are never looked at. */
const COUNT = Math.min(100, Number(process.env.WORLD_SEEDS ?? 1));
const DAYS = Number(process.env.WORLD_DAYS ?? 2);

test('score worlds turn open interest over 5 to 60 times a day and liquidate 1 to 10 % of it', () => {
  const figures: WorldFigures[] = [];
  for (const { name: world } of SCORE_WORLDS) {
    for (let seed = 1; seed <= COUNT; seed++) figures.push(measureWorld({ world, seed, days: DAYS }));
  }
  printWorldFigures(figures);
  for (const { world, seed, turnoverPerDay, liquidatedPerDay } of figures) {
    expect(turnoverPerDay, `${world}, seed ${seed}`).toBeGreaterThan(5);
    expect(turnoverPerDay, `${world}, seed ${seed}`).toBeLessThan(60);
    expect(liquidatedPerDay, `${world}, seed ${seed}`).toBeGreaterThan(0.01);
    expect(liquidatedPerDay, `${world}, seed ${seed}`).toBeLessThan(0.1);
  }
}, 600_000);
