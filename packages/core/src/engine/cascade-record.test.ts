import { expect, test } from 'vitest';
import { IDLE_CASCADE, type CascadeReading } from '../model/cascade.js';
import type { Price, UnixMs } from '../model/units.js';
import { CascadeRecord } from './cascade-record.js';

const at = (second: number) => (second * 1_000) as UnixMs;

function runFrom(second: number, extremePrice: number, phase: CascadeReading['phase'] = 'running'): CascadeReading {
  const prices = { startPrice: 100 as Price, extremePrice: extremePrice as Price };
  return { ...IDLE_CASCADE, phase, side: 'long', since: at(second), startedAt: at(second), ...prices };
}

/** A run from second 10 whose extreme of 97 is seen at second 20, and which is over at second 200. */
function recorded(markOf: (second: number) => number, end: number): CascadeRecord {
  const record = new CascadeRecord();
  for (let second = 0; second <= end; second++) {
    const reading =
      second < 10 || second >= 200 ? IDLE_CASCADE : runFrom(10, Math.max(97, 107 - second / 2), 'running');
    record.note(at(second), markOf(second) as Price, reading);
  }
  return record;
}

test('S56: a cascade is recorded with the marks 5, 15 and 60 minutes after its extreme', () => {
  const [outcome, ...others] = recorded((second) => 90 + second / 1_000, 3_700).outcomes();
  expect(others).toEqual([]);
  expect(outcome).toMatchObject({ side: 'long', startedAt: 10_000, startPrice: 100, extremePrice: 97 });
  expect(outcome!.after.map(({ afterMs, price }) => [afterMs, price])).toEqual([
    [300_000, 90.32],
    [900_000, 90.92],
    [3_600_000, 93.62],
  ]);
});

test('nothing is recorded while it runs, and what is not known yet is undefined', () => {
  expect(recorded(() => 97, 199).outcomes()).toEqual([]);
  const [outcome] = recorded(() => 97, 400).outcomes();
  expect(outcome!.after.map(({ price }) => price)).toEqual([97, undefined, undefined]);
});

test('a mark that came more than a minute late is not the mark of that moment', () => {
  const record = recorded(() => 97, 250);
  record.note(at(20 + 300 + 61), 98 as Price, IDLE_CASCADE);
  expect(record.outcomes()[0]!.after[0]!.price).toBeUndefined();
});

test('goes on from a state that went through JSON, in the middle of a run and after it', () => {
  for (const cut of [50, 400]) {
    const first = recorded(() => 97, cut);
    const restored = new CascadeRecord();
    restored.restore(JSON.parse(JSON.stringify(first.state())) as ReturnType<CascadeRecord['state']>);
    for (const record of [first, restored]) {
      for (let second = cut + 1; second <= 1_000; second++) {
        record.note(at(second), 98 as Price, second < 200 ? runFrom(10, 97) : IDLE_CASCADE);
      }
    }
    expect(restored.outcomes()).toEqual(first.outcomes());
    expect(restored.outcomes()[0]!.after[1]!.price).toBe(98);
  }
});
