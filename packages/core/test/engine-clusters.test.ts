import { describe, expect, test } from 'vitest';
import {
  createEngine,
  nearestClusters,
  restoreEngine,
  type Cluster,
  type EngineOptions,
  type MarketEvent,
  type UnixMs,
} from '../src/index.js';
import {
  build,
  ENTRY,
  leverageOf,
  marks,
  opening,
  openInterestAt,
  play,
  printAt,
  TIERED,
  toldBy,
} from './cluster-market.js';
import { eventsOf, firstDifference, instrumentOf, START, withTicks } from './market.js';

const EVER = 0 as UnixMs;

/** Two minutes at the entry price, then down by 25 a second to 58,500, where price stays; open interest is zero from 320 s on. */
const priceOf = (s: number) => (s < 120 ? ENTRY : Math.max(58_500, ENTRY - (s - 120) * 25));
const SESSION: readonly MarketEvent[] = [
  ...opening(),
  ...build(),
  ...marks(0, 400, priceOf),
  printAt(155_500, 59_100, 0.5),
  // Nothing was traded, so the first report of it waits for a second.
  openInterestAt(319, 0),
  openInterestAt(320, 0),
];
const SIDES = ['long', 'short'] as const;

/** What an account says stands, and what does. */
const balanceOf = ({ ledger, energy }: Cluster) => [
  ledger.born + ledger.opened - ledger.swept - ledger.closed - ledger.faded,
  energy.p50,
];

test('S46: a session of opening, sweep and close gives this list of changes and no other', () => {
  const all = (told: string) => [
    ...['5x', '10x', '20x', '25x', '50x'].map((leverage) => `${told} long ${leverage}`),
    ...['50x', '25x', '20x', '10x', '5x'].map((leverage) => `${told} short ${leverage}`),
  ];
  expect(toldBy(play(SESSION, 400))).toEqual([
    // The first report that opens anything comes at 5.3 s; the look at 6 s finds what stood at the second, that at 16 s tells.
    ...all('16 appear'),
    // Two more reports of 250 on 750: 1.67 times as much, seen at 26 s; the next of that kind is 15 minutes away.
    ...all('26 grow'),
    // The upper edge of 50x is at 59,249 and 1 % of the mark away once that is at 59,800 or below.
    '128 approach long 50x',
    // Mark 58,850 has gone through more than half of the band, and what is left is no peak.
    '166 consume long 50x',
    // 57,961 is 1 % away from 58,500.
    '180 approach long 25x',
    // Nothing stands at the look after 320.3 s, and ten seconds later it is over for all.
    ...all('335 dissolve').filter((told) => told !== '335 dissolve long 50x'),
  ]);
});

describe('S53: the account of a cluster', () => {
  const engine = play(SESSION, 400);
  const consumed = engine.clusterOutcomes({ end: 'consume' });
  const dissolved = engine.clusterOutcomes({ end: 'dissolve' });

  test('balances at every change: born + opened - swept - closed - faded is what stands', () => {
    for (const { cluster } of engine.clusterChanges(EVER)) {
      if (leverageOf(cluster.peak) === '50x') continue;
      const [account, stands] = balanceOf(cluster);
      expect(Math.abs(account! / stands! - 1)).toBeLessThan(1e-9);
    }
  });

  test('a sweep takes what stood in the rows the mark went through, and the print lies in its row', () => {
    expect(consumed).toHaveLength(1);
    const [{ ledger, peakEnergy, consumedShare, touchedAt }] = consumed as [(typeof consumed)[number]];
    // The band reaches up to 59,190 by now; a mark of 59,175 comes at 153.1 s and is part of the second that ends at 154 s.
    expect(touchedAt).toBe(START + 154_000);
    expect(ledger.swept / peakEnergy).toBeGreaterThan(0.7);
    expect(ledger.swept).toBeLessThanOrEqual(peakEnergy);
    expect(consumedShare).toBeCloseTo(ledger.swept / peakEnergy, 9);
    expect(ledger.printed).toBeCloseTo(0.5 * 59_100, 6);
  });

  test('what quiet closes is closed to the last dollar, and neither swept nor faded', () => {
    expect(dissolved).toHaveLength(9);
    for (const { ledger, touchedAt } of dissolved) {
      expect(touchedAt).toBeUndefined();
      expect(ledger.swept).toBe(0);
      expect(Math.abs(ledger.faded)).toBeLessThan(1e-6);
      expect(ledger.closed).toBeCloseTo(ledger.born + ledger.opened, 3);
    }
  });

  test('what learning takes away is faded, not closed', () => {
    const learning = { ...TIERED, model: { ...TIERED.model, learns: true } };
    const swept = SESSION.filter(({ kind }) => kind !== 'liquidation');
    const [before, after] = [175, 200].map((seconds) => {
      const until = START + seconds * 1_000;
      const events = swept.filter(({ seenTime }) => seenTime <= until);
      return play(events, seconds, learning).clusterChanges(EVER);
    });
    expect(before!.some(({ kind }) => kind === 'dissolve')).toBe(false);
    // Nothing was printed while a whole band was swept, so bands of its distance shrink at the lesson of 180 s.
    const gone = after!.filter(({ kind }) => kind === 'dissolve');
    expect(gone.length).toBeGreaterThan(0);
    const outcomes = play(SESSION, 400, learning).clusterOutcomes({ end: 'dissolve' });
    expect(outcomes.some(({ ledger }) => ledger.faded > ledger.closed)).toBe(true);
  });
});

test('S5: the facts name the nearest cluster above and below with its distance, range, age and parts', () => {
  const { clusters, clustersHidden } = play(SESSION.slice(0, 170), 60).facts();
  expect(clustersHidden).toBe(0);
  const { above, below } = nearestClusters(clusters, ENTRY as never);
  expect([above, below].map((found) => leverageOf(found!.cluster.peak))).toEqual(['50x', '50x']);
  expect(below!.distance).toBeCloseTo(1 - 59_249.1 / ENTRY, 5);
  for (const { cluster } of [above!, below!]) {
    expect(cluster.energy.p10).toBeLessThan(cluster.energy.p50);
    expect(cluster.energy.p90).toBeGreaterThan(cluster.energy.p50);
    expect(cluster.meanAgeMs).toBeGreaterThan(0);
    expect(cluster.oldestAgeMs).toBeGreaterThanOrEqual(cluster.meanAgeMs);
    expect(cluster.venues).toEqual([{ part: 'binance', share: 1 }]);
    expect(cluster.classes.reduce((sum, { share }) => sum + share, 0)).toBeGreaterThan(0.97);
    expect(cluster.classes[0]!.part).toEqual({ from: 0.013, to: 0.018 });
  }
});

test('the range of a band is that of the density over its prices', () => {
  const engine = play(SESSION.slice(0, 170), 60);
  const cluster = engine.clusters().find(({ side, peak }) => side === 'long' && leverageOf(peak) === '10x')!;
  const edges = Float64Array.of(cluster.low, cluster.high);
  const { long, low, high } = engine.density({ edges, unit: 'usd' });
  expect(cluster.energy.p50 / long[0]!).toBeCloseTo(1, 6);
  // Detail is up to 10 s old and keeps its proportions.
  expect(cluster.energy.p10 / low[0]!).toBeCloseTo(1, 1);
  expect(cluster.energy.p90 / high[0]!).toBeCloseTo(1, 1);
});

test('S3: what had happened by a moment does not depend on what came later', () => {
  const whole = play(SESSION, 400).clusterChanges(EVER);
  for (const seconds of [30, 130, 166, 250]) {
    const until = START + seconds * 1_000;
    const part = play(
      SESSION.filter(({ seenTime }) => seenTime <= until),
      seconds,
    ).clusterChanges(EVER);
    expect(part).toEqual(whole.filter(({ seenTime }) => seenTime <= until));
  }
});

test('saving in the middle of a sweep and going on gives the same bytes, clusters and outcomes', () => {
  const whole = play(SESSION, 400);
  for (const seconds of [9, 100, 155, 160, 325]) {
    const until = START + seconds * 1_000 + 500;
    const events = withTicks(SESSION, 400);
    const first = createEngine(TIERED);
    for (const event of events.filter(({ seenTime }) => seenTime <= until)) first.apply(event);
    const restored = restoreEngine(first.save(), TIERED);
    if (!restored.ok) throw new Error(restored.fault.message);
    for (const event of events.filter(({ seenTime }) => seenTime > until)) restored.value.apply(event);
    expect(firstDifference(restored.value.save(), whole.save())).toBeUndefined();
    expect(restored.value.clusterOutcomes()).toEqual(whole.clusterOutcomes());
    expect(restored.value.facts()).toEqual(whole.facts());
  }
});

test('looking at clusters, outcomes and facts changes no byte', () => {
  const [watched, alone] = [createEngine(TIERED), createEngine(TIERED)];
  for (const event of withTicks(SESSION, 200)) {
    for (const engine of [watched, alone]) engine.apply(event);
    watched.facts();
    watched.clusters();
    watched.clusterOutcomes({ side: 'long' });
  }
  expect(firstDifference(watched.save(), alone.save())).toBeUndefined();
});

describe('several venues', () => {
  const options: EngineOptions = { ...TIERED, venues: ['binance', 'bybit'] };
  const of = (premium: number, seconds: number) => {
    const second = eventsOf(instrumentOf('bybit'));
    const wobble = (s: number) => premium * (1 + (s % 2) * 5e-5);
    const twin = SESSION.flatMap((event): readonly MarketEvent[] => {
      if (event.kind === 'instrument') return [second.listed()];
      if (event.kind === 'mark') {
        const ms = event.seenTime - START;
        return [second.mark(ms, event.price * wobble(Math.floor(ms / 1_000)))];
      }
      if (event.kind === 'bar') {
        const entry = ENTRY * premium;
        return [second.bar(event.seenTime - START, 1_000, [entry, entry, entry, entry], 100)];
      }
      return event.kind === 'open-interest' ? [second.openInterest(event.seenTime - START, event.size)] : [];
    });
    const until = START + seconds * 1_000;
    return play(
      [...SESSION, ...twin].filter(({ seenTime }) => seenTime <= until),
      seconds,
      options,
    );
  };

  test('a venue that trades 0.5 % higher lies on the reference prices, and ids name both instruments', () => {
    const clusters = of(1.005, 110).clusters();
    expect(clusters.map(({ peak }) => leverageOf(peak))).toEqual([
      '5x',
      '10x',
      '20x',
      '25x',
      '50x',
      '50x',
      '25x',
      '20x',
      '10x',
      '5x',
    ]);
    for (const { id, venues } of clusters) {
      expect(id).toContain('binance:BTCUSDT+bybit:BTCUSDT');
      // Not halves: their brackets differ.
      for (const { share } of venues) expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
    }
  });

  test('a basis that trembles closes nothing', () => {
    for (const { ledger, energy } of of(1.005, 110).clusters()) {
      expect(ledger.closed / energy.p50).toBeLessThan(0.05);
      expect(ledger.swept).toBe(0);
    }
  });
});

test('without open interest clusters stand too, and the facts say that amounts only compare', () => {
  const events = SESSION.filter(({ kind }) => kind !== 'open-interest');
  const engine = play(
    events.filter(({ seenTime }) => seenTime <= START + 60_000),
    60,
  );
  const { scale, clusters } = engine.facts();
  expect(scale).toBe('relative');
  for (const side of SIDES) expect(clusters.filter((cluster) => cluster.side === side).length).toBeGreaterThan(2);
});

test('bars of five minutes give the same clusters as seconds do, told a look later', () => {
  const venue = eventsOf(instrumentOf('binance'));
  const at = (bar: number) => bar * 300_000;
  const bars = Array.from({ length: 8 }, (_, i) => [
    venue.bar(at(i + 1), 300_000, [ENTRY, ENTRY, ENTRY, ENTRY], 10_000),
    venue.openInterest(at(i + 1), 100 + i * 2_000),
  ]).flat();
  const engine = createEngine(TIERED);
  for (const event of [venue.listed(), ...bars]) engine.apply(event);
  expect(engine.clusters().map(({ peak }) => leverageOf(peak))).toEqual([
    '5x',
    '10x',
    '20x',
    '25x',
    '50x',
    '50x',
    '25x',
    '20x',
    '10x',
    '5x',
  ]);
  expect(new Set(engine.clusterChanges(EVER).map(({ seenTime }) => (seenTime - START) % 300_000))).toEqual(
    new Set([299_000]),
  );
});
