import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { venueTable } from './venue-table.js';

// Writes the table of venues into its page.
const page = join(import.meta.dirname, '../../docs/venues.md');
const text = readFileSync(page, 'utf8');
writeFileSync(page, text.replace(/\| venue [\s\S]*?\n\n/u, `${venueTable()}\n\n`));
process.stdout.write('docs/venues.md is written.\n');
