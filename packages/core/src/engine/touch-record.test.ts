import { expect, test } from 'vitest';
import type { Fraction } from '../model/units.js';
import { TouchRecord } from './touch-record.js';

test('S35: the range at the first moment of a touch is kept, and no later one takes its place', () => {
  const record = new TouchRecord();
  record.note(['before any range'], undefined);
  record.note(['a'], 0.01 as Fraction);
  record.note(['b', 'c'], 0.02 as Fraction);
  record.note([], 0.5 as Fraction);
  expect(['before any range', 'a', 'b', 'c'].map((id) => record.rangeOf(id))).toEqual([undefined, 0.01, 0.02, 0.02]);
});

test('the newest 600 are kept, also through JSON', () => {
  const record = new TouchRecord();
  for (let i = 0; i < 700; i++) record.note([`${i}`], 0.01 as Fraction);
  const restored = new TouchRecord();
  restored.restore(JSON.parse(JSON.stringify(record.state())) as ReturnType<TouchRecord['state']>);
  for (const one of [record, restored]) {
    expect(one.rangeOf('99')).toBeUndefined();
    expect(one.rangeOf('100')).toBe(0.01);
    expect(one.state()).toHaveLength(600);
  }
});
