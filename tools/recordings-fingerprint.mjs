// Prints what lies in the recordings folder, so that a cached test result is not used for other recordings.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.env['RECORDINGS_DIR'] ?? join(root, '../shared/data'));

if (!existsSync(folder)) console.log('none');
else {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const stats = statSync(join(folder, entry));
    if (stats.isFile()) console.log(entry, stats.size);
  }
}
