import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { VenueId } from '@liquidation-heatmap/core';
import { LIVE_VENUE_IDS, SEEN_LIVE, redirectedRuntime } from '@liquidation-heatmap/feeds';
import { nodeRuntime } from '@liquidation-heatmap/feeds/node';
import { ToolFault, toFault } from '../tool-fault.js';
import { seenLiveSource, withResults } from './seen-live-source.js';
import { smokeVenue, type SmokeResult } from './smoke-venue.js';

const USAGE = `Usage: npm run smoke:live [-- --venues binance,bybit] [--symbol BTCUSDT] [--seconds 60] [--write] [--json]

Reads every venue live for a minute from this machine, everything it offers included, and tells what came. --write enters the day
beside each channel that delivered (packages/feeds/src/seen-live.ts), which turns channels on that were known from documentation alone.`;

function venuesOf(text: string | undefined): readonly VenueId[] {
  if (text === undefined) return LIVE_VENUE_IDS;
  return text.split(',').map((name) => {
    const venue = LIVE_VENUE_IDS.find((id) => id === name);
    if (venue !== undefined) return venue;
    throw new ToolFault('--venues', `--venues must be some of ${LIVE_VENUE_IDS.join(',')}, was "${name}".`);
  });
}

function rowOf({ venue, isConnected, firstDataMs, messages, gaps, channels, trouble }: SmokeResult): string {
  const first = firstDataMs === undefined ? '-' : `${String(Math.round(firstDataMs))} ms`;
  const connected = isConnected ? 'yes' : 'no';
  return [
    venue.padEnd(14),
    connected.padEnd(9),
    first.padEnd(10),
    String(messages).padEnd(9),
    String(gaps).padEnd(5),
    channels.join(' ') || trouble,
  ].join('  ');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      venues: { type: 'string' },
      symbol: { type: 'string', default: 'BTCUSDT' },
      seconds: { type: 'string', default: '60' },
      via: { type: 'string' },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new ToolFault('--seconds', `--seconds must be above 0, was "${values.seconds}".`);
  if (values.write && values.via !== undefined)
    throw new ToolFault('--write', '--write is for real venues; what a local server tells is no evidence.');
  const venues = venuesOf(values.venues);
  const runtime = values.via === undefined ? nodeRuntime() : redirectedRuntime(nodeRuntime(), values.via);
  const results = await Promise.all(venues.map((venue) => smokeVenue(venue, values.symbol, seconds * 1_000, runtime)));
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else {
    const head = ['venue'.padEnd(14), 'connected', 'first data', 'messages ', 'gaps ', 'channels, or why not'].join(
      '  ',
    );
    process.stdout.write(`${[head, ...results.map(rowOf)].join('\n')}\n`);
  }
  if (values.write) {
    const source = seenLiveSource(withResults(SEEN_LIVE, results, new Date().toISOString().slice(0, 10)));
    writeFileSync(join(import.meta.dirname, '../../packages/feeds/src/seen-live.ts'), source);
  }
  return results.some(({ channels }) => channels.length > 0) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (cause) {
  process.stderr.write(`${toFault(cause).message}\n`);
  process.exitCode = 1;
}
