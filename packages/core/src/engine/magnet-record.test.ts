import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.js';
import type { ClusterChange } from '../model/cluster.js';
import type { UnixMs } from '../model/units.js';
import { SeededRandom } from '../numeric/seeded-random.js';
import { MagnetRecord } from './magnet-record.js';

const BAR = 300_000;
const HORIZONS = [3_600_000, 14_400_000, 86_400_000];

function changeAt(kind: ClusterChange['kind'], bar: number, price: number): ClusterChange {
  const cluster = sampleCluster({ low: price * 0.985, rows: 5 });
  return { kind, seenTime: (bar * BAR) as UnixMs, cluster };
}

/** Twelve days of a random walk, a cluster 1 % below every four hours, and other changes of it that must not count. */
function filled(): MagnetRecord {
  const record = new MagnetRecord();
  const random = new SeededRandom(1);
  let price = 100;
  for (let bar = 1; bar <= 12 * 288; bar++) {
    const open = price;
    price *= Math.exp(0.0015 * random.normal());
    record.notePrice(bar * BAR, Math.min(open, price), Math.max(open, price), price);
    if (bar % 48 === 0) record.noteChanges([changeAt('appear', bar, price), changeAt('grow', bar, price)]);
  }
  return record;
}

test('S34: horizons are counted one a minute at first, then one every twenty minutes', () => {
  const record = filled();
  expect(record.lifts()).toEqual([]);
  const after = (minute: number) => {
    record.count(minute, 'recorded');
    return record.lifts().map(({ horizonMs }) => horizonMs);
  };
  expect(after(7)).toEqual(HORIZONS.slice(0, 1));
  expect(after(8)).toEqual(HORIZONS.slice(0, 2));
  expect(after(9)).toEqual(HORIZONS);
  const before = record.lifts();
  expect(after(21)).toEqual(HORIZONS);
  expect(record.lifts()).toBe(before);
  expect(after(40)).toEqual(HORIZONS);
  expect(record.lifts()).not.toBe(before);
});

test('S34: each cluster counts once, from the moment it was told, and only where its horizon is over', () => {
  const record = filled();
  for (const minute of [1, 2, 3]) record.count(minute, 'recorded');
  const told = 12 * 6;
  const [hour, fourHours, day] = record.lifts().map(({ n }) => n);
  expect(hour).toBeLessThan(told);
  expect(hour).toBeGreaterThan(told - 6);
  expect(fourHours).toBeLessThanOrEqual(hour!);
  expect(day).toBeLessThanOrEqual(told - 6);
  expect(day).toBeGreaterThan(30);
  for (const lift of record.lifts()) expect(lift.nullRate).toBeGreaterThan(0);
});

test('before any cluster nothing is counted', () => {
  const record = new MagnetRecord();
  record.count(1, 'recorded');
  expect(record.lifts()).toEqual([]);
});

test('one that was put away and taken up again, its words through JSON, says and goes on the same', () => {
  const record = filled();
  for (const minute of [1, 2, 3]) record.count(minute, 'simulated');
  const other = new MagnetRecord();
  const { path, ...words } = record.state();
  other.restore({ ...(JSON.parse(JSON.stringify(words)) as typeof words), path });
  expect(other.lifts()).toEqual(record.lifts());
  for (const each of [record, other]) each.count(20, 'simulated');
  expect(other.state()).toEqual(record.state());
});
