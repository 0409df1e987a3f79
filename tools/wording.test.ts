import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { claimsIn, claimsOfProject, literalsOf } from './wording.js';

const root = fileURLToPath(new URL('..', import.meta.url));

test('S2: no sentence that is shown or read claims to be exact, certain or foretold', () => {
  expect(claimsOfProject(root)).toEqual([]);
});

test.each([
  ['It shows exactly where longs are closed.', 'exactly'],
  ['Returns are guaranteed.', 'guaranteed'],
  ['The map predicts the next move.', 'predicts'],
  ['The most accurate map.', 'accurate'],
  ['Price stands above a support zone.', 'support zone'],
])('S2: "%s" is found', (sentence, word) => {
  expect(claimsIn(`All is well. ${sentence} So it goes.`, 'here')).toEqual([{ place: 'here', word, sentence }]);
});

test('S2: "accurate" may stand beside its figure, and support for a browser is no price', () => {
  expect(claimsIn('It is accurate within 0.2 %. We support Firefox.', 'here')).toEqual([]);
});

test('S2: of a source file strings and templates count, comments and names do not', () => {
  const source = "/** Shows exactly this. */ const exactly = 1; f('a b', `c ${exactly} d`, html`<p>e</p>`);";
  expect(literalsOf(source, 'one.ts').split('\n\n')).toEqual(['a b', 'c ', ' d', '<p>e</p>']);
});
