import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { venueTable } from './venue-table.js';

test('S17: docs/venues.md holds the table that the code holds; put it there with: npm run venues', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/venues.md'), 'utf8');
  expect(text).toContain(venueTable());
});
