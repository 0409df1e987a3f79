import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { malformed, parsed, type Parsed } from '@liquidation-heatmap/core';
import { checkFaults } from './faults/check-faults.js';
import { drawFaults } from './faults/draw-faults.js';
import type { FaultScript } from './faults/fault-script.js';
import { VENUE_HOSTS } from './host/addresses.js';
import { SYMBOLS, VENUE_NAMES, isSymbolName, type SymbolName } from './market/venue-name.js';
import { startVenueServer, type RunningServer } from './server.js';

/** What the command line asks for. */
export interface Command {
  readonly port: number;
  readonly seed: string;
  readonly speed: number;
  readonly symbols: readonly SymbolName[];
  readonly faults: FaultScript;
}

const OPTIONS = {
  port: { type: 'string', default: '8900' },
  seed: { type: 'string', default: '1' },
  speed: { type: 'string', default: '1' },
  symbols: { type: 'string', default: SYMBOLS.join(',') },
  faults: { type: 'string' },
} as const;
/** Span that faults are drawn for. */
const DRAWN_MS = 24 * 3_600_000;
const FASTEST = 1_000;

/** Reads the command line; a fault names the option that broke which rule. */
export async function readCommand(args: readonly string[]): Promise<Parsed<Command>> {
  let values: Partial<Record<keyof typeof OPTIONS, string>>;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }));
  } catch (fault) {
    return malformed('invalid-option', 'options', fault instanceof Error ? fault.message : String(fault));
  }
  const [port, speed, seed = ''] = [Number(values.port), Number(values.speed), values.seed];
  const symbols = (values.symbols ?? '').split(',');
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
    return wrong('port', 'must be a whole number of 0 to 65535');
  if (!(speed > 0 && speed <= FASTEST)) return wrong('speed', `must be above 0 and at most ${String(FASTEST)}`);
  if (!symbols.every(isSymbolName)) return wrong('symbols', `must be among ${SYMBOLS.join(', ')}`);
  const faults = values.faults === undefined ? parsed([]) : await readFaults(values.faults);
  return faults.ok ? parsed({ port, speed, seed, symbols, faults: faults.value }) : faults;
}

/** A file that ends in `.json` is a script; anything else is the seed of a drawn one. */
async function readFaults(named: string): Promise<Parsed<FaultScript>> {
  if (!named.endsWith('.json')) return parsed(drawFaults(named, DRAWN_MS, VENUE_NAMES));
  try {
    return checkFaults(JSON.parse(await readFile(named, 'utf8')));
  } catch (fault) {
    return wrong('faults', `must name a readable JSON file: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

/** Runs the command until the process ends; returns the exit code where it could not start. */
export async function venueServerCommand(
  args: readonly string[],
  say: (text: string) => void,
): Promise<RunningServer | number> {
  const command = await readCommand(args);
  if (!command.ok) {
    say(command.fault.message);
    return 1;
  }
  say(`Making a month of market for ${command.value.symbols.join(', ')} …`);
  try {
    const server = await startVenueServer(command.value);
    say(greeting(server, command.value));
    return server;
  } catch (fault) {
    say(`The server could not start: ${fault instanceof Error ? fault.message : String(fault)}`);
    return 1;
  }
}

function greeting({ address }: RunningServer, { seed, speed, symbols, faults }: Command): string {
  return [
    `Simulated venues at ${address}: nothing here is a real market.`,
    `Seed ${seed}, speed ${String(speed)}, ${symbols.join(' ')}; ${String(faults.length)} faults planned.`,
    ...Object.entries(VENUE_HOSTS).map(([host, venue]) => `  ${venue.padEnd(12)} ${address}/${host}/…`),
  ].join('\n');
}

function wrong(field: string, rule: string): Parsed<never> {
  return malformed('invalid-option', field, `--${field} ${rule}`);
}
