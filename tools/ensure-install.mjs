// Installs what package-lock.json names when it is not there yet. No dependencies: nothing is installed when it runs.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainFault, run, say } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i;

/** Throws a plain sentence when this Node is too old. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new PlainFault(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is Node ${version}.`);
}

/**
 * True when node_modules is missing or does not hold what the lock file names.
 * @param {string} folder
 */
export function isInstallOutdated(folder = root) {
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return true;
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return false;
  // Older, for example after a checkout: install only if the contents differ.
  const wanted = packagesOf(lock);
  const present = packagesOf(installed);
  return Object.entries(wanted).some(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || entry.peer || !path.includes('node_modules/'))
      return false;
    return present[path]?.version !== entry.version;
  });
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** Runs `npm ci` when it is needed. */
export async function ensureInstall() {
  requireNode();
  if (!isInstallOutdated()) return;
  say('Installing dependencies (about two minutes the first time) …');
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=8000',
  ];
  const npm = process.env['npm_execpath'];
  const options = { cwd: root, heartbeat: 'Still installing' };
  const { code, text } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], options)
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
  if (code === 0) return;
  if (UNREACHABLE.test(text)) {
    throw new PlainFault(
      'Dependencies could not be installed: the npm registry was not reached. Connect to the network and try again.',
    );
  }
  throw new PlainFault(
    `Dependencies could not be installed: "npm ci" failed with code ${code}; its messages stand above.`,
  );
}
