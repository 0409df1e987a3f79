/** What a connection has asked for, by the name the venue gives it, and how each is ended. */
export class Subscriptions {
  readonly #stops = new Map<string, () => void>();

  /** Names in the order in which they were asked for. */
  get names(): readonly string[] {
    return [...this.#stops.keys()];
  }

  has(name: string): boolean {
    return this.#stops.has(name);
  }

  /** Starts a stream unless it runs already; false where it did. */
  start(name: string, open: () => () => void): boolean {
    if (this.#stops.has(name)) return false;
    this.#stops.set(name, () => undefined);
    this.#stops.set(name, open());
    return true;
  }

  /** Ends a stream; false where none of that name ran. */
  stop(name: string): boolean {
    const stop = this.#stops.get(name);
    this.#stops.delete(name);
    stop?.();
    return stop !== undefined;
  }

  /** Ends all. */
  clear(): void {
    for (const name of this.names) this.stop(name);
  }
}
