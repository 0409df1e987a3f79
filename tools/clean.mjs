// Removes the named paths below the current folder; builds start from nothing, so that no dead file is published.
import { rmSync } from 'node:fs';

for (const path of process.argv.slice(2)) rmSync(path, { recursive: true, force: true });
