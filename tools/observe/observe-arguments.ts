import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ToolFault } from '../tool-fault.js';

/** How the tool is called, and what its exit codes say. */
export const USAGE = `Usage: npm run observe -- --symbol BTCUSDT --addresses FILE [--learn 100] [--minutes 5] [--weight 400] [--json]

Observes what known addresses hold on Hyperliquid: size by liquidation price, and the share of the open interest that it covers. FILE
holds an address a line; empty lines and lines that begin with # are left out. --learn N adds up to N addresses that public trades
name. Nothing is stored. --weight is the request weight a minute, 2 to 600 of the 1200 that the venue allows an IP address. --json
prints an object a line. --via HOST:PORT reads a local venue server instead of the venue.

Exit code 0: at least one address was answered; 1: none was; 2: an argument is wrong.`;

/** What is to be observed. */
export interface ObserveCommand {
  readonly symbol: string;
  readonly addresses: readonly string[];
  /** Where each address stands, for faults: `FILE line 3`. */
  readonly places: readonly string[];
  readonly learn: number;
  readonly minutes: number;
  readonly weight: number | undefined;
  readonly isJson: boolean;
  /** `host:port` of a local host that stands for the venue; absent = the venue itself. */
  readonly via: string | undefined;
}

/** Reads the command line; undefined where help is asked for. Throws a ToolFault that names the option and the rule. */
export function readObserveArguments(args: readonly string[]): ObserveCommand | undefined {
  const values = valuesOf(args);
  if (values.help === true) return undefined;
  const { symbol = 'BTCUSDT', addresses: path, learn, minutes = '5', weight, json = false, via } = values;
  if (path === undefined && learn === undefined)
    throw new ToolFault('--addresses', '--addresses must name a file of addresses, unless --learn is given.');
  const lines = path === undefined ? [] : linesOf(path);
  return {
    symbol,
    addresses: lines.map(({ text }) => text),
    places: lines.map(({ line }) => `${path ?? ''} line ${String(line)}`),
    learn: learn === undefined ? 0 : numberOf('--learn', learn, 1),
    minutes: numberOf('--minutes', minutes, 0),
    weight: weight === undefined ? undefined : numberOf('--weight', weight, 0),
    isJson: json,
    via,
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        symbol: { type: 'string' },
        addresses: { type: 'string' },
        learn: { type: 'string' },
        minutes: { type: 'string' },
        weight: { type: 'string' },
        via: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new ToolFault('arguments', `${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
  }
}

function linesOf(path: string): readonly { readonly text: string; readonly line: number }[] {
  let file: string;
  try {
    file = readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ToolFault('--addresses', `--addresses must name a file that can be read: ${reason}`);
  }
  return file
    .split('\n')
    .map((text, index) => ({ text: text.trim(), line: index + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

function numberOf(option: string, text: string, least: 0 | 1): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value) && (least === 0 ? value > 0 : value >= least)) return value;
  throw new ToolFault(
    option,
    `${option} must be a number ${least === 0 ? 'above 0' : 'of at least 1'}, was "${text}".`,
  );
}
