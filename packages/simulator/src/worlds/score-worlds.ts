import type { ScoreWorld, ScoreWorldRow } from './score-world.js';
import { TRADER_WORLDS } from './trader-worlds.js';
import { VENUE_WORLDS } from './venue-worlds.js';

const ROWS: readonly ScoreWorldRow[] = [...TRADER_WORLDS, ...VENUE_WORLDS];

/** Every kind of market an estimate is scored on. */
export const SCORE_WORLDS: readonly ScoreWorld[] = ROWS;

/** The row of a name; undefined for one that is not in the table. */
export function scoreWorldOf(name: string): ScoreWorldRow | undefined {
  return ROWS.find((row) => row.name === name);
}
