import type { PositionSide } from '@liquidation-heatmap/core';
import { TriggerHeap } from './trigger-heap.js';

/** How a position is margined. */
export type MarginMode = 'isolated' | 'cross';

/** A position as its owner knows it; sizes in whole size steps, times in unix ms. */
export interface NewPosition {
  readonly side: PositionSide;
  readonly size: number;
  readonly entryPrice: number;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** NaN where no price of the mark closes it by force. */
  readonly liquidationPrice: number;
  readonly openedAt: number;
  /** Last prices at which the owner leaves, NaN for none. */
  readonly stopPrice: number;
  readonly takeProfitPrice: number;
  /** When the owner thinks of leaving next. */
  readonly exitAt: number;
}

/** Numbers kept per position, as columns. */
const COLUMNS = [
  'size',
  'entryPrice',
  'leverage',
  'liquidationPrice',
  'openedAt',
  'stopPrice',
  'takeProfitPrice',
  'exitAt',
] as const;
type Column = (typeof COLUMNS)[number];

/** Open positions of the agents of one venue, findable by what may close them next. */
export class Positions {
  #columns = emptyColumns(256);
  #isLong = new Uint8Array(256);
  #isIsolated = new Uint8Array(256);
  #generations = new Int32Array(256);
  #used = 0;
  readonly #free: number[] = [];
  #count = 0;
  /** Keys: -price for what fires when the price falls, price for what fires when it rises, time for exits. */
  readonly #markFalls = new TriggerHeap();
  readonly #markRises = new TriggerHeap();
  readonly #lastFalls = new TriggerHeap();
  readonly #lastRises = new TriggerHeap();
  readonly #exits = new TriggerHeap();

  /** How many positions are open. */
  get count(): number {
    return this.#count;
  }

  /** Adds a position and returns its slot. */
  add(position: NewPosition): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot === this.#isLong.length) this.#grow();
    for (const name of COLUMNS) this.#columns[name][slot] = position[name];
    this.#isLong[slot] = position.side === 'long' ? 1 : 0;
    this.#isIsolated[slot] = position.marginMode === 'isolated' ? 1 : 0;
    const generation = this.#generations[slot]!;
    this.#count++;
    this.#watch(position, slot, generation);
    return slot;
  }

  /** Takes a position out. */
  remove(slot: number): void {
    this.#generations[slot] = (this.#generations[slot]! + 1) | 0;
    this.#columns.size[slot] = 0;
    this.#free.push(slot);
    this.#count--;
  }

  /** A position whose liquidation price this mark has reached, or -1. It stays until removed, but is reported once. */
  nextLiquidation(mark: number): number {
    const long = this.#markFalls.popUpTo(-mark, this.#generations);
    return long >= 0 ? long : this.#markRises.popUpTo(mark, this.#generations);
  }

  /** A position whose stop or take-profit this last price has reached, or -1. */
  nextTriggered(last: number): number {
    const falls = this.#lastFalls.popUpTo(-last, this.#generations);
    return falls >= 0 ? falls : this.#lastRises.popUpTo(last, this.#generations);
  }

  /** A position whose owner thinks of leaving at or before `time`, or -1. */
  nextExit(time: number): number {
    return this.#exits.popUpTo(time, this.#generations);
  }

  /** The owner thinks again at `time`. */
  postpone(slot: number, time: number): void {
    this.#columns.exitAt[slot] = time;
    this.#exits.push(time, slot, this.#generations[slot]!);
  }

  /** Keeps memory in proportion to open positions. */
  tidy(): void {
    for (const heap of [this.#markFalls, this.#markRises, this.#lastFalls, this.#lastRises, this.#exits]) {
      heap.tidy(this.#count, this.#generations);
    }
  }

  /** A copy of a position. */
  at(slot: number): NewPosition {
    const columns = this.#columns;
    return {
      side: this.#isLong[slot] === 1 ? 'long' : 'short',
      marginMode: this.#isIsolated[slot] === 1 ? 'isolated' : 'cross',
      size: columns.size[slot]!,
      entryPrice: columns.entryPrice[slot]!,
      leverage: columns.leverage[slot]!,
      liquidationPrice: columns.liquidationPrice[slot]!,
      openedAt: columns.openedAt[slot]!,
      stopPrice: columns.stopPrice[slot]!,
      takeProfitPrice: columns.takeProfitPrice[slot]!,
      exitAt: columns.exitAt[slot]!,
    };
  }

  /** Copies of all open positions, by slot. */
  list(): NewPosition[] {
    const open: NewPosition[] = [];
    for (let slot = 0; slot < this.#used; slot++) if (this.#columns.size[slot]! > 0) open.push(this.at(slot));
    return open;
  }

  #watch(position: NewPosition, slot: number, generation: number): void {
    const isLong = position.side === 'long';
    const liquidation = position.liquidationPrice;
    if (isLong && liquidation > 0) this.#markFalls.push(-liquidation, slot, generation);
    if (!isLong && liquidation > 0) this.#markRises.push(liquidation, slot, generation);
    const below = isLong ? position.stopPrice : position.takeProfitPrice;
    const above = isLong ? position.takeProfitPrice : position.stopPrice;
    if (below > 0) this.#lastFalls.push(-below, slot, generation);
    if (above > 0) this.#lastRises.push(above, slot, generation);
    this.#exits.push(position.exitAt, slot, generation);
  }

  #grow(): void {
    const length = this.#isLong.length * 2;
    const columns = emptyColumns(length);
    for (const name of COLUMNS) columns[name].set(this.#columns[name]);
    this.#columns = columns;
    this.#isLong = grown(this.#isLong, new Uint8Array(length));
    this.#isIsolated = grown(this.#isIsolated, new Uint8Array(length));
    this.#generations = grown(this.#generations, new Int32Array(length));
  }
}

function grown<Values extends Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

function emptyColumns(length: number): Record<Column, Float64Array> {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(length)])) as Record<Column, Float64Array>;
}
