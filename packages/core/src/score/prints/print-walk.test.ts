import { describe, expect, test } from 'vitest';
import { eventsOf, instrumentOf } from '../../../test/market.js';
import type { MarketEvent } from '../../model/market-event.js';
import type { Price } from '../../model/units.js';
import { addInterval } from '../baselines/level-rows.js';
import type { ScoreModel } from '../score-model.js';
import { printRank, summarizeRanks } from './print-rank.js';
import { PrintWalk } from './print-walk.js';
import { shownRate } from './shown-rate.js';

const HOUR = 3_600_000;
const PRICE = 50_000;
const on = eventsOf(instrumentOf('binance'));
const band = { edges: Float64Array.from([10, 11, 12, 13, 14]), density: Float64Array.from([1, 5, 5, 9]) };

test('a print in the fullest bin ranks 1, in the emptiest 0, ties share the middle', () => {
  expect(printRank({ time: 0, price: 13.5 }, band)).toBe(1);
  expect(printRank({ time: 0, price: 10 }, band)).toBe(0);
  expect(printRank({ time: 0, price: 11.5 }, band)).toBe(0.5);
});

test('an even map ranks every print in the middle, so it shows no skill', () => {
  expect(printRank({ time: 0, price: 10 }, { ...band, density: new Float64Array(4).fill(3) })).toBe(0.5);
});

test('a print outside the swept band is not ranked', () => {
  expect(printRank({ time: 0, price: 14 }, band)).toBeNaN();
  expect(printRank({ time: 0, price: 9 }, band)).toBeNaN();
});

test('days are the unit of certainty: prints of one day give no t', () => {
  const ranks = [0.9, 0.8, 0.7].map((rank) => ({ day: 1, rank }));
  const one = summarizeRanks(ranks);
  expect(one).toMatchObject({ prints: 3, days: 1 });
  expect(one.meanRank).toBeCloseTo(0.8, 12);
  expect(one.t).toBeNaN();
  // Daily means .8 and .6: mean .7, sd .1414, t = .2 / (.1414 / root 2) = 2.
  const two = summarizeRanks([...ranks, { day: 2, rank: 0.6 }, { day: 2, rank: Number.NaN }]);
  expect(two.prints).toBe(4);
  expect(two.t).toBeCloseTo(2, 9);
});

test('a rate with fewer than 30 cases is not told', () => {
  expect(shownRate(2 / 3, 3)).toBe('not measured yet (n = 3)');
  expect(shownRate(0.5, 29)).toBe('not measured yet (n = 29)');
  expect(shownRate(0.5, 30)).toBe('50.0 % (n = 30)');
  expect(shownRate(Number.NaN, 40)).toBe('not measured yet (n = 40)');
});

describe('a walk through recorded hours', () => {
  /** Holds longs only between 1.9 and 2.1 % below the first price, and a little everywhere. */
  const knowing = (at = 0.98): ScoreModel => ({
    name: 'knowing',
    apply: () => undefined,
    density: (edges) => {
      const long = new Float64Array(edges.length - 1).fill(1);
      addInterval(edges, PRICE * (at - 0.001), PRICE * (at + 0.001), 1_000_000, long);
      return { long, short: new Float64Array(edges.length - 1).fill(1) };
    },
  });
  const day = (start: number): readonly MarketEvent[] => [
    on.mark(start, PRICE),
    on.openInterest(start, 1_000),
    on.mark(start + HOUR, PRICE),
    on.mark(start + HOUR + 60_000, PRICE * 0.96),
    { ...on.liquidation(start + HOUR + 61_000, 0, PRICE * 0.98), priceKind: 'fill' } as MarketEvent,
    on.mark(start + HOUR + 120_000, PRICE),
    on.mark(start + 2 * HOUR, PRICE),
  ];
  const walked = (model: ScoreModel, ...events: readonly MarketEvent[]) => {
    const walk = new PrintWalk(model);
    for (const event of [on.listed(), ...events]) walk.apply(event);
    return walk.summary();
  };

  test('a map that knows the place ranks its prints first, the mirrored one does not', () => {
    const { map, mirrored, earlier, windows } = walked(knowing(), ...day(0));
    expect(windows).toBe(1);
    expect(map.prints).toBe(1);
    expect(map.meanRank).toBeGreaterThan(0.95);
    expect(mirrored.meanRank).toBe(0.5);
    expect(earlier.prints).toBe(0);
  });

  test('a map of an earlier day is judged from the second day on', () => {
    const { earlier, map } = walked(knowing(), ...day(0), ...day(24 * HOUR));
    expect(map.days).toBe(2);
    expect(earlier.prints).toBe(1);
  });

  test('a map of the same day is no placebo', () => {
    const { earlier, map } = walked(knowing(), ...day(0), ...day(3 * HOUR));
    expect(map.prints).toBe(2);
    expect(earlier.prints).toBe(0);
  });

  test('the map is fixed before the hour: what the model learns within it does not count', () => {
    let heard = 0;
    const late: ScoreModel = {
      name: 'late',
      apply: (event) => {
        if (event.kind === 'liquidation') heard++;
      },
      density: (edges) => knowing(heard > 0 ? 0.98 : 0.97).density(edges),
    };
    // The print is the very first that is heard of its hour.
    const [mark, report, , dip, print, ...rest] = day(0);
    const early = { ...print!, seenTime: dip!.seenTime } as MarketEvent;
    const { map } = walked(late, mark!, report!, early, dip!, ...rest);
    expect(map.prints).toBe(1);
    expect(map.meanRank).toBeLessThan(0.9);
  });

  test('a print without a fill is located by the mark of its moment', () => {
    const events = day(0).map((event) =>
      event.kind === 'liquidation'
        ? { ...event, priceKind: 'bankruptcy' as const, price: (PRICE * 0.9) as Price }
        : event,
    );
    // The mark stands at 0.96 then, where the map holds next to nothing.
    expect(walked(knowing(), ...events).map.meanRank).toBeLessThan(0.6);
    expect(walked(knowing(0.9601), ...events).map.meanRank).toBeGreaterThan(0.9);
  });

  test('without open interest no hour is judged', () => {
    const events = day(0).filter(({ kind }) => kind !== 'open-interest');
    expect(walked(knowing(), ...events)).toMatchObject({ windows: 0, map: { prints: 0 } });
  });

  test('volume: what the map held on the way against what was printed', () => {
    const { flow } = walked(knowing(), ...day(0));
    expect(flow.windows).toBe(1);
    // 1,000,040 USD on the way, 2 coins printed at 0.98 of the price.
    expect(flow.ratioMedian).toBeCloseTo(1_000_040 / (2 * PRICE * 0.98), 3);
  });
});
