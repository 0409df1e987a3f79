import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { DEFAULT_MODELS, isModelName } from './model-table.js';
import { FEEDS, WORLDS, type FeedName } from './open-market.js';
import { ScorecardFault } from './scorecard-fault.js';

const USAGE =
  'npm run scorecard -- --seeds A-B [--worlds x,y] [--feeds complete,throttled,none] [--days 9] [--models a,b] [--jobs N] [--robust] [--json] [--write]';
/** One short of the simulator's longest history. */
const MOST_DAYS = 89;

/** What to score. */
export interface ScorecardRequest {
  readonly seeds: readonly number[];
  readonly worlds: readonly string[];
  readonly feeds: readonly FeedName[];
  readonly days: number;
  readonly models: readonly string[];
  readonly jobs: number;
  readonly isRobust: boolean;
  readonly isJson: boolean;
  /** Keep the sums as `docs/evidence/scorecard-FEEDS.json`. */
  readonly isWritten: boolean;
}

/** Reads the arguments; throws a `ScorecardFault` in one plain sentence. */
export function requestOf(args: readonly string[]): ScorecardRequest {
  const values = parsedValues(args);
  return {
    seeds: seedsOf(values.seeds),
    worlds: listOf('--worlds', values.worlds, WORLDS, WORLDS.slice(0, 1)),
    feeds: listOf('--feeds', values.feeds?.replace(/\bthrottled\b(?!-)/g, 'throttled-largest'), FEEDS, ['complete']),
    days: numberOf('--days', values.days ?? '9', MOST_DAYS),
    models: modelsOf(values.models),
    jobs: wholeOf('--jobs', values.jobs ?? String(availableParallelism())),
    isRobust: values.robust ?? false,
    isJson: values.json ?? false,
    isWritten: values.write ?? false,
  };
}

function parsedValues(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: text,
        worlds: text,
        feeds: text,
        days: text,
        models: text,
        jobs: text,
        robust: flag,
        json: flag,
        write: flag,
      },
    }).values;
  } catch (error) {
    throw broken('arguments', `${error instanceof Error ? error.message : String(error)} Usage: ${USAGE}`);
  }
}

function seedsOf(text: string | undefined): readonly number[] {
  if (text === undefined) throw broken('--seeds', `--seeds must name the seeds to score, was missing. Usage: ${USAGE}`);
  const [, first = '', last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || !(count >= 1 && count <= 1_000)) {
    throw broken('--seeds', `--seeds must be a number or a rising range of at most 1,000, such as 1-8, was "${text}".`);
  }
  return Array.from({ length: count }, (_, i) => Number(first) + i);
}

function listOf<Name extends string>(
  field: string,
  text: string | undefined,
  known: readonly Name[],
  otherwise: readonly Name[],
): readonly Name[] {
  if (text === undefined) return otherwise;
  if (text === 'all') return known;
  const names = [...new Set(text.split(','))];
  const unknown = names.find((name) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw broken(field, `${field} must be "all" or of ${known.join(', ')}, was "${unknown}".`);
  }
  return names as Name[];
}

function modelsOf(text: string | undefined): readonly string[] {
  if (text === undefined) return DEFAULT_MODELS;
  const names = [...new Set(text.split(','))];
  const unknown = names.find((name) => !isModelName(name));
  if (unknown === undefined) return names;
  throw broken('--models', `--models must be of ${DEFAULT_MODELS.join(', ')}, was "${unknown}".`);
}

function numberOf(field: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= most) return value;
  throw broken(field, `${field} must be a number above 0 and at most ${most}, was "${text}".`);
}

function wholeOf(field: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 256) return value;
  throw broken(field, `${field} must be a whole number from 1 to 256, was "${text}".`);
}

function broken(field: string, message: string): ScorecardFault {
  return new ScorecardFault('bad-argument', field, message);
}
