import { expect, test } from 'vitest';
import { ASSETS, createMarket } from '../src/index.js';
import { START } from './market-kit.js';
import { measureMarket, type MarketFigures } from './market-figures.js';

const SEEDS = [1, 2, 3, 4, 5, 6];
const DAYS = 3;

test('drawn worlds turn open interest over 5 to 60 times a day and liquidate 1 to 10 % of it, 6 fixed seeds', () => {
  const figures: MarketFigures[] = SEEDS.map((seed, i) =>
    measureMarket(
      {
        seed,
        symbol: ASSETS[i % ASSETS.length]!.symbol,
        startTime: START,
        history: { durationMs: DAYS * 86_400_000, stepMs: 30_000 },
      },
      DAYS,
    ),
  );
  console.table(
    figures.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'number' ? Number(value.toPrecision(3)) : value,
        ]),
      ),
    ),
  );
  for (const { turnoverPerDay, liquidatedPerDay, sweepsPerDay, openInterestRatio } of figures) {
    expect(turnoverPerDay).toBeGreaterThan(5);
    expect(turnoverPerDay).toBeLessThan(60);
    expect(liquidatedPerDay).toBeGreaterThan(0.01);
    expect(liquidatedPerDay).toBeLessThan(0.1);
    expect(sweepsPerDay).toBeGreaterThanOrEqual(0.5);
    expect(Math.abs(Math.log(openInterestRatio))).toBeLessThan(0.5);
  }
}, 120_000);

test('a market begins near the open interest of its asset and stays within memory', () => {
  const market = createMarket({
    seed: 1,
    symbol: 'BTCUSDT',
    startTime: START,
    history: { durationMs: 86_400_000, stepMs: 60_000 },
  });
  const { openInterest, positions } = market.truth().venues[0]!;
  expect(openInterest / 80_000).toBeGreaterThan(0.6);
  expect(openInterest / 80_000).toBeLessThan(1.6);
  market.advance(market.liveFrom);
  const end = market.truth();
  expect(end.venues[0]!.positions.length).toBeLessThan(3 * positions.length);
  expect(end.forcedCloses.length).toBeLessThanOrEqual(20_000);
});

test('several market hours a second: prints the speed of live seconds and of history', () => {
  const market = createMarket({ seed: 2, symbol: 'BTCUSDT', startTime: START });
  market.advance(market.time + 300_000);
  const began = performance.now();
  let events = 0;
  for (const event of market.events(market.time + 3_600_000)) events += event.kind === 'tick' ? 0 : 1;
  const liveSeconds = (performance.now() - began) / 1000;
  const past = createMarket({ seed: 2, symbol: 'BTCUSDT', startTime: START, history: { durationMs: 21_600_000 } });
  const begun = performance.now();
  past.advance(past.liveFrom);
  const pastSeconds = (performance.now() - begun) / 1000;
  console.info(
    `simulator: live ${(1 / liveSeconds).toFixed(1)} market hours a second (${events} events an hour), history ${(6 / pastSeconds).toFixed(0)} market hours a second at 10 s steps`,
  );
  expect(events).toBeGreaterThan(15_000);
  // A quarter of an hour a second would mean a broken algorithm, not a busy machine.
  expect(1 / liveSeconds).toBeGreaterThan(0.25);
});

test('presets do what their names say: calm liquidates least, a crash falls by 4 % or more', () => {
  const day = { durationMs: 86_400_000, stepMs: 30_000 };
  const calm = measureMarket({ seed: 'calm-1', symbol: 'BTCUSDT', startTime: START, history: day }, 1);
  const trending = measureMarket({ seed: 'trending-1', symbol: 'BTCUSDT', startTime: START, history: day }, 1);
  expect(calm.liquidatedPerDay).toBeLessThan(trending.liquidatedPerDay);
  for (const seed of ['crash-1', 'crash-7']) {
    const market = createMarket({ seed, symbol: 'BTCUSDT', startTime: START, book: false });
    let [high, deepest] = [0, 0];
    for (const event of market.events(START + 130 * 60_000)) {
      if (event.kind !== 'mark') continue;
      high = Math.max(high, event.price);
      deepest = Math.max(deepest, 1 - event.price / high);
    }
    expect(deepest).toBeGreaterThan(0.04);
  }
}, 60_000);
