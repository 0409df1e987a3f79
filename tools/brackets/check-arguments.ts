import { parseArgs } from 'node:util';
import type { VenueId } from '@liquidation-heatmap/core';
import { LIVE_VENUE_IDS, PUBLIC_BRACKET_VENUES } from '@liquidation-heatmap/feeds';
import { ToolFault } from '../tool-fault.js';

/** How the check is called, and what its exit code means. */
export const USAGE = `Usage: npm run brackets:check [-- --venues bybit,gate] [--symbols BTCUSDT,ETHUSDT] [--json] [--write] [--via HOST:PORT]

Fetches the margin tables that venues publish without a key and holds them, row by row, against those that ship with core.
--write puts the tables that differ beside the old ones (packages/core/src/margin/tables), with today's date.

Exit: 0 no difference, 1 a table differs, 2 bad arguments, 3 no table that ships could be compared.`;

/** What is to be compared. */
export interface CheckRequest {
  /** In the order they are told; those without public tables are told as such. */
  readonly venues: readonly VenueId[];
  /** Canonical symbols; undefined for every contract whose table ships and the well-known five. */
  readonly symbols: readonly string[] | undefined;
  readonly isJson: boolean;
  readonly writes: boolean;
  /** `host:port` of a local host that stands for all venues; undefined = the venues themselves. */
  readonly via: string | undefined;
}

/** Reads the command line; undefined where help is asked for. Throws a ToolFault that names the option and the rule. */
export function readCheckArguments(argv: readonly string[]): CheckRequest | undefined {
  const values = parsedValues(argv);
  if (values.help) return undefined;
  if (values.write && values.via !== undefined)
    throw new ToolFault('--write', '--write is for real venues; what a local server tells is no evidence.');
  return {
    venues: values.venues === undefined ? LIVE_VENUE_IDS : venuesOf(values.venues),
    symbols: values.symbols?.split(',').map(symbolOf),
    isJson: values.json,
    writes: values.write,
    via: values.via === undefined ? undefined : hostOf(values.via),
  };
}

function parsedValues(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        venues: { type: 'string' },
        symbols: { type: 'string' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        via: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new ToolFault('arguments', `${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
  }
}

function venuesOf(text: string): readonly VenueId[] {
  const venues = text.split(',').map((name) => {
    const venue = LIVE_VENUE_IDS.find((id) => id === name);
    if (venue !== undefined) return venue;
    throw new ToolFault('--venues', `--venues must be some of ${LIVE_VENUE_IDS.join(',')}, was "${name}".`);
  });
  if (venues.some((venue) => PUBLIC_BRACKET_VENUES.includes(venue))) return [...new Set(venues)];
  const open = PUBLIC_BRACKET_VENUES.join(',');
  throw new ToolFault('--venues', `--venues must name one whose tables can be compared (${open}), was "${text}".`);
}

function symbolOf(text: string): string {
  if (/^[A-Z0-9]{2,20}USDT?$/.test(text)) return text;
  throw new ToolFault('--symbols', `--symbols must be like BTCUSDT,ETHUSDT, was "${text}".`);
}

function hostOf(text: string): string {
  const port = Number(/^[\w.-]+:(\d{1,5})$/.exec(text)?.[1] ?? Number.NaN);
  if (port >= 1 && port <= 65_535) return text;
  throw new ToolFault('--via', `--via must be HOST:PORT, was "${text}".`);
}
