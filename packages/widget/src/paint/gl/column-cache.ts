import type { ColumnHead } from '@liquidation-heatmap/core';
import { MOST_SLOTS } from './heat-shader.js';

const FIRST_SLOTS = 1024;

/** What `slotOf` found: `isNew` asks for an upload. */
export interface ColumnSlot {
  readonly slot: number;
  readonly isNew: boolean;
}

/**
 * Which column of cells stands in which row of the column texture. A column is known by its head object: a changed column
 * comes with a new one. Slots are given round the ring and taken from columns no longer in the picture.
 */
export class ColumnCache {
  #slots = new Map<ColumnHead, number>();
  #owners: (ColumnHead | undefined)[] = new Array<ColumnHead | undefined>(FIRST_SLOTS).fill(undefined);
  #usedIn = new Uint32Array(FIRST_SLOTS);
  #next = 0;
  #picture = 1;

  /** Rows the column texture must have. */
  get capacity(): number {
    return this.#owners.length;
  }

  /** Starts a picture of `columnCount` distinct columns; true when the ring grew: the texture is to be made anew. */
  begin(columnCount: number): boolean {
    this.#picture++;
    if (columnCount <= this.capacity) return false;
    if (columnCount > MOST_SLOTS) throw new Error(`A picture has at most ${MOST_SLOTS} columns, was ${columnCount}`);
    this.reset(2 ** Math.ceil(Math.log2(columnCount)));
    return true;
  }

  /** Forgets all columns: the texture is empty. */
  reset(capacity = this.capacity): void {
    this.#slots.clear();
    this.#owners = new Array<ColumnHead | undefined>(capacity).fill(undefined);
    this.#usedIn = new Uint32Array(capacity);
    this.#next = 0;
  }

  /** Slot of a column of the current picture. */
  slotOf(head: ColumnHead): ColumnSlot {
    const known = this.#slots.get(head);
    if (known !== undefined) {
      this.#usedIn[known] = this.#picture;
      return { slot: known, isNew: false };
    }
    while (this.#usedIn[this.#next] === this.#picture) this.#next = (this.#next + 1) % this.capacity;
    const slot = this.#next;
    const previous = this.#owners[slot];
    if (previous !== undefined) this.#slots.delete(previous);
    this.#owners[slot] = head;
    this.#slots.set(head, slot);
    this.#usedIn[slot] = this.#picture;
    this.#next = (slot + 1) % this.capacity;
    return { slot, isNew: true };
  }
}
