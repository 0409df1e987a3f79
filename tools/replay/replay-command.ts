import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkAlertRules, type AlertRule, type UnixMs, type VenueId } from '@liquidation-heatmap/core';
import { venueAdapters, type Pace } from '@liquidation-heatmap/feeds';
import { printedFacts } from './print-facts.js';
import { ReplayFault } from './replay-fault.js';
import { replayRecording, type ReplayRequest } from './replay-recording.js';

const USAGE = 'npm run replay -- FILE [--json] [--speed N] [--alerts RULES.json] [--venue NAME]';

const wallClock: Pace = {
  now: () => Date.now() as UnixMs,
  sleep: (ms, signal) => after(ms, undefined, { signal }).catch(() => undefined),
};

/** Runs the tool with its arguments; returns the exit code. */
export async function replayCommand(args: readonly string[], print: (text: string) => void): Promise<number> {
  const isJson = args.includes('--json');
  try {
    const facts = await replayRecording(requestOf(args));
    print(isJson ? JSON.stringify(facts, undefined, 2) : printedFacts(facts));
    if (facts.error === undefined) return 0;
    if (!isJson) print(facts.error.message);
    return 1;
  } catch (error) {
    if (!(error instanceof ReplayFault)) throw error;
    print(isJson ? JSON.stringify({ schema: 'replay-facts/1', error: error.fault }, undefined, 2) : error.message);
    return 1;
  }
}

function requestOf(args: readonly string[]): ReplayRequest {
  const { values, positionals } = parsedArgs(args);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    throw new ReplayFault('bad-argument', 'FILE', `FILE must be exactly one recording: ${USAGE}`);
  const rules = values.alerts === undefined ? {} : { alertRules: rulesIn(values.alerts) };
  const venue = values.venue === undefined ? {} : { venue: venueOf(values.venue) };
  if (values.speed === undefined) return { path, ...rules, ...venue };
  const speed = Number(values.speed);
  if (!(speed > 0 && Number.isFinite(speed))) {
    throw new ReplayFault('bad-argument', '--speed', `--speed must be a number above 0, was "${values.speed}".`);
  }
  return { path, speed, pace: wallClock, ...rules, ...venue };
}

/** A venue whose recordings can be read. */
function venueOf(name: string): VenueId {
  const known = venueAdapters.map(({ venue }) => venue);
  const venue = known.find((id) => id === name);
  if (venue !== undefined) return venue;
  throw new ReplayFault('bad-argument', '--venue', `--venue must be one of ${known.join(', ')}, was "${name}".`);
}

/** Rules from a file, checked. */
function rulesIn(path: string): readonly AlertRule[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ReplayFault(
      'bad-argument',
      '--alerts',
      `--alerts must name a JSON file, ${path} cannot be read: ${reason}`,
    );
  }
  const checked = checkAlertRules(json);
  if (!checked.ok) throw new ReplayFault('bad-argument', checked.fault.field, `${path}: ${checked.fault.message}`);
  return checked.value;
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        speed: { type: 'string' },
        alerts: { type: 'string' },
        venue: { type: 'string' },
      },
    });
  } catch (error) {
    throw new ReplayFault(
      'bad-argument',
      'arguments',
      `${error instanceof Error ? error.message : String(error)} Usage: ${USAGE}`,
    );
  }
}
