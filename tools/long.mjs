// `npm run test:long [NAME] [-- --again --count N]`: the tests that take too long for the gate, one after the other.
// Each writes docs/evidence/NAME.json; a NAME whose evidence is of the present commit is skipped unless --again is given,
// and one that was interrupted goes on where it stopped.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstall } from './ensure-install.mjs';
import { run, runCommand } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  await ensureInstall();
  const args = [
    join(root, 'node_modules/tsx/dist/cli.mjs'),
    join(root, 'tools/long/main.ts'),
    ...process.argv.slice(2),
  ];
  return (await run(process.execPath, args, { cwd: root, heartbeat: 'Still running' })).code;
});
