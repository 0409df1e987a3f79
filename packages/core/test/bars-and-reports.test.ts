import { expect, test } from 'vitest';
import {
  CELL_BYTES,
  WINDOW_ROWS,
  createEngine,
  priceAtPosition,
  valueOfCode,
  type DurationMs,
  type MarketEvent,
  type UnixMs,
} from '../src/index.js';
import { eventsOf, instrumentOf, START } from './market.js';

const MINUTE = 60_000;
const venue = eventsOf(instrumentOf('binance'));
const priceOf = (k: number): number => 60_000 + 10 * k;

/** A past as venues tell it: a candle a minute, open interest every fifth, both of one moment, in either order. */
function pastOf(isReportFirst: boolean): readonly MarketEvent[] {
  return Array.from({ length: 15 }, (_, i) => {
    const k = i + 1;
    const at = k * MINUTE;
    const bar = venue.bar(at, MINUTE, [priceOf(k - 1), priceOf(k), priceOf(k - 1), priceOf(k)], 100);
    const reports = k % 5 === 0 ? [venue.openInterest(at, 80_000 + k)] : [];
    return isReportFirst ? [...reports, bar] : [bar, ...reports];
  }).flat();
}

test.each([
  ['before', true],
  ['after', false],
])('S11: a candle stands in the column that it closes, with a report of its moment %s it', (_, isReportFirst) => {
  for (const widthMs of [MINUTE, 5 * MINUTE]) {
    const resolutions = [widthMs as DurationMs];
    const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], resolutions });
    for (const event of [venue.listed(), ...pastOf(isReportFirst)]) engine.apply(event);
    const heads = engine.frame().tiles.flatMap(({ heads }) => heads);
    expect(heads).toHaveLength((15 * MINUTE) / widthMs);
    for (const { endTime, close } of heads) expect(close).toBe(priceOf((endTime - START) / MINUTE));
  }
});

test('columns before anything stood do not spoil the ones after them', () => {
  // Open interest before any price: the stock waits for the second report, and four columns hold nothing.
  const events = [venue.listed(), venue.openInterest(30_000, 80_000), ...pastOf(true)];
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], resolutions: [MINUTE as DurationMs] });
  for (const event of events) engine.apply(event);
  const edges = Float64Array.from({ length: 41 }, (_, i) => 50_000 + 500 * i);
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
  let compared = 0;
  for (const tile of engine.frame().tiles)
    tile.heads.forEach((head, column) => {
      if (head.isOpen) return;
      const layers = engine.densityAt((head.endTime - 1) as UnixMs, edges)!;
      const { originRow } = tile;
      let shown = 0;
      for (let row = 0; row < WINDOW_ROWS; row++) {
        const price = priceAtPosition(originRow + row + 0.5);
        if (price < 50_000 || price >= 70_000) continue;
        const at = (column * WINDOW_ROWS + row) * CELL_BYTES;
        shown += valueOfCode(tile.cells[at]!, tile) + valueOfCode(tile.cells[at + 1]!, tile);
      }
      const stands = sum(layers.long) + sum(layers.short);
      if (stands === 0) return void expect(shown).toBe(0);
      compared += 1;
      expect(shown / stands).toBeGreaterThan(0.95);
      expect(shown / stands).toBeLessThan(1.05);
    });
  expect(compared).toBeGreaterThan(5);
});
