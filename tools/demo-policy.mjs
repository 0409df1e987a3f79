// The Content-Security-Policy of the demo: what any embedding page needs, and its own recordings.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainFault, run } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Venues the demo reads live; its policy allows their hosts and no other. */
const VENUES = 'binance,bybit,okx';

/**
 * Value of the header, as `npm run csp` gives it, with the demo's own origin added, and a venue server on this machine where one runs.
 * @param {string} [venueServer] `host:port`
 */
export async function demoPolicy(venueServer) {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { code, text } = await run(process.execPath, [tsx, join(root, 'tools/csp.ts'), '--venues', VENUES], {
    cwd: root,
    quiet: true,
  });
  const [, policy] = /^Content-Security-Policy: (.+)$/m.exec(text) ?? [];
  if (code !== 0 || policy === undefined)
    throw new PlainFault(`The page's security policy could not be made: ${text.trim()}`);
  const own = venueServer === undefined ? "'self'" : `'self' http://${venueServer} ws://${venueServer}`;
  return policy.replace('connect-src ', `connect-src ${own} `);
}
