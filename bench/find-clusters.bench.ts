/** One search of both sides, 2 x 640 rows, and one step of the tracker: the engine does both once a second. */
import {
  ClusterTracker,
  DEFAULT_LIMITS,
  findBothSides,
  priceAtPosition,
  SeededRandom,
  WINDOW_ROWS,
  type ClusterDetail,
  type ClusterMoment,
  type ClusterRows,
} from '@liquidation-heatmap/core';
import { cpuMs, shownSpread, spreadOf } from './spread.js';

const ROUNDS = 9;
const CALLS = 500;
const ORIGIN = 110_000;

/** Hills of all widths under noise of a deviation: more peaks than a real density has. */
function rowsOf(random: SeededRandom): ClusterRows {
  const p50 = new Float64Array(WINDOW_ROWS);
  for (let hill = 0; hill < 60; hill++) {
    const [middle, width, height] = [random.integer(WINDOW_ROWS), 1 + random.integer(12), 1e6 * random.next()];
    for (let i = 0; i < WINDOW_ROWS; i++) p50[i]! += height * Math.exp(-(((i - middle) / width) ** 2));
  }
  const deviation = p50.map((size) => 2e4 + size * 0.1);
  for (let i = 0; i < WINDOW_ROWS; i++) p50[i] = Math.max(0, p50[i]! + deviation[i]! * random.normal());
  const nothing = new Float64Array(WINDOW_ROWS);
  const detail: ClusterRows['detail'] = () =>
    ({ p10: 1, p50: 2, p90: 4, meanAgeMs: 0, oldestAgeMs: 0, venues: [], classes: [] }) as unknown as ClusterDetail;
  return {
    originRow: ORIGIN,
    p50,
    deviation,
    opened: nothing,
    swept: nothing,
    closed: nothing,
    printed: nothing,
    detail,
  } as unknown as ClusterRows;
}

const random = new SeededRandom(1);
const mark = priceAtPosition(ORIGIN + WINDOW_ROWS / 2);
const moments = Array.from({ length: 20 }, () => {
  const figures = {
    mark,
    markLow: mark,
    markHigh: mark,
    openInterest: 1e8,
    medianTrade: 0,
    openInterestFall: 0,
    feedGain: 1,
  };
  // Both sides on all rows: the mark at the far end of each leaves every row to search.
  const long = { ...rowsOf(random), originRow: ORIGIN - WINDOW_ROWS / 2 };
  const short = { ...rowsOf(random), originRow: ORIGIN + WINDOW_ROWS / 2 };
  return { time: 0, ...figures, long, short } as unknown as ClusterMoment;
});
const perCall = async (act: (call: number) => void): Promise<readonly number[]> => {
  const values: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const spent = await cpuMs(() => {
      for (let call = 0; call < CALLS; call++) act(call);
    });
    // The first round compiles.
    if (round > 0) values.push((1_000 * spent) / CALLS);
  }
  return values;
};

let found = 0;
const search = await perCall((call) => {
  const { long, short } = findBothSides(moments[call % moments.length]!, DEFAULT_LIMITS);
  found = long.length + short.length;
});
console.log(`search, 2 x ${WINDOW_ROWS} rows, ${found} clusters: ${shownSpread(spreadOf(search), 'CPU us')}`);

const tracker = new ClusterTracker({ instruments: ['binance:BTCUSDT'] });
let second = 0;
const step = await perCall(() => {
  tracker.update({ ...moments[0]!, time: (second++ * 1_000) as ClusterMoment['time'] });
});
console.log(`step of the tracker, ${tracker.clusters().length} clusters: ${shownSpread(spreadOf(step), 'CPU us')}`);
console.log(`state as JSON: ${JSON.stringify(tracker.state()).length} bytes`);
