import { existsSync } from 'node:fs';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of an installed Chromium, or undefined. `CHROMIUM_PATH` comes first. */
export function systemChromium() {
  return [process.env['CHROMIUM_PATH'], ...KNOWN].find((path) => path !== undefined && existsSync(path));
}

/**
 * How Playwright starts a Chromium that draws WebGL without a GPU.
 * @param {readonly string[]} more further command line flags
 */
export function launchOptions(more = []) {
  const executablePath = systemChromium();
  const flags = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
  return {
    ...(executablePath === undefined ? { channel: 'chromium' } : { executablePath }),
    args: [...flags, '--no-sandbox', '--disable-dev-shm-usage', ...more],
  };
}
