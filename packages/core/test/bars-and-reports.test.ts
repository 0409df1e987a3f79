import { expect, test } from 'vitest';
import { createEngine, type DurationMs, type MarketEvent } from '../src/index.js';
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
