import type { ColumnDeltaMessage, FrameMessage, PlaneDelta, SourceStatus } from './frame-message.js';
import {
  CELL_BYTES,
  TILE_COLUMNS,
  WINDOW_ROWS,
  type Column,
  type ColumnHead,
  type FrameFacts,
  type HeatmapFrame,
  type NowView,
  type Tile,
} from './heatmap-frame.js';
import { columnOfTile, writeColumnCells } from './tile-cells.js';
import { assertNever, type UnixMs } from './units.js';

/** What a message did to the store, so that a renderer touches only what changed. */
export type FrameChange =
  | { readonly kind: 'reset' }
  | { readonly kind: 'column'; readonly resolutionMs: number; readonly head: ColumnHead; readonly isNew: boolean }
  | { readonly kind: 'now' }
  | { readonly kind: 'facts' }
  | { readonly kind: 'status' }
  /** The message cannot be applied; `reason` says why. After `lost` a snapshot is needed. */
  | { readonly kind: 'ignored'; readonly reason: 'lost' | 'old-epoch' | 'before-snapshot' | 'late-column' | 'no-base' };

interface MutableTile extends Tile {
  readonly heads: ColumnHead[];
}

/** Holds what a source has sent and applies its messages; the same class serves worker, relay, file and test. */
export class FrameStore {
  readonly #tiles = new Map<number, MutableTile[]>();
  #now: NowView | undefined;
  #facts: FrameFacts | undefined;
  #status: SourceStatus | undefined;
  #epoch = -1;
  #sequence = -1;
  #isLost = false;

  /** The present in full, if any has come. */
  get now(): NowView | undefined {
    return this.#now;
  }

  get facts(): FrameFacts | undefined {
    return this.#facts;
  }

  get status(): SourceStatus | undefined {
    return this.#status;
  }

  /** True after a hole in the sequence until the next snapshot. */
  get needsSnapshot(): boolean {
    return this.#isLost;
  }

  /** Resolutions held, coarse first. */
  get resolutions(): readonly number[] {
    return [...this.#tiles.keys()].sort((a, b) => b - a);
  }

  /** Tiles of one resolution, oldest first. */
  tiles(resolutionMs: number): readonly Tile[] {
    return this.#tiles.get(resolutionMs) ?? [];
  }

  /** Newest column head of one resolution. */
  newestHead(resolutionMs: number): ColumnHead | undefined {
    return this.#tiles.get(resolutionMs)?.at(-1)?.heads.at(-1);
  }

  /** The held state as one frame; undefined before the first snapshot. Tiles share memory with the store. */
  frame(): HeatmapFrame | undefined {
    if (this.#facts === undefined) return undefined;
    return {
      tiles: this.resolutions.flatMap((resolution) => [...this.tiles(resolution)]),
      now: this.#now,
      facts: this.#facts,
    };
  }

  /** Applies one message and says what changed. Never throws on what a sender may do wrong. */
  apply(message: FrameMessage): FrameChange {
    if (message.kind === 'status') {
      this.#status = message.status;
      if (message.epoch === this.#epoch) {
        if (message.sequence !== this.#sequence + 1) this.#isLost = true;
        this.#sequence = message.sequence;
      }
      return { kind: 'status' };
    }
    if (message.kind === 'snapshot') return this.#reset(message);
    const refusal = this.#refusal(message.epoch, message.sequence);
    if (refusal !== undefined) return { kind: 'ignored', reason: refusal };
    this.#sequence = message.sequence;
    switch (message.kind) {
      case 'column':
        return this.#put(message.column);
      case 'column-delta':
        return this.#putDelta(message);
      case 'now':
        this.#now = message.now;
        return { kind: 'now' };
      case 'facts':
        this.#facts = message.facts;
        return { kind: 'facts' };
      default:
        return assertNever(message);
    }
  }

  /** Forgets columns that end after `time` and the present if it is later: the frame as of `time`. */
  dropAfter(time: UnixMs): void {
    for (const [resolution, tiles] of this.#tiles) {
      const kept = tiles.map((tile) => ({ ...tile, heads: tile.heads.filter((head) => head.endTime <= time) }));
      this.#tiles.set(
        resolution,
        kept.filter((tile) => tile.heads.length > 0),
      );
    }
    if (this.#now !== undefined && this.#now.seenTime > time) this.#now = undefined;
  }

  /** Forgets whole tiles that end before `time`, so that memory stays bounded. */
  dropBefore(time: UnixMs): void {
    for (const [resolution, tiles] of this.#tiles) {
      this.#tiles.set(
        resolution,
        tiles.filter((tile) => tile.heads.at(-1)!.endTime >= time),
      );
    }
  }

  #refusal(epoch: number, sequence: number): 'lost' | 'old-epoch' | 'before-snapshot' | undefined {
    if (this.#epoch < 0) return 'before-snapshot';
    if (epoch < this.#epoch) return 'old-epoch';
    if (this.#isLost || epoch !== this.#epoch || sequence !== this.#sequence + 1) {
      this.#isLost = true;
      return 'lost';
    }
    return undefined;
  }

  #reset(message: Extract<FrameMessage, { kind: 'snapshot' }>): FrameChange {
    this.#tiles.clear();
    for (const tile of message.tiles) {
      const list = this.#tiles.get(tile.resolutionMs) ?? [];
      const cells = new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * CELL_BYTES);
      cells.set(tile.cells);
      list.push({ ...tile, heads: [...tile.heads], cells });
      this.#tiles.set(tile.resolutionMs, list);
    }
    this.#now = message.now;
    this.#facts = message.facts;
    this.#epoch = message.epoch;
    this.#sequence = message.sequence;
    this.#isLost = false;
    return { kind: 'reset' };
  }

  #put(column: Column): FrameChange {
    const { resolutionMs } = column.head;
    const tiles = this.#tiles.get(resolutionMs) ?? [];
    this.#tiles.set(resolutionMs, tiles);
    const newest = tiles.at(-1)?.heads.at(-1);
    const isNewer = newest === undefined || column.head.endTime > newest.endTime;
    if (!isNewer && !(newest.isOpen && column.head.endTime === newest.endTime)) {
      return { kind: 'ignored', reason: 'late-column' };
    }
    if (!isNewer) dropNewest(tiles);
    const tile = tileFor(tiles, column);
    writeColumnCells(tile.cells, tile.heads.length, column);
    tile.heads.push(column.head);
    return { kind: 'column', resolutionMs, head: column.head, isNew: isNewer };
  }

  #putDelta(message: ColumnDeltaMessage): FrameChange {
    const tile = this.#tiles.get(message.head.resolutionMs)?.at(-1);
    if (tile === undefined || tile.heads.length === 0) return { kind: 'ignored', reason: 'no-base' };
    const base = columnOfTile(tile, tile.heads.length - 1);
    const column: Column = {
      ...base,
      head: message.head,
      long: patched(base.long, message.long),
      short: patched(base.short, message.short),
      spread: patched(base.spread, message.spread),
      age: patched(base.age, message.age),
    };
    return this.#put(column);
  }
}

function dropNewest(tiles: MutableTile[]): void {
  const last = tiles.at(-1);
  last?.heads.pop();
  if (last?.heads.length === 0) tiles.pop();
}

function tileFor(tiles: MutableTile[], column: Column): MutableTile {
  const last = tiles.at(-1);
  const fits =
    last !== undefined &&
    last.heads.length < TILE_COLUMNS &&
    last.originRow === column.originRow &&
    last.floor === column.floor &&
    last.step === column.step;
  if (fits) return last;
  const tile: MutableTile = {
    resolutionMs: column.head.resolutionMs,
    originRow: column.originRow,
    floor: column.floor,
    step: column.step,
    heads: [],
    cells: new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * CELL_BYTES),
  };
  tiles.push(tile);
  return tile;
}

function patched(base: Uint8Array, delta: PlaneDelta): Uint8Array {
  const result = base.slice();
  for (let i = 0; i < delta.rows.length; i++) result[delta.rows[i]!] = delta.codes[i]!;
  return result;
}
