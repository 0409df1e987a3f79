/** Events that may wait before writers are asked to pause. */
const HIGH_WATER = 50_000;

/** A queue with many writers and one reader. Writers that respect `ready` keep it bounded. */
export class EventQueue<Item> implements AsyncIterable<Item> {
  readonly #highWater: number;
  #items: Item[] = [];
  #head = 0;
  #isEnded = false;
  #bug: { readonly thrown: unknown } | undefined;
  #wakeReader: (() => void) | undefined;
  #room: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;

  constructor(highWater: number = HIGH_WATER) {
    this.#highWater = highWater;
  }

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** Adds an item; ignored after the end. */
  push(item: Item): void {
    if (this.#isEnded) return;
    this.#items.push(item);
    this.#wake();
  }

  /** Pending while too much waits to be read. */
  ready(): Promise<void> | undefined {
    if (this.#isEnded || this.length < this.#highWater) return undefined;
    this.#room ??= deferred();
    return this.#room.promise;
  }

  /** Nothing comes after this; what waits is still read. */
  end(): void {
    this.#isEnded = true;
    this.#makeRoom();
    this.#wake();
  }

  /** Ends with a bug: the reader gets it after what waits. */
  fail(thrown: unknown): void {
    this.#bug ??= { thrown };
    this.end();
  }

  /** The oldest item, or undefined when none waits. */
  shift(): Item | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1_024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    if (this.length < this.#highWater / 2) this.#makeRoom();
    return item;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for (;;) {
      const item = this.shift();
      if (item !== undefined) yield item;
      else if (this.#bug !== undefined) throw this.#bug.thrown;
      else if (this.#isEnded) return;
      else await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  #makeRoom(): void {
    const room = this.#room;
    this.#room = undefined;
    room?.resolve();
  }

  #wake(): void {
    const wake = this.#wakeReader;
    this.#wakeReader = undefined;
    wake?.();
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
