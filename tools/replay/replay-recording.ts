import { basename } from 'node:path';
import type { Fault, VenueId } from '@liquidation-heatmap/core';
import {
  ReplayFactsSum,
  ReplayFeed,
  venueAdapters,
  type Pace,
  type RecordingFacts,
  type SymbolFacts,
} from '@liquidation-heatmap/feeds';
import { EngineRuns, type EngineFacts } from './engine-facts.js';
import { openRecording } from './open-recording.js';
import { ReplayFault } from './replay-fault.js';

/** What `npm run replay` prints: `docs/replay-facts.schema.json`. */
export interface ReplayFacts extends Omit<RecordingFacts, 'symbols'> {
  readonly schema: 'replay-facts/1';
  readonly file: string;
  readonly symbols: Readonly<Record<string, SymbolFacts & { readonly engine: EngineFacts | null }>>;
  /** First thing wrong with the recording itself; what could be read stands beside it. */
  readonly error?: Fault;
}

/** How to play. */
export interface ReplayRequest {
  readonly path: string;
  /** 1 = as it happened; absent = as fast as possible. */
  readonly speed?: number;
  readonly pace?: Pace;
  /** Rules about what to be told of, JSON as in docs/alerts.md. */
  readonly alertRules?: unknown;
  /** Whose recording it is, where its lines carry no address. */
  readonly venue?: VenueId;
}

/** Sends a recording through adapter, book and engine. Rejects with a `ReplayFault` when nothing at all can be read. */
export async function replayRecording({ path, speed, pace, alertRules, venue }: ReplayRequest): Promise<ReplayFacts> {
  const lines = await openRecording(path);
  const feed = new ReplayFeed({
    adapters: venueAdapters,
    ...(speed === undefined ? {} : { speed }),
    ...(pace === undefined ? {} : { pace }),
    ...(venue === undefined ? {} : { venue }),
  });
  const sum = new ReplayFactsSum(feed);
  const engines = new EngineRuns(alertRules);
  const broken = await play(feed, lines, (event) => {
    sum.add(event);
    engines.apply(event, feed.venue);
  });
  const facts = sum.facts();
  if (facts.venue === null) throw nothingRead(path, broken ?? facts.faults[0]);
  const error = broken ?? (facts.badLines > 0 ? facts.faults[0] : undefined);
  const symbols = Object.entries(facts.symbols).map(([ownSymbol, of]) => {
    const spec = feed.session?.instruments().find((known) => known.ownSymbol === ownSymbol);
    return [ownSymbol, { ...of, engine: spec === undefined ? null : engines.facts(spec.symbol) }] as const;
  });
  return {
    schema: 'replay-facts/1',
    file: basename(path),
    ...facts,
    symbols: Object.fromEntries(symbols),
    ...(error === undefined ? {} : { error }),
  };
}

/** Plays all that can be read; returns what broke the file off, if anything did. */
async function play(
  feed: ReplayFeed,
  lines: AsyncIterable<string>,
  onEvent: Parameters<typeof forEach>[1],
): Promise<Fault | undefined> {
  try {
    await forEach(feed.events(lines), onEvent);
    return undefined;
  } catch (error) {
    if (error instanceof ReplayFault) return error.fault;
    throw error;
  }
}

async function forEach(
  events: ReturnType<ReplayFeed['events']>,
  onEvent: (event: Parameters<ReplayFactsSum['add']>[0]) => void,
): Promise<void> {
  for await (const event of events) onEvent(event);
}

function nothingRead(path: string, first: Fault | undefined): ReplayFault {
  const { code, field, message } = first ?? {
    code: 'empty',
    field: 'FILE',
    message: `FILE must hold at least one line, ${path} is empty.`,
  };
  return new ReplayFault(code, field, message);
}
