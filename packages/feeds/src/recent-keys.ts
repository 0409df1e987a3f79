/** Remembers the newest keys, so that what is told again is known. */
export class RecentKeys {
  readonly #capacity: number;
  /** In order of first sight. */
  readonly #keys = new Set<string>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether a key is told for the first time; from now on it is known. */
  isNew(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > this.#capacity) {
      const [oldest] = this.#keys;
      if (oldest !== undefined) this.#keys.delete(oldest);
    }
    return true;
  }
}
