/** Keeps the newest `capacity` values; pushing one more forgets the oldest. */
export class RingBuffer<Value> {
  readonly capacity: number;
  readonly #values: Value[] = [];
  #oldest = 0;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError(`Capacity must be an integer of at least 1, was ${capacity}`);
    this.capacity = capacity;
  }

  /** How many values are held, 0..capacity. */
  get length(): number {
    return this.#values.length;
  }

  /** Adds the newest value; returns the one forgotten for it, if any. */
  push(value: Value): Value | undefined {
    if (this.#values.length < this.capacity) {
      this.#values.push(value);
      return undefined;
    }
    const forgotten = this.#values[this.#oldest];
    this.#values[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % this.capacity;
    return forgotten;
  }

  /** Value by age: 0 is the oldest, -1 the newest; undefined outside. */
  at(index: number): Value | undefined {
    const fromOldest = index < 0 ? this.length + index : index;
    if (fromOldest < 0 || fromOldest >= this.length) return undefined;
    return this.#values[(this.#oldest + fromOldest) % this.#values.length];
  }

  /** Forgets everything. */
  clear(): void {
    this.#values.length = 0;
    this.#oldest = 0;
  }

  /** From the oldest to the newest. */
  *[Symbol.iterator](): IterableIterator<Value> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as Value;
  }
}
