import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '@liquidation-heatmap/core';
import type { MarketResult, MarketTask } from './market-result.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Whatever decides a result: models, metrics, markets and how they are brought together. */
const SOURCES = ['packages/core/src', 'packages/simulator/src', 'tools/scorecard'];

/** What made the results: the estimate's own version and a fingerprint of every source that has a say. */
export interface ScorecardVersion {
  readonly model: string;
  readonly paramsHash: string;
  readonly sources: string;
}

/** The version of what would be run now. */
export function currentVersion(): ScorecardVersion {
  const { model, version, paramsHash } = createEngine({ symbol: 'BTCUSDT', venues: ['simulated'] }).facts();
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((folder) => sourcesBelow(join(root, folder)))) hash.update(readFileSync(path));
  return { model: `${model} ${version}`, paramsHash, sources: hash.digest('hex').slice(0, 16) };
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourcesBelow(path);
      return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
    });
}

/** Key of a market's result: same task and same version, same result. */
export function keyOf(task: MarketTask, version: ScorecardVersion): string {
  const { world, feed, seed, days, models, isRobust } = task;
  const text = JSON.stringify([world, feed, seed, days, models, isRobust, version]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Finished markets, one JSON line each, so that an interrupted run goes on where it stopped. */
export class StateFile {
  readonly #path: string;
  readonly #known = new Map<string, MarketResult>();

  constructor(path: string) {
    this.#path = path;
    if (!existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const entry = entryOf(line);
      if (entry !== undefined) this.#known.set(entry.key, entry.result);
    }
  }

  get(key: string): MarketResult | undefined {
    return this.#known.get(key);
  }

  add(key: string, result: MarketResult): void {
    this.#known.set(key, result);
    mkdirSync(dirname(this.#path), { recursive: true });
    // The newline in front ends a line that an interruption broke off.
    appendFileSync(this.#path, `\n${JSON.stringify({ key, result })}`);
  }
}

/** A line that an interruption broke off is as if it had never been written. */
function entryOf(line: string): { readonly key: string; readonly result: MarketResult } | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as { key: string; result: MarketResult };
  } catch {
    return undefined;
  }
}
