import { expect, test } from 'vitest';
import { faultLines } from './fault-lines.mjs';

const passed = Array.from({ length: 100 }, (_, index) => `core:  ✓ law ${index}`);

test('a failed test is told with its reason and without the ones that passed', () => {
  const text = [
    ...passed,
    '\u001b[31mcore:  FAIL \u001b[39m bands.prop.test.ts > bands hold',
    'AssertionError: 3',
    ...passed,
  ];
  expect(faultLines(text.join('\n')).slice(0, 2)).toEqual([
    'core:  FAIL  bands.prop.test.ts > bands hold',
    'AssertionError: 3',
  ]);
  expect(faultLines(text.join('\n')).length).toBeLessThan(6);
});

test('where no fault is recognized the end of the output is told', () => {
  expect(faultLines(['first', ...passed, 'killed'].join('\n')).at(-1)).toBe('killed');
});

test('many faults are cut to a page', () => {
  expect(faultLines(Array.from({ length: 500 }, () => '✗ broken').join('\n'))).toHaveLength(60);
});
