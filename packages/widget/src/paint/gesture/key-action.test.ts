import { expect, test } from 'vitest';
import { keyAction, type KeyPress } from './key-action.js';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more };
}

test('X1: arrows move by a cell, with Shift by ten; up means a higher price', () => {
  expect(keyAction(press('ArrowRight'))).toEqual({ kind: 'step', columns: 1, rows: 0 });
  expect(keyAction(press('ArrowUp', { shiftKey: true }))).toEqual({ kind: 'step', columns: 0, rows: 10 });
});

test('X1: plus and minus undo each other', () => {
  const closer = keyAction(press('+'));
  const farther = keyAction(press('-'));
  expect(closer?.kind === 'zoom' && farther?.kind === 'zoom' && closer.factor * farther.factor).toBeCloseTo(1, 14);
});

test('X1: brackets go from cluster to cluster', () => {
  expect(keyAction(press(']'))).toEqual({ kind: 'cluster', step: 1 });
  expect(keyAction(press('['))).toEqual({ kind: 'cluster', step: -1 });
});

test("keys with Ctrl, Alt or Meta and names of object members are the page's", () => {
  expect(keyAction(press('0', { ctrlKey: true }))).toBeUndefined();
  expect(keyAction(press('ArrowLeft', { altKey: true }))).toBeUndefined();
  expect(keyAction(press('constructor'))).toBeUndefined();
  expect(keyAction(press('a'))).toBeUndefined();
});
