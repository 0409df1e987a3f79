import { expect, test } from 'vitest';
import { binsWithin, middlePercents, scoreEdges } from './score-bins.js';

test('96 bins of a quarter percent lie evenly around the price, 40 of them within 5 %', () => {
  const edges = scoreEdges(200);
  expect(edges).toHaveLength(97);
  expect([edges[0], edges[48], edges[96]].map((edge) => Math.round(1e9 * edge!) / 1e9)).toEqual([176, 200, 224]);
  const [from, to] = binsWithin(edges, 200, 0.05);
  expect(to - from).toBe(40);
  expect(edges[from]).toBeCloseTo(190, 9);
  expect(edges[to]).toBeCloseTo(210, 9);
});

test('the distance of a bin is that of its middle, in percent', () => {
  expect(middlePercents(scoreEdges(50), 50)[48]).toBeCloseTo(0.125, 9);
});

test('bins around no price, or of no width, are a mistake', () => {
  expect(() => scoreEdges(0)).toThrow('price must be positive');
  expect(() => scoreEdges(1, 1)).toThrow('halfWidth');
  expect(() => scoreEdges(1, 0.1, 1.5)).toThrow('bins');
});
