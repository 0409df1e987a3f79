import type { Engine } from '../engine/engine.js';
import type { ColumnSeries } from '../grid/column-series.js';
import { columnOfTile } from '../model/tile-cells.js';
import type {
  ColumnDeltaMessage,
  ColumnMessage,
  FrameMessage,
  SnapshotMessage,
  SourceStatus,
  StatusMessage,
} from '../model/frame-message.js';
import type { Column } from '../model/heatmap-frame.js';
import type { UnixMs } from '../model/units.js';
import { deltaOfColumns } from './column-delta.js';
import { amountsKey, eventsKey } from './facts-key.js';

/** Facts are sent again after this long even when only times in them changed. */
const FACTS_MS = 10_000;
/** What moves all the time, amounts and prices of clusters and the rates of a run, is sent this often at most. */
const AMOUNTS_MS = 5_000;

/** What a sender chooses. */
export interface FrameStreamOptions {
  readonly symbolIndex?: number;
  readonly epoch?: number;
}

/** Turns an engine's state into messages: a snapshot first, then what changed since the last call. Pull it about once a second. */
export class FrameStream {
  readonly #engine: Engine;
  readonly #symbolIndex: number;
  readonly #epoch: number;
  #sequence = 0;
  readonly #sent = new Map<ColumnSeries, Column>();
  #factsKey = '';
  #amountsKey = '';
  #factsTime = Number.NaN;

  constructor(engine: Engine, options: FrameStreamOptions = {}) {
    this.#engine = engine;
    this.#symbolIndex = options.symbolIndex ?? 0;
    this.#epoch = options.epoch ?? 1;
  }

  /** The whole state; a receiver that missed anything asks for it again. */
  snapshot(): SnapshotMessage {
    const frame = this.#engine.frame();
    for (const series of this.#engine.series) {
      const tile = frame.tiles.findLast(({ resolutionMs }) => resolutionMs === series.resolutionMs);
      if (tile === undefined) this.#sent.delete(series);
      else this.#sent.set(series, columnOfTile(tile, tile.heads.length - 1));
    }
    this.#noteFacts();
    return { kind: 'snapshot', ...this.#envelope(), ...frame };
  }

  /** Columns closed or changed, the present, and the facts where they changed; empty before any price is known. */
  drain(): readonly FrameMessage[] {
    const messages: FrameMessage[] = [];
    for (const series of this.#engine.series) this.#drainSeries(series, messages);
    const now = this.#engine.now();
    if (now !== undefined) messages.push({ kind: 'now', ...this.#envelope(), now });
    if (this.#factsChanged()) {
      this.#noteFacts();
      messages.push({ kind: 'facts', ...this.#envelope(), facts: this.#engine.facts() });
    }
    return messages;
  }

  /** A status in the same sequence. */
  status(status: SourceStatus): StatusMessage {
    return { kind: 'status', ...this.#envelope(), status };
  }

  #drainSeries(series: ColumnSeries, messages: FrameMessage[]): void {
    const sentEnd = this.#sent.get(series)?.head;
    const isPending = (endTime: number) =>
      sentEnd === undefined || endTime > sentEnd.endTime || (endTime === sentEnd.endTime && sentEnd.isOpen);
    for (const tile of series.tiles()) {
      if (!isPending(tile.heads.at(-1)!.endTime)) continue;
      tile.heads.forEach((head, i) => {
        if (isPending(head.endTime)) messages.push(this.#columnMessage(series, columnOfTile(tile, i)));
      });
    }
    const open = this.#engine.openColumn(series);
    if (open !== undefined) messages.push(this.#columnMessage(series, open));
  }

  #columnMessage(series: ColumnSeries, column: Column): ColumnMessage | ColumnDeltaMessage {
    const base = this.#sent.get(series);
    this.#sent.set(series, column);
    const delta = base === undefined ? undefined : deltaOfColumns(base, column);
    if (delta === undefined) return { kind: 'column', ...this.#envelope(), column };
    return { kind: 'column-delta', ...this.#envelope(), ...delta };
  }

  #envelope() {
    const time = (Number.isNaN(this.#engine.clock) ? 0 : this.#engine.clock) as UnixMs;
    return { symbolIndex: this.#symbolIndex, epoch: this.#epoch, sequence: this.#sequence++, time };
  }

  #factsKeyNow(): string {
    const { coverage, rejections, prints, estimates } = this.#engine;
    const rejected = [...rejections.values()].reduce((sum, count) => sum + count, 0);
    const relative = [...estimates.values()].map(({ isRelative }) => isRelative).join();
    const revision = [coverage.revision, rejected, prints.length, prints.at(-1)?.seenTime, relative].join('|');
    return `${revision}|${eventsKey(this.#engine)}`;
  }

  #factsChanged(): boolean {
    const ageMs = this.#engine.clock - this.#factsTime;
    if (this.#factsKeyNow() !== this.#factsKey || ageMs >= FACTS_MS) return true;
    return ageMs >= AMOUNTS_MS && amountsKey(this.#engine) !== this.#amountsKey;
  }

  #noteFacts(): void {
    this.#factsKey = this.#factsKeyNow();
    this.#amountsKey = amountsKey(this.#engine);
    this.#factsTime = this.#engine.clock;
  }
}

/** Makes the message stream of an engine. */
export function createFrameStream(engine: Engine, options?: FrameStreamOptions): FrameStream {
  return new FrameStream(engine, options);
}
