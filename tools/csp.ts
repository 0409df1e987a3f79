import { pathToFileURL } from 'node:url';
import { malformed, parsed, type Parsed } from '@liquidation-heatmap/core';
import { connectHosts } from '@liquidation-heatmap/feeds';

/** Directives every embedding page can live with: nothing inline, nothing evaluated, nothing from elsewhere. */
const FIXED = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "worker-src 'self'"];
const TRUSTED_TYPES = ["require-trusted-types-for 'script'", 'trusted-types liquidation-heatmap'];

/** The value of the Content-Security-Policy header for a page that reads these venues live. */
export function contentSecurityPolicy(venues: readonly string[]): Parsed<string> {
  const hosts = connectHosts(venues);
  if (!hosts.ok) return hosts;
  const connect = hosts.value.length === 0 ? [] : [`connect-src ${hosts.value.join(' ')}`];
  return parsed([...FIXED, ...connect, ...TRUSTED_TYPES].join('; '));
}

/** Venue ids of `--venues a,b` (or `--venues=a,b`). */
export function venuesOfArguments(args: readonly string[]): Parsed<readonly string[]> {
  const [first, second] = args;
  const list =
    first?.startsWith('--venues=') === true
      ? first.slice('--venues='.length)
      : first === '--venues'
        ? second
        : undefined;
  const given = first?.startsWith('--venues=') === true ? args.slice(1) : args.slice(2);
  if (list === undefined || given.length > 0) {
    return malformed('usage', '--venues', 'usage: npm run csp -- --venues binance   (several: --venues binance,bybit)');
  }
  return parsed(list.split(',').map((venue) => venue.trim()));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const venues = venuesOfArguments(process.argv.slice(2));
  const policy = venues.ok ? contentSecurityPolicy(venues.value) : venues;
  if (policy.ok) {
    process.stdout.write(`Content-Security-Policy: ${policy.value}\n`);
  } else {
    process.stderr.write(`${policy.fault.message}\n`);
    process.exitCode = 1;
  }
}
