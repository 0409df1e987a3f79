// Runs every Playwright suite below e2e/, one after the other; a suite is a folder with a playwright.config.ts.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runCommand, say } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'e2e');
const ledger = join(folder, '.recordings-ledger.jsonl');

await runCommand(async () => {
  rmSync(ledger, { force: true });
  const wanted = process.argv[2];
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const suites = names.filter(
    (name) => existsSync(join(folder, name, 'playwright.config.ts')) && (wanted ?? name) === name,
  );
  let failed = 0;
  for (const suite of suites) {
    say(`e2e/${suite}`);
    const args = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '-c', join(folder, suite)];
    const { code } = await run(process.execPath, args, {
      cwd: root,
      env: { RECORDINGS_LEDGER: ledger },
      heartbeat: `Still running e2e/${suite}`,
    });
    if (code !== 0) failed++;
  }
  return failed === 0 ? 0 : 1;
});
