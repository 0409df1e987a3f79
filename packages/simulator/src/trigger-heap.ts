/** Entries kept beyond twice the live ones before the stale are thrown out. */
const SLACK = 1024;

/**
 * Positions by a key, smallest first. An entry carries the generation of its slot; entries of slots that were closed or
 * used again are stale: they are skipped when they surface and thrown out before they outnumber the live.
 */
export class TriggerHeap {
  #keys = new Float64Array(SLACK);
  #slots = new Int32Array(SLACK);
  #generations = new Int32Array(SLACK);
  #size = 0;

  /** Adds an entry; amortized O(log n). */
  push(key: number, slot: number, generation: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent]! <= key) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#set(at, key, slot, generation);
  }

  /** Removes and returns the slot of the smallest live entry whose key is at most `limit`; -1 when there is none. */
  popUpTo(limit: number, generations: Int32Array): number {
    while (this.#size > 0 && this.#keys[0]! <= limit) {
      const slot = this.#slots[0]!;
      const isLive = generations[slot] === this.#generations[0]!;
      this.#removeFirst();
      if (isLive) return slot;
    }
    return -1;
  }

  /** Throws stale entries out when they outnumber the live. */
  tidy(live: number, generations: Int32Array): void {
    if (this.#size <= 2 * live + SLACK) return;
    const size = this.#size;
    this.#size = 0;
    const keys = this.#keys.slice(0, size);
    const slots = this.#slots.slice(0, size);
    const marks = this.#generations.slice(0, size);
    for (let i = 0; i < size; i++) {
      if (generations[slots[i]!] === marks[i]!) this.push(keys[i]!, slots[i]!, marks[i]!);
    }
  }

  #removeFirst(): void {
    const last = --this.#size;
    if (last === 0) return;
    const key = this.#keys[last]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#keys[child + 1]! < this.#keys[child]!) child++;
      if (this.#keys[child]! >= key) break;
      this.#copy(child, at);
      at = child;
    }
    this.#copy(last, at);
  }

  #copy(from: number, to: number): void {
    this.#set(to, this.#keys[from]!, this.#slots[from]!, this.#generations[from]!);
  }

  #set(at: number, key: number, slot: number, generation: number): void {
    this.#keys[at] = key;
    this.#slots[at] = slot;
    this.#generations[at] = generation;
  }

  #grow(): void {
    const length = this.#keys.length * 2;
    const keys = new Float64Array(length);
    keys.set(this.#keys);
    this.#keys = keys;
    const slots = new Int32Array(length);
    slots.set(this.#slots);
    this.#slots = slots;
    const generations = new Int32Array(length);
    generations.set(this.#generations);
    this.#generations = generations;
  }
}
