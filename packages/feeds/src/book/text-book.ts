import { crc32 } from '../crc32.js';

/** Levels a side that the checksum covers. */
const CHECKED_LEVELS = 25;

/** A book as the texts that were sent, for as long as the venue sends checksums of them. */
export class TextBook {
  readonly #bids = new Map<number, readonly [price: string, size: string]>();
  readonly #asks = new Map<number, readonly [price: string, size: string]>();

  /** Forgets every level. */
  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
  }

  /** Takes levels `[price, size, ...]` that a parser has found sound; size "0" deletes. */
  apply(bids: unknown, asks: unknown): void {
    for (const [side, levels] of [
      [this.#bids, bids],
      [this.#asks, asks],
    ] as const) {
      for (const [price, size] of levels as readonly (readonly [string, string])[]) {
        if (Number(size) === 0) side.delete(Number(price));
        else side.set(Number(price), [price, size]);
      }
    }
  }

  /** `bid:size:ask:size:...` of the 25 best levels a side, the longer side going on alone, as a signed CRC32. */
  checksum(): number {
    const bids = bestOf(this.#bids, -1);
    const asks = bestOf(this.#asks, 1);
    const parts: string[] = [];
    for (let i = 0; i < CHECKED_LEVELS; i++) {
      for (const side of [bids, asks]) {
        const level = side[i];
        if (level !== undefined) parts.push(...level);
      }
    }
    return crc32(parts.join(':')) | 0;
  }
}

/** Texts of the best levels, best first; `away` is the direction in which prices get worse. Sorting all of them costs ten times as much. */
function bestOf(
  side: ReadonlyMap<number, readonly [price: string, size: string]>,
  away: 1 | -1,
): readonly (readonly [price: string, size: string])[] {
  const keys: number[] = [];
  for (const price of side.keys()) {
    const key = price * away;
    if (keys.length === CHECKED_LEVELS && key > keys[CHECKED_LEVELS - 1]!) continue;
    let at = keys.length;
    while (at > 0 && keys[at - 1]! > key) at--;
    keys.splice(at, 0, key);
    if (keys.length > CHECKED_LEVELS) keys.pop();
  }
  return keys.flatMap((key) => {
    const level = side.get(key * away);
    return level === undefined ? [] : [level];
  });
}
