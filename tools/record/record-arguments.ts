import { parseArgs } from 'node:util';
import { LIVE_VENUE_IDS } from '@liquidation-heatmap/feeds';
import type { VenueId } from '@liquidation-heatmap/core';
import { ToolFault } from '../tool-fault.js';

/** How the recorder is called. */
export const USAGE = `Usage: npm run record -- [--venues all|binance,bybit] [--symbols BTC,ETH] [--minutes 30] [--out recordings] [--part-mb 64]
       npm run record -- --verify FILE.ndjson.gz ...

Records what the venues send, one folder for each venue, in hash-chained parts that replay with: npm run replay -- FILE --venue NAME`;

/** What is to be recorded. */
export interface RecordRequest {
  readonly venues: readonly VenueId[];
  /** Canonical symbols. */
  readonly symbols: readonly string[];
  readonly minutes: number;
  readonly out: string;
  readonly partBytes: number;
  /** `host:port` of a local host that stands for all venues; absent = the venues themselves. */
  readonly via: string | undefined;
}

/** Reads the command line; throws a ToolFault that names the option and the rule. */
export function readRecordArguments(
  argv: readonly string[],
): RecordRequest | { readonly verify: readonly string[] } | undefined {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      'venues': { type: 'string', default: 'all' },
      'symbols': { type: 'string', default: 'BTC' },
      'minutes': { type: 'string', default: '30' },
      'out': { type: 'string', default: 'recordings' },
      'part-mb': { type: 'string', default: '64' },
      'via': { type: 'string' },
      'verify': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.verify) {
    if (positionals.length === 0) throw new ToolFault('--verify', '--verify must name at least one file.');
    return { verify: positionals };
  }
  return {
    venues: venuesOf(values.venues),
    symbols: values.symbols.split(',').map(symbolOf),
    minutes: positive('--minutes', values.minutes),
    out: values.out,
    partBytes: positive('--part-mb', values['part-mb']) * 1_000_000,
    via: values.via,
  };
}

function venuesOf(text: string): readonly VenueId[] {
  if (text === 'all') return LIVE_VENUE_IDS;
  return text.split(',').map((name) => {
    const venue = LIVE_VENUE_IDS.find((id) => id === name);
    if (venue !== undefined) return venue;
    throw new ToolFault('--venues', `--venues must be all or some of ${LIVE_VENUE_IDS.join(',')}, was "${name}".`);
  });
}

/** `BTC` stands for its pair in USDT, which selects the asset on every venue. */
function symbolOf(text: string): string {
  if (!/^[A-Z0-9]{2,20}$/.test(text))
    throw new ToolFault('--symbols', `--symbols must be like BTC,ETH, was "${text}".`);
  return text.endsWith('USDT') ? text : `${text}USDT`;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new ToolFault(option, `${option} must be a number above 0, was "${text}".`);
}
