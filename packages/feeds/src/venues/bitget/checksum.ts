import { crc32 } from '../../crc32.js';

/** Levels a side that the checksum covers. */
const CHECKED_LEVELS = 25;

type LevelText = readonly [price: string, size: string];

/** A book as the texts that were sent, for as long as the venue sends checksums of them. */
export class TextBook {
  readonly #bids = new Map<number, LevelText>();
  readonly #asks = new Map<number, LevelText>();

  /** Forgets every level. */
  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
  }

  /** Takes levels `[price, size]` that a parser has found sound; size "0" deletes. */
  apply(bids: unknown, asks: unknown): void {
    put(this.#bids, bids as readonly LevelText[]);
    put(this.#asks, asks as readonly LevelText[]);
  }

  /** `bid:size:ask:size:...` of the 25 best levels a side, the longer side going on alone, as a signed CRC32. */
  checksum(): number {
    const bids = [...this.#bids].sort(([a], [b]) => b - a);
    const asks = [...this.#asks].sort(([a], [b]) => a - b);
    const parts: string[] = [];
    for (let i = 0; i < CHECKED_LEVELS; i++) parts.push(...(bids[i]?.[1] ?? []), ...(asks[i]?.[1] ?? []));
    return crc32(parts.join(':')) | 0;
  }
}

function put(side: Map<number, LevelText>, levels: readonly LevelText[]): void {
  for (const [price, size] of levels) {
    if (Number(size) === 0) side.delete(Number(price));
    else side.set(Number(price), [price, size]);
  }
}
