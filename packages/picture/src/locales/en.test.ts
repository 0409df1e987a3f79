import { expect, test } from 'vitest';
import { en } from './en.js';
import { fill } from './messages.js';

const texts = Object.entries<string>(en);

test('S36: no text speaks of support, resistance or levels', () => {
  expect(texts.filter(([, text]) => /support|resistance|\blevels?\b|\bzones?\b/i.test(text))).toEqual([]);
});

test('S23: no text promises what an estimate cannot hold', () => {
  const promise = /exact|guarantee|predict|accurate|\bcertain|\bwill (rise|fall|hit)\b|signal/i;
  expect(texts.filter(([, text]) => promise.test(text))).toEqual([]);
});

test('every text has words, and places are closed', () => {
  for (const [key, text] of texts) {
    expect(text.trim(), key).not.toBe('');
    expect(fill(text, new Proxy({}, { get: () => '' })), key).not.toMatch(/[{}]/);
  }
});

test('filling leaves unknown places alone and does not fill twice', () => {
  expect(fill('a {x} {y}', { x: '{y}' })).toBe('a {y} {y}');
});
