import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { MS_PER_HOUR, type MarketEvent, type SourceOrigin, type UnixMs, type VenueId } from '@liquidation-heatmap/core';
import { readLines, ReplayFeed, venueAdapters } from '@liquidation-heatmap/feeds';
import { ASSETS, assetOf, simulatedEvents } from '@liquidation-heatmap/simulator';
import { ToolFault } from '../tool-fault.js';

/** Where a snapshot's events come from. */
export interface Input {
  readonly symbol: string;
  readonly venues: readonly VenueId[];
  readonly origin: SourceOrigin;
  readonly events: AsyncIterable<MarketEvent> | Iterable<MarketEvent>;
}

/** Start of every simulated snapshot: a fixed date, so that the same seed gives the same file. */
const SIMULATED_START = Date.UTC(2024, 0, 1) as UnixMs;
const LIVE_MS = 60_000;

/** Opens a recording or a simulated market. Throws a ToolFault that names the rule. */
export async function openInput(name: string, symbol: string, hours: number): Promise<Input> {
  if (name.startsWith('simulated:')) return simulated(name.slice('simulated:'.length), symbol, hours);
  if (!existsSync(name))
    throw new ToolFault('INPUT', `INPUT must be a file or simulated:SEED, there is no file "${name}".`);
  const { events, venue } = await firstVenue(recorded(name, symbol), symbol);
  return { symbol, venues: [venue], origin: 'recorded', events };
}

function simulated(seed: string, symbol: string, hours: number): Input {
  if (assetOf(symbol) === undefined) {
    const known = ASSETS.map((asset) => asset.symbol).join(' ');
    throw new ToolFault('--symbol', `--symbol must be one of ${known} for a simulated market, was "${symbol}".`);
  }
  const span = { historyMs: hours * MS_PER_HOUR, liveMs: LIVE_MS };
  const events = simulatedEvents({ seed, symbol, startTime: SIMULATED_START }, span);
  return { symbol, venues: ['simulated'], origin: 'simulated', events };
}

function recorded(path: string, symbol: string): AsyncGenerator<MarketEvent> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => text.destroy(error));
  return new ReplayFeed({ adapters: venueAdapters, symbols: [symbol] }).events(readLines(text));
}

/** The recording's venue is known from its first instrument; events read until then are given back first. */
async function firstVenue(events: AsyncGenerator<MarketEvent>, symbol: string) {
  const taken: MarketEvent[] = [];
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    taken.push(next.value);
    if (next.value.kind === 'instrument') return { venue: next.value.spec.venue, events: joined(taken, events) };
  }
  throw new ToolFault('--symbol', `--symbol must be in the recording, "${symbol}" is not.`);
}

async function* joined(taken: readonly MarketEvent[], rest: AsyncIterable<MarketEvent>): AsyncGenerator<MarketEvent> {
  yield* taken;
  yield* rest;
}
