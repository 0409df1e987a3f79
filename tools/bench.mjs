// `npm run bench [NAME]`: runs bench/*.bench.ts (or those whose name holds NAME), each in a process of its own.
// A bench prints its medians with their spread, and ratios to a contestant measured in the same run.
import { cpus, loadavg } from 'node:os';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstall } from './ensure-install.mjs';
import { PlainFault, duration, run, runCommand, say } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const SUFFIX = '.bench.ts';

await runCommand(async () => {
  const wanted = process.argv[2] ?? '';
  const folder = join(root, 'bench');
  const names = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
  const chosen = names.filter((name) => name.includes(wanted));
  if (chosen.length === 0) throw new PlainFault(`There is no bench called ${wanted}; there are ${names.join(', ')}.`);
  await ensureInstall();
  const [load = 0] = loadavg();
  say(
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, load ${load.toFixed(1)}`,
  );
  let failed = 0;
  for (const name of chosen) {
    say(`\n== ${name}`);
    const started = Date.now();
    const args = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(folder, `${name}${SUFFIX}`)];
    const { code } = await run(process.execPath, args, { cwd: root, heartbeat: `Still measuring ${name}` });
    if (code !== 0) failed++;
    say(`${code === 0 ? 'done' : 'FAILED'} in ${duration(Date.now() - started)}`);
  }
  return failed === 0 ? 0 : 1;
});
