import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const QUIET = {
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  DO_NOT_TRACK: '1',
  STORYBOOK_DISABLE_TELEMETRY: '1',
};

/**
 * Runs nx without its background process, questions and statistics.
 * @param {readonly string[]} args
 * @param {import('./say.mjs').RunOptions} [options]
 */
export function nx(args, options = {}) {
  const program = join(root, 'node_modules/nx/dist/bin/nx.js');
  return run(process.execPath, [program, ...args], {
    ...options,
    cwd: root,
    env: { CI: '1', ...QUIET, ...options.env },
  });
}
