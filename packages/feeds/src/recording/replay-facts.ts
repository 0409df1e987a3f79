import type { Fault, MarketEvent } from '@liquidation-heatmap/core';
import type { ReplayFeed } from './replay-feed.js';
import { SymbolFactsSum, type SymbolFacts } from './symbol-facts.js';

/** What a recording holds, in one shape for every venue: `docs/replay-facts.schema.json` without the engine's part. */
export interface RecordingFacts {
  readonly venue: string | null;
  readonly lines: number;
  readonly badLines: number;
  readonly durationMs: number | null;
  readonly firstReceiveMs: number | null;
  readonly lastReceiveMs: number | null;
  /** Lines by kind (`rec:open`, `rec:in`, ...) and frames by stream (`depth@0ms`, `trade`, `rest:depth`, ...). */
  readonly records: Readonly<Record<string, number>>;
  /** What was left out, by reason. */
  readonly drops: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
  /** By the venue's own symbol. */
  readonly symbols: Readonly<Record<string, SymbolFacts>>;
}

/** Adds up the events of a replay beside whoever else reads them. */
export class ReplayFactsSum {
  readonly #feed: ReplayFeed;
  readonly #sums = new Map<string, SymbolFactsSum>();
  readonly #faults: Fault[] = [];

  constructor(feed: ReplayFeed) {
    this.#feed = feed;
  }

  /** Adds one event. */
  add(event: MarketEvent): void {
    if (event.kind === 'tick' || event.kind === 'status') return;
    if (event.kind === 'instrument' && !this.#sums.has(event.instrument)) {
      this.#sums.set(event.instrument, new SymbolFactsSum(event.spec));
    }
    this.#sums.get(event.instrument)?.add(event);
  }

  /** The facts so far. */
  facts(): RecordingFacts {
    const { counts, session, faults, lateEvents } = this.#feed;
    this.#faults.push(...(session?.takeFaults() ?? []));
    const kinds = Object.entries(counts.kinds).map(([kind, count]) => [`rec:${kind}`, count] as const);
    const late = lateEvents > 0 ? { 'late-event': lateEvents } : {};
    const symbols = (session?.instruments() ?? []).map((spec) => {
      const sum = this.#sums.get(spec.id) ?? new SymbolFactsSum(spec);
      return [spec.ownSymbol, sum.facts(session?.bookState(spec.id), session?.book(spec.id))] as const;
    });
    const { firstReceive, lastReceive } = counts;
    return {
      venue: this.#feed.venue ?? null,
      lines: counts.lines,
      badLines: counts.badLines,
      durationMs:
        firstReceive === undefined || lastReceive === undefined
          ? null
          : roundToMicroseconds(lastReceive - firstReceive),
      firstReceiveMs: firstReceive ?? null,
      lastReceiveMs: lastReceive ?? null,
      records: { ...Object.fromEntries(kinds), ...session?.counters.records },
      drops: { ...session?.counters.drops, ...late },
      faults: [...faults, ...this.#faults],
      symbols: Object.fromEntries(symbols.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

/** Receive times carry microseconds; what a subtraction adds beyond them is binary noise. */
function roundToMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
