import { describe, expect, test } from 'vitest';
import { ClusterSession as Session, HILL } from '../../test/cluster-session.js';
import { middleOf, type SyntheticExposure } from '../../test/synthetic-exposure.js';
import { priceAtPosition } from '../grid/price-lattice.js';
import type { UnixMs } from '../model/units.js';
import { ClusterTracker } from './track-clusters.js';

test('S46: a scripted session is told as this list and nothing else', () => {
  const session = new Session();
  const { market } = session;
  market.open('long', 1_150, ...HILL).open('short', 1_260, ...HILL);
  session.pass(20);
  // Less than half as much again is not told, from 1.5 times on it is, once.
  market.open('long', 1_150, ...HILL.map((size) => size * 0.4));
  session.pass(20);
  market.open('long', 1_150, ...HILL.map((size) => size * 0.1));
  session.pass(20);
  // Within 1 %: 46 rows above the long cluster to 8 above it; going back and forth is told once.
  market.go(1_163);
  session.pass(5);
  market.go(1_180);
  session.pass(5);
  market.go(1_163);
  session.pass(5);
  // The short cluster moves by six rows: closed here, opened there.
  for (let step = 0; step < 6; step++) {
    market.close('short', 1_260 + step, ...HILL).open('short', 1_261 + step, ...HILL);
    session.pass(2);
  }
  // A new one shines up for five seconds only.
  market.open('short', 1_300, ...HILL);
  session.pass(5);
  market.close('short', 1_300, ...HILL);
  session.pass(15);
  // The mark goes through the long cluster, and the short one is closed.
  market.go(1_140);
  session.pass(5);
  market.close('short', 1_266, ...HILL);
  session.pass(20);
  expect(session.told).toEqual([
    '10 appear long 1152',
    '10 appear short 1262',
    '40 grow long 1152',
    '60 approach long 1152',
    '83 move short 1267',
    '107 consume long 1152',
    '122 dissolve short 1268',
  ]);
  expect(session.tracker.clusters()).toEqual([]);
});

describe('the name of a cluster', () => {
  test('says instruments in any order, side, end of the column of birth and peak row at birth', () => {
    const session = new Session();
    session.second = 90;
    session.market.open('long', 1_150, ...HILL);
    session.pass(11);
    expect(session.ids).toEqual(['binance:BTCUSDT+bybit:BTCUSDT:long:120000:1152']);
    expect(session.tracker.clusters()[0]?.bornAt).toBe(90_000);
  });

  test('is never given twice, even when a cluster comes back in the same column and row', () => {
    const session = new Session({ limits: { appearMs: 1_000, dissolveMs: 1_000 } });
    session.market.open('long', 1_150, ...HILL);
    session.pass(3);
    const first = session.ids;
    session.market.close('long', 1_150, ...HILL);
    session.pass(3);
    session.market.open('long', 1_150, ...HILL);
    session.pass(3);
    expect([...first, ...session.ids]).toEqual([
      'binance:BTCUSDT+bybit:BTCUSDT:long:60000:1152',
      'binance:BTCUSDT+bybit:BTCUSDT:long:60000:1152.2',
    ]);
  });

  test('stays when the window moves, the band moves a little, and the density doubles', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    const before = session.ids;
    session.pass(3, 1_040, 320);
    for (let step = 0; step < 12; step++) {
      session.market.close('long', 1_150 - step, ...HILL).open('long', 1_149 - step, ...HILL);
      session.pass();
    }
    session.market.revise('long', 1_140, 2).revise('long', 1_141, 2);
    session.pass(2);
    expect([before.length, session.ids]).toEqual([1, before]);
  });

  test('stays with a single row that moves by one row, though no mass is shared', () => {
    const session = new Session();
    session.market.open('short', 1_250, 40_000);
    session.pass(12);
    const before = session.ids;
    session.market.close('short', 1_250, 40_000).open('short', 1_251, 40_000);
    // Longer than a cluster that is missed is kept.
    session.pass(15);
    expect(session.ids).toEqual(before);
  });

  test('stays with the larger part when a cluster splits; the other part is a new one', () => {
    const session = new Session();
    session.market.open('short', 1_250, ...new Array<number>(11).fill(20_000));
    session.pass(12);
    const [before] = session.ids;
    session.market.close('short', 1_253, 20_000, 20_000, 20_000);
    session.pass(12);
    const [small, large] = session.tracker.clusters();
    expect(large?.id).toBe(before);
    expect(small?.id).not.toBe(before);
    expect([small?.energy.p50, large?.energy.p50]).toEqual([60_000, 100_000]);
  });

  test('stays with the older when two merge, and the younger ends as merged', () => {
    const session = new Session();
    session.market.open('short', 1_250, 30_000, 30_000, 30_000);
    session.pass(5);
    session.market.open('short', 1_257, 60_000, 60_000, 60_000);
    session.pass(15);
    const [older, younger] = session.ids;
    session.market.open('short', 1_253, 60_000, 60_000, 60_000, 60_000);
    session.pass(1);
    expect(session.ids).toEqual([older]);
    expect(session.outcomes).toMatchObject([{ id: younger, end: 'dissolve', mergedInto: older, consumedShare: 0 }]);
  });
});

describe('appearing and going', () => {
  test('a cluster missed for less than ten seconds keeps its name and is not told', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    const before = session.ids;
    session.market.close('long', 1_150, ...HILL);
    session.pass(8);
    expect(session.tracker.clusters()[0]?.energy.p50).toBe(0);
    session.market.open('long', 1_150, ...HILL);
    session.pass(5);
    expect(session.ids).toEqual(before);
    expect(session.told).toEqual(['10 appear long 1152']);
  });

  test('dissolving tells the cluster as it was when it was last found', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    const [before] = session.tracker.clusters();
    session.market.close('long', 1_150, ...HILL);
    session.pass(15);
    const last = session.tracker.changes(11_000 as UnixMs);
    expect(last).toMatchObject([{ kind: 'dissolve', seenTime: 22_000 }]);
    expect({ ...last[0]?.cluster }).toEqual({ ...before });
  });

  test('with moments five minutes apart a cluster is told at the second', () => {
    const { market, tracker } = new Session();
    market.open('long', 1_150, ...HILL);
    expect(tracker.update(market.moment(0)).changes).toEqual([]);
    expect(tracker.update(market.moment(300_000)).changes.map(({ kind }) => kind)).toEqual(['appear']);
  });

  test('a jump through several clusters consumes each of them, and not the one beyond', () => {
    const session = new Session();
    for (const row of [1_050, 1_100, 1_150]) session.market.open('long', row, ...HILL);
    session.pass(12);
    session.market.go(1_080);
    session.pass();
    expect(session.told.slice(3)).toEqual(['12 consume long 1102', '12 consume long 1152']);
    expect(session.outcomes.map(({ consumedShare, touchedAt }) => [consumedShare, touchedAt])).toEqual([
      [1, 12_000],
      [1, 12_000],
    ]);
    expect(session.ids).toHaveLength(1);
  });

  test('S21: a wick that comes back leaves no cluster standing where the mark was', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    session.market.go(1_140).go(1_200);
    session.pass();
    expect(session.told.at(-1)).toBe('12 consume long 1152');
    expect(session.ids).toEqual([]);
  });

  test('with the mark inside, the rest of a band keeps its name until it is gone', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...new Array<number>(8).fill(30_000));
    session.pass(12);
    const before = session.ids;
    session.market.go(1_156);
    session.pass(3);
    expect(session.ids).toEqual(before);
    expect(session.tracker.clusters()[0]?.ledger).toMatchObject({ born: 240_000, swept: 60_000 });
    session.market.go(1_149);
    session.pass();
    expect(session.outcomes).toMatchObject([{ id: before[0], end: 'consume', touchedAt: 12_000, consumedShare: 1 }]);
    // Losing rows to a sweep is not a move.
    expect(session.told.filter((line) => line.includes('move'))).toEqual([]);
  });

  test('nothing is told before there is a mark, and time may not go back', () => {
    const { market, tracker } = new Session();
    const moment = market.moment(5_000);
    expect(tracker.update({ ...moment, mark: Number.NaN as typeof moment.mark })).toEqual({
      changes: [],
      outcomes: [],
    });
    tracker.update(moment);
    expect(() => tracker.update(market.moment(4_999))).toThrow('moment.time must not decrease, was 4999 after 5000');
    const uneven = { ...market.moment(6_000), long: { ...moment.long, swept: new Float64Array(3) } };
    expect(() => tracker.update(uneven)).toThrow('moment.long must hold vectors of one length');
    expect(() => new ClusterTracker({ instruments: [], limits: { growFactor: 0.5 } })).toThrow(RangeError);
  });
});

describe('what a cluster says of itself', () => {
  test('S14, S62, S65: energy is a range, mass has an age, and venues are split', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL);
    session.pass(12);
    expect(session.tracker.clusters()[0]).toMatchObject({
      low: priceAtPosition(1_151),
      high: priceAtPosition(1_154),
      peak: middleOf(1_152),
      energy: { p10: 35_000, p50: 70_000, p90: 140_000 },
      peakEnergy: 70_000,
      isUncertain: false,
      meanAgeMs: 61_000,
      oldestAgeMs: 601_000,
      venues: [
        { part: 'binance', share: 0.75 },
        { part: 'bybit', share: 0.25 },
      ],
    });
  });

  test('detail is asked for only of clusters that are told, and not at every moment', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...HILL).open('short', 1_250, ...HILL);
    session.pass(10);
    expect(session.market.detailCalls).toBe(0);
    session.pass(30);
    expect(session.market.detailCalls).toBe(6);
    session.tracker.clusters();
    expect(session.market.detailCalls).toBe(6);
  });

  test('the ledger says where every dollar went', () => {
    const session = new Session();
    session.market.open('long', 1_150, 30_000, 30_000, 30_000);
    session.pass(12);
    session.market.open('long', 1_151, 20_000).close('long', 1_150, 5_000).print('long', 1_152, 700);
    session.pass();
    session.market.revise('long', 1_151, 0.9);
    session.pass();
    session.market.go(1_152);
    session.pass();
    const [cluster] = session.tracker.clusters();
    expect(cluster?.ledger).toEqual({
      born: 90_000,
      opened: 20_000,
      closed: 5_000,
      swept: 30_000,
      printed: 700,
      faded: 5_000,
    });
    expect(cluster?.energy.p50).toBe(70_000);
  });

  test('S53: prints of a throttled feed and a fall of open interest count for consumption', () => {
    const consumedWith = (prepare: (market: SyntheticExposure) => void): number | undefined => {
      const session = new Session();
      session.market.open('long', 1_150, 30_000, 30_000, 30_000, 30_000);
      session.pass(12);
      session.market.close('long', 1_150, 30_000, 30_000, 30_000);
      prepare(session.market);
      session.market.go(1_149);
      session.pass();
      return session.outcomes[0]?.consumedShare;
    };
    expect(consumedWith(() => undefined)).toBe(0.25);
    expect(
      consumedWith((market) => {
        market.print('long', 1_151, 20_000);
        market.feedGain = 1 / 3;
      }),
    ).toBe(0.5);
    expect(consumedWith((market) => (market.openInterestFall = 90_000))).toBe(0.75);
  });

  test('S70: the moves of the mark after a touch are noted while the cluster stands', () => {
    const session = new Session();
    session.market.open('long', 1_150, ...new Array<number>(20).fill(30_000));
    session.pass(12);
    session.market.go(1_169);
    session.pass(60);
    session.market.go(1_165);
    session.pass(1);
    session.market.go(1_149);
    session.pass(1);
    const [outcome] = session.outcomes;
    expect(outcome?.touchedAt).toBe(12_000);
    expect(outcome?.moves.map(({ afterMs }) => afterMs / 60_000)).toEqual([1, 5, 15, 60]);
    expect(outcome?.moves[0]?.move).toBeCloseTo(4 * Math.log(1.001), 12);
    expect(outcome?.moves[1]?.move).toBeUndefined();
  });
});
