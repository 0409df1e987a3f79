import { existsSync } from 'node:fs';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * How Playwright starts a Chromium that draws WebGL without a GPU: the system's own where there is one, else Playwright's.
 * @param {readonly string[]} more further command line flags
 */
export function launchOptions(more = []) {
  const found = [process.env.CHROMIUM_PATH, ...KNOWN].find((path) => path && existsSync(path));
  const args = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-sandbox', '--disable-dev-shm-usage', ...more];
  return { args, ...(found === undefined ? { channel: 'chromium' } : { executablePath: found }) };
}
