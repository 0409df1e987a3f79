// Finds a Chromium for the browser tests, and installs one where that is possible without asking.
import { existsSync, readFileSync } from 'node:fs';
import { systemChromium } from './chromium.mjs';
import { PlainFault, run, say } from './say.mjs';

/** Makes sure that a Chromium is there; throws one sentence that says how to get one otherwise. */
export async function ensureBrowsers() {
  if (systemChromium() !== undefined || (await playwrightChromium())) return;
  const rights = await installRights();
  if (rights !== undefined && isDebian() && (await installFromDebian(rights))) return;
  say('Downloading Chromium …');
  const withDeps = process.platform === 'linux' && rights !== undefined ? ['--with-deps'] : [];
  const args = ['node_modules/playwright/cli.js', 'install', ...withDeps, 'chromium'];
  const { code } = await run(process.execPath, args, { heartbeat: 'Still downloading Chromium' });
  if (code === 0 && (await playwrightChromium())) return;
  throw new PlainFault(
    'No Chromium was found: run "apt-get install chromium" or "npx playwright install chromium", or name one in CHROMIUM_PATH.',
  );
}

async function playwrightChromium() {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath());
}

/** Words before a command that needs root: none for root, sudo where it asks for no password, undefined where neither works. */
async function installRights() {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return [];
  try {
    const { code } = await run('sudo', ['-n', 'true'], { quiet: true });
    return code === 0 ? ['sudo', '-n'] : undefined;
  } catch {
    return undefined;
  }
}

/** Ubuntu's package is an empty shell around a snap, so only Debian itself counts. */
function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @param {readonly string[]} rights */
async function installFromDebian(rights) {
  say('Installing Chromium from Debian …');
  const apt = async (/** @type {readonly string[]} */ ...args) => {
    const [file = 'env', ...rest] = [...rights, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return (await run(file, rest, { heartbeat: 'Still installing Chromium' })).code === 0;
  };
  const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
  const isInstalled = (await apt(...install)) || ((await apt('update', '-q')) && (await apt(...install)));
  return isInstalled && systemChromium() !== undefined;
}
