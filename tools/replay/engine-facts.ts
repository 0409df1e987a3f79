import {
  createEngine,
  INPUT_BIT,
  type Engine,
  type FrameFacts,
  type InstrumentId,
  type MarketEvent,
  type TableAge,
  type UnixMs,
  type VenueId,
} from '@liquidation-heatmap/core';

/** Columns of one width. */
export interface ColumnFacts {
  readonly resolutionMs: number;
  readonly closed: number;
  readonly open: number;
  readonly firstEndTime: number | null;
  readonly lastEndTime: number | null;
}

/** What the estimate made of one symbol. */
export interface EngineFacts {
  /** Inputs it had, in words: trades, bars, mark, openInterest, book, liquidations, funding, ratios. */
  readonly inputs: readonly string[];
  /** `relative`: no open interest, so sizes only compare with each other. */
  readonly scale: 'usd' | 'relative';
  /** `prior-only`: no liquidation print has corrected the prior. */
  readonly basis: 'prior-only' | 'learned';
  /** Margin table that distances follow from, and its age at the last event; null where none is known. */
  readonly marginTable: TableAge | null;
  readonly columns: readonly ColumnFacts[];
  /** Setups of the last second within reach, with every condition. */
  readonly setups: FrameFacts['setups'];
  /** What the rules of `--alerts` told, oldest first, at most the last 200; none without rules. */
  readonly alerts: FrameFacts['alerts'];
  /** Events the engine refused, by code. */
  readonly rejections: Readonly<Record<string, number>>;
}

/** One engine a symbol, since an engine estimates one. */
export class EngineRuns {
  readonly #alertRules: unknown;
  readonly #engines = new Map<string, Engine>();
  readonly #symbolOf = new Map<InstrumentId, string>();

  /** `alertRules`: JSON as in docs/alerts.md, checked before. */
  constructor(alertRules: unknown = []) {
    this.#alertRules = alertRules;
  }

  /** Applies an event to the engine of its symbol; ticks and status go to all. */
  apply(event: MarketEvent, venue: VenueId | undefined): void {
    if (event.kind === 'tick' || event.kind === 'status') {
      for (const engine of this.#engines.values()) engine.apply(event);
      return;
    }
    if (event.kind === 'instrument' && venue !== undefined) {
      const { symbol } = event.spec;
      this.#symbolOf.set(event.instrument, symbol);
      if (!this.#engines.has(symbol)) {
        this.#engines.set(symbol, createEngine({ symbol, venues: [venue], alertRules: this.#alertRules }));
      }
    }
    const symbol = this.#symbolOf.get(event.instrument);
    if (symbol !== undefined) this.#engines.get(symbol)?.apply(event);
  }

  /** Facts of a symbol's engine; null where none ran. */
  facts(symbol: string): EngineFacts | null {
    const engine = this.#engines.get(symbol);
    if (engine === undefined) return null;
    const { tiles, facts } = engine.frame();
    const heads = new Map<number, { isOpen: boolean; endTime: number }[]>();
    for (const tile of tiles) heads.set(tile.resolutionMs, [...(heads.get(tile.resolutionMs) ?? []), ...tile.heads]);
    return {
      inputs: Object.entries(INPUT_BIT).flatMap(([name, bit]) => ((facts.inputs & bit) === 0 ? [] : [name])),
      scale: facts.scale,
      basis: facts.basis,
      marginTable: facts.marginTables?.[0]?.table ?? null,
      columns: [...heads].map(([resolutionMs, of]) => ({
        resolutionMs,
        closed: of.filter((head) => !head.isOpen).length,
        open: of.filter((head) => head.isOpen).length,
        firstEndTime: of[0]?.endTime ?? null,
        lastEndTime: of.at(-1)?.endTime ?? null,
      })),
      setups: facts.setups,
      alerts: engine.alerts(Number.NEGATIVE_INFINITY as UnixMs),
      rejections: facts.rejections,
    };
  }
}
