import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { middleOf, SyntheticExposure } from '../../test/synthetic-exposure.js';
import { priceAtPosition } from '../grid/price-lattice.js';
import type { Cluster, ClusterChange } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import type { UnixMs } from '../model/units.js';
import { SeededRandom } from '../numeric/seeded-random.js';
import type { ClusterMoment } from './cluster-rows.js';
import { DEFAULT_LIMITS } from './cluster-limits.js';
import { sumOfBand } from './row-band.js';
import { ClusterTracker, type ClusterUpdate } from './track-clusters.js';

const FIRST = 2_000;
const COUNT = 640;
const newTracker = (): ClusterTracker => new ClusterTracker({ instruments: ['binance:BTCUSDT'] });

/** A market that opens, closes, revises, prints, walks, jumps and loses its window by chance; moments 1 s to 5 min apart. */
class RandomSession {
  readonly random: SeededRandom;
  readonly market = new SyntheticExposure(FIRST, COUNT, FIRST + 320);
  #time = 1_000_000;
  #row = FIRST + 320;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.market.deviation = 500;
  }

  next(): ClusterMoment {
    const { random } = this;
    this.#time += random.next() < 0.02 ? 300_000 : 1_000 * (1 + random.integer(3));
    for (const side of ['long', 'short'] as const) this.#trade(side);
    const step = random.next() < 0.01 ? 60 : 3;
    this.#row += random.next() < 0.5 ? 0 : random.integer(2 * step + 1) - step;
    this.#row = Math.min(FIRST + COUNT - 60, Math.max(FIRST + 60, this.#row));
    this.market.go(this.#row);
    if (random.next() < 0.2) this.market.openInterestFall = random.integer(20_000);
    this.market.feedGain = random.next() < 0.5 ? 1 : 0.3;
    const origin = random.next() < 0.1 ? FIRST + random.integer(80) : FIRST;
    return this.market.moment(this.#time, origin, COUNT - (origin - FIRST));
  }

  #trade(side: PositionSide): void {
    const { random, market } = this;
    const outward = side === 'long' ? -1 : 1;
    const row = this.#row + outward * (3 + random.integer(50));
    const size = 200 + random.integer(2_000);
    market.open(side, row - 1, size, 2 * size, size);
    for (let i = 0; i < 8; i++) market.close(side, FIRST + random.integer(COUNT), random.integer(4_000));
    market.revise(side, row + random.integer(9) - 4, 0.8 + 0.4 * random.next());
    if (random.next() < 0.1) market.print(side, row, random.integer(5_000));
  }
}

const balanceOf = ({ ledger, energy }: Cluster): number =>
  ledger.born + ledger.opened - ledger.swept - ledger.closed - ledger.faded - energy.p50;

/** Every rule a list of clusters breaks, in words; one assertion a moment instead of hundreds. */
function unsound(clusters: readonly Cluster[], moment: ClusterMoment): readonly string[] {
  const broken: string[] = [];
  const require = (isMet: boolean, rule: string, { id }: Cluster): unknown => isMet || broken.push(`${id}: ${rule}`);
  if (new Set(clusters.map(({ id }) => id)).size < clusters.length) broken.push('an id is given twice');
  const markRow = SyntheticExposure.rowOf(moment.mark);
  clusters.forEach((cluster, i) => {
    const { side, energy, ledger } = cluster;
    const [low, high] = [SyntheticExposure.rowOf(cluster.low), SyntheticExposure.rowOf(cluster.high)];
    const isWhole = cluster.low === priceAtPosition(low) && cluster.high === priceAtPosition(high) && high > low;
    require(isWhole, 'a band is whole rows', cluster);
    const before = clusters[i - 1];
    require(before?.side !== side || cluster.low >= before.high, 'bands do not overlap', cluster);
    const isAhead = side === 'long' ? high <= markRow + 1 : low >= markRow;
    require(isAhead, 'longs lie below the mark, shorts above', cluster);
    const { p50, originRow } = moment[side];
    require(energy.p50 === sumOfBand(p50, originRow, { low, high }), 'energy is what the rows hold', cluster);
    require(Math.abs(balanceOf(cluster)) < 1e-6 * cluster.peakEnergy, 'the ledger balances', cluster);
    require(isAscending(energy.p10, energy.p50, energy.p90), 'a range is in order', cluster);
    require(energy.p50 <= cluster.peakEnergy, 'no energy above the largest', cluster);
    const { quartileLow, quartileHigh, peak } = cluster;
    require(isAscending(cluster.low, quartileLow, quartileHigh, cluster.high), 'quartiles lie inside', cluster);
    require(isAscending(cluster.low, peak, cluster.high), 'the peak lies inside', cluster);
    require(isAscending(cluster.bornAt, moment.time), 'birth is past', cluster);
    require(isAscending(0, cluster.meanAgeMs, cluster.oldestAgeMs), 'ages are in order', cluster);
    const flows = [ledger.opened, ledger.swept, ledger.closed, ledger.printed];
    require(flows.every((flow) => flow >= 0), 'flows are not negative', cluster);
  });
  return broken;
}

const isAscending = (...values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value >= values[i - 1]!);

/** Every cluster appears once, first, and ends once, last; changes of one kind keep their distance. */
function expectLives(updates: readonly ClusterUpdate[], standing: readonly Cluster[]): void {
  const lives = new Map<string, ClusterChange[]>();
  for (const change of updates.flatMap(({ changes }) => changes)) {
    const life = lives.get(change.cluster.id) ?? [];
    lives.set(change.cluster.id, [...life, change]);
  }
  const alive = new Set(standing.map(({ id }) => id));
  const ended = new Map(updates.flatMap(({ outcomes }) => outcomes).map((outcome) => [outcome.id, outcome]));
  for (const [id, life] of lives) {
    const kinds = life.map(({ kind }) => kind);
    expect(kinds.indexOf('appear')).toBe(0);
    expect(kinds.lastIndexOf('appear')).toBe(0);
    const ends = kinds.filter((kind) => kind === 'consume' || kind === 'dissolve');
    expect(ends).toEqual(alive.has(id) ? [] : [kinds.at(-1)]);
    expect(ended.get(id)?.end).toBe(ends[0]);
    for (const kind of ['grow', 'move', 'approach'] as const) {
      const times = life.filter((change) => change.kind === kind).map(({ seenTime }) => seenTime);
      times.slice(1).forEach((time, i) => expect(time - times[i]!).toBeGreaterThanOrEqual(DEFAULT_LIMITS.cooldownMs));
    }
  }
  expect([...alive].filter((id) => !lives.has(id))).toEqual([]);
  for (const { consumedShare, mergedInto, end, touchedAt } of ended.values()) {
    expect(isAscending(0, consumedShare, 1)).toBe(true);
    if (end === 'consume') expect([mergedInto, touchedAt === undefined]).toEqual([undefined, false]);
  }
}

describe('a long random session', () => {
  test('S46, S53: every cluster is sound at every moment, lives once, and its ledger balances', () => {
    const session = new RandomSession(20_240_808);
    const tracker = newTracker();
    const updates: ClusterUpdate[] = [];
    for (let step = 0; step < 1_500; step++) {
      const moment = session.next();
      updates.push(tracker.update(moment));
      const broken = unsound(tracker.clusters(), moment);
      if (broken.length > 0) expect({ step, broken }).toEqual({ step, broken: [] });
    }
    expectLives(updates, tracker.clusters());
    const kinds = new Set(updates.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['appear', 'approach', 'consume', 'dissolve', 'grow', 'move']);
    expect(updates.some(({ outcomes }) => outcomes.some(({ mergedInto }) => mergedInto !== undefined))).toBe(true);
  });

  test('the same from any seed, and restoring on the way through JSON changes nothing', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 120 }), (seed, cut) => {
        const session = new RandomSession(seed);
        const whole = newTracker();
        let other = newTracker();
        const updates: ClusterUpdate[] = [];
        for (let step = 0; step < 120; step++) {
          const moment = session.next();
          updates.push(whole.update(moment));
          expect(unsound(whole.clusters(), moment)).toEqual([]);
          if (step === cut) {
            const state = JSON.parse(JSON.stringify(other.state())) as ReturnType<ClusterTracker['state']>;
            other = newTracker();
            other.restore(state);
          }
          expect(other.update(moment)).toEqual(updates.at(-1));
          // Looking changes nothing.
          if (step % 3 === 0) other.clusters();
        }
        expectLives(updates, whole.clusters());
        expect(other.state()).toEqual(whole.state());
        expect(other.changes(0 as UnixMs)).toEqual(updates.flatMap(({ changes }) => changes).slice(-500));
      }),
      { numRuns: 15 },
    );
  });
});

test('S46: noise of less than a quarter of the deviation neither makes nor ends a cluster, nor moves its name', () => {
  const hills = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(hills, fc.integer(), (places, seed) => {
      const market = new SyntheticExposure(FIRST, COUNT, FIRST);
      // Even ground that rises and falls slowly, and hills of six deviations, 12 rows wide, on it.
      for (let i = 0; i < COUNT; i++) market.open('short', FIRST + i, 40_000 - 60 * Math.abs(i - 320));
      for (const place of places) {
        market.open(
          'short',
          FIRST + 40 + 45 * place,
          ...Array.from({ length: 12 }, (_, i) => 1_000 * Math.min(6, i + 1, 12 - i)),
        );
      }
      const random = new SeededRandom(seed);
      const tracker = newTracker();
      const seen = new Set<string>();
      for (let step = 0; step < 60; step++) {
        const moment = market.moment(step * 1_000);
        const noisy = moment.short.p50.map((size) => size + 245 * (2 * random.next() - 1));
        tracker.update({ ...moment, short: { ...moment.short, p50: noisy } });
        seen.add(
          tracker
            .clusters()
            .map(({ id }) => id)
            .join(' '),
        );
      }
      const onHills = tracker.clusters().filter(({ peak }) => places.some((place) => isOn(place, peak)));
      expect(onHills).toHaveLength(places.length);
      // Before anything is told, and then one and the same list for good.
      expect(seen.size).toBe(2);
      expect(tracker.changes(-1 as UnixMs).every(({ kind }) => kind === 'appear')).toBe(true);
    }),
    { numRuns: 25 },
  );
});

const isOn = (place: number, price: number): boolean =>
  price > middleOf(FIRST + 40 + 45 * place) && price < middleOf(FIRST + 52 + 45 * place);

test('what only flows changed is explained by flows: nothing fades in a band that stays', () => {
  const step = fc.record({
    opened: fc.integer({ min: 0, max: 900 }),
    closed: fc.integer({ min: 0, max: 900 }),
    by: fc.integer({ min: 0, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const market = new SyntheticExposure(FIRST, COUNT, FIRST + 320).open('long', FIRST + 200, 50_000, 50_000, 50_000);
      const tracker = newTracker();
      for (let second = 0; second < 12; second++) tracker.update(market.moment(second * 1_000));
      let revised = 0;
      steps.forEach(({ opened, closed, by }, i) => {
        const before = market.long.p50[201]!;
        market.revise('long', FIRST + 201, 1 - by / 10_000);
        revised += before - market.long.p50[201]!;
        market.open('long', FIRST + 200, opened).close('long', FIRST + 202, closed);
        tracker.update(market.moment(12_000 + i * 1_000));
      });
      const [cluster] = tracker.clusters();
      const total = (key: 'opened' | 'closed'): number => steps.reduce((sum, flows) => sum + flows[key], 0);
      expect(cluster?.ledger).toMatchObject({
        born: 150_000,
        opened: total('opened'),
        closed: total('closed'),
        swept: 0,
      });
      expect(cluster?.ledger.faded).toBeCloseTo(revised, 4);
    }),
    { numRuns: 50 },
  );
});
