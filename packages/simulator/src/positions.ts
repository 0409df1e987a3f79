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
  /** USD that back the position, added margin included. */
  readonly margin: number;
  /** One of two equal legs of an account, which net. */
  readonly isNetted: boolean;
  /** NaN where no price of the mark closes it by force. */
  readonly liquidationPrice: number;
  /** Mark at which the owner is called to add margin, NaN for none. */
  readonly callPrice: number;
  /** When the venue last closed a piece of it; -Infinity for never. */
  readonly cutAt: number;
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
  'margin',
  'liquidationPrice',
  'callPrice',
  'cutAt',
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
  #isNetted = new Uint8Array(256);
  #generations = new Int32Array(256);
  #used = 0;
  readonly #free: number[] = [];
  #count = 0;
  #longCount = 0;
  /** Keys: -price for what fires when the price falls, price for what fires when it rises, time for exits. */
  readonly #markFalls = new TriggerHeap();
  readonly #markRises = new TriggerHeap();
  readonly #callFalls = new TriggerHeap();
  readonly #callRises = new TriggerHeap();
  readonly #lastFalls = new TriggerHeap();
  readonly #lastRises = new TriggerHeap();
  readonly #exits = new TriggerHeap();

  /** How many positions are open. */
  get count(): number {
    return this.#count;
  }

  /** How many of them are long. */
  get longCount(): number {
    return this.#longCount;
  }

  /** Adds a position and returns its slot. */
  add(position: NewPosition): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot === this.#isLong.length) this.#grow();
    for (const name of COLUMNS) this.#columns[name][slot] = position[name];
    this.#isLong[slot] = position.side === 'long' ? 1 : 0;
    this.#isIsolated[slot] = position.marginMode === 'isolated' ? 1 : 0;
    this.#isNetted[slot] = position.isNetted ? 1 : 0;
    const generation = this.#generations[slot]!;
    this.#count++;
    this.#longCount += this.#isLong[slot]!;
    this.#watch(position, slot, generation);
    return slot;
  }

  /** Takes a position out. */
  remove(slot: number): void {
    this.#generations[slot] = (this.#generations[slot]! + 1) | 0;
    this.#columns.size[slot] = 0;
    this.#free.push(slot);
    this.#count--;
    this.#longCount -= this.#isLong[slot]!;
  }

  /** A position whose liquidation price this mark has reached, or -1. It stays until removed, but is reported once unless amended. */
  nextLiquidation(mark: number): number {
    return this.#nextReached(this.#markFalls, this.#markRises, this.#columns.liquidationPrice, mark);
  }

  /** A position whose owner this mark calls to add margin, or -1. */
  nextCalled(mark: number): number {
    return this.#nextReached(this.#callFalls, this.#callRises, this.#columns.callPrice, mark);
  }

  /** Takes over a changed size, margin, liquidation price and call price of an open position. */
  amend(slot: number, changed: NewPosition): void {
    const columns = this.#columns;
    columns.size[slot] = changed.size;
    columns.margin[slot] = changed.margin;
    columns.liquidationPrice[slot] = changed.liquidationPrice;
    columns.callPrice[slot] = changed.callPrice;
    columns.cutAt[slot] = changed.cutAt;
    this.#watchMark(changed, slot, this.#generations[slot]!);
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
    const byMark = [this.#markFalls, this.#markRises, this.#callFalls, this.#callRises];
    for (const heap of [...byMark, this.#lastFalls, this.#lastRises, this.#exits]) {
      heap.tidy(this.#count, this.#generations);
    }
  }

  /** A copy of a position. */
  at(slot: number): NewPosition {
    const columns = this.#columns;
    return {
      side: this.#isLong[slot] === 1 ? 'long' : 'short',
      marginMode: this.#isIsolated[slot] === 1 ? 'isolated' : 'cross',
      isNetted: this.#isNetted[slot] === 1,
      size: columns.size[slot]!,
      entryPrice: columns.entryPrice[slot]!,
      leverage: columns.leverage[slot]!,
      margin: columns.margin[slot]!,
      liquidationPrice: columns.liquidationPrice[slot]!,
      callPrice: columns.callPrice[slot]!,
      cutAt: columns.cutAt[slot]!,
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

  /** Slots of all open positions. */
  *slots(): Generator<number, void, undefined> {
    for (let slot = 0; slot < this.#used; slot++) if (this.#columns.size[slot]! > 0) yield slot;
  }

  /** Share of longs by size among positions of at least a size; a half where there are none. */
  longShare(leastSize: number): number {
    const sizes = this.#columns.size;
    let [longs, all] = [0, 0];
    for (let slot = 0; slot < this.#used; slot++) {
      const size = sizes[slot]!;
      if (size === 0 || size < leastSize) continue;
      all += size;
      if (this.#isLong[slot] === 1) longs += size;
    }
    return all === 0 ? 0.5 : longs / all;
  }

  #watch(position: NewPosition, slot: number, generation: number): void {
    const isLong = position.side === 'long';
    this.#watchMark(position, slot, generation);
    const below = isLong ? position.stopPrice : position.takeProfitPrice;
    const above = isLong ? position.takeProfitPrice : position.stopPrice;
    if (below > 0) this.#lastFalls.push(-below, slot, generation);
    if (above > 0) this.#lastRises.push(above, slot, generation);
    this.#exits.push(position.exitAt, slot, generation);
  }

  /** An amended price leaves the entry of the old one behind: the position's own price decides. */
  #nextReached(falls: TriggerHeap, rises: TriggerHeap, prices: Float64Array, mark: number): number {
    const generations = this.#generations;
    let slot = falls.popUpTo(-mark, generations);
    while (slot >= 0 && !(prices[slot]! >= mark)) slot = falls.popUpTo(-mark, generations);
    if (slot >= 0) return slot;
    slot = rises.popUpTo(mark, generations);
    while (slot >= 0 && !(prices[slot]! <= mark)) slot = rises.popUpTo(mark, generations);
    return slot;
  }

  #watchMark({ side, liquidationPrice, callPrice }: NewPosition, slot: number, generation: number): void {
    const isLong = side === 'long';
    if (isLong && liquidationPrice > 0) this.#markFalls.push(-liquidationPrice, slot, generation);
    if (!isLong && liquidationPrice > 0) this.#markRises.push(liquidationPrice, slot, generation);
    if (isLong && callPrice > 0) this.#callFalls.push(-callPrice, slot, generation);
    if (!isLong && callPrice > 0) this.#callRises.push(callPrice, slot, generation);
  }

  #grow(): void {
    const length = this.#isLong.length * 2;
    const columns = emptyColumns(length);
    for (const name of COLUMNS) columns[name].set(this.#columns[name]);
    this.#columns = columns;
    this.#isLong = grown(this.#isLong, new Uint8Array(length));
    this.#isIsolated = grown(this.#isIsolated, new Uint8Array(length));
    this.#isNetted = grown(this.#isNetted, new Uint8Array(length));
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
