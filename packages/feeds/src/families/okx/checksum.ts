import { crc32 } from '../../crc32.js';

/** Levels a side that the checksum covers. */
const CHECKED_LEVELS = 25;

/** A book as the texts that were sent, for as long as the venue sends checksums of them. */
export class TextBook {
  readonly #bids = new Map<number, readonly [price: string, size: string]>();
  readonly #asks = new Map<number, readonly [price: string, size: string]>();

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
    const bids = [...this.#bids].sort(([a], [b]) => b - a).slice(0, CHECKED_LEVELS);
    const asks = [...this.#asks].sort(([a], [b]) => a - b).slice(0, CHECKED_LEVELS);
    const parts: string[] = [];
    for (let i = 0; i < CHECKED_LEVELS; i++) {
      for (const side of [bids, asks]) {
        const level = side[i];
        if (level !== undefined) parts.push(...level[1]);
      }
    }
    return crc32(parts.join(':')) | 0;
  }
}
