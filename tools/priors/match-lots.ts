import type { Fill } from './read-fills.js';

/** Notional opened together and how long it stayed: until it was closed, or at least until the account's record ends. */
export interface Lot {
  readonly account: string;
  readonly openedMinute: number;
  readonly hours: number;
  /** USD at the price it was opened at. */
  readonly notional: number;
  readonly isClosed: boolean;
}

/** Lots, and the notional of closes whose opening the record does not show. */
export interface MatchedLots {
  readonly lots: readonly Lot[];
  readonly unmatchedUsd: number;
}

interface OpenLot {
  readonly minute: number;
  readonly price: number;
  size: number;
}

/** Sizes below this are rounding of the record. */
const DUST = 1e-9;

/** Matches closes to the oldest open lot of the same account, coin and side (first in, first out). */
export function matchLots(fills: readonly Fill[]): MatchedLots {
  const books = new Map<string, OpenLot[]>();
  const accountOf = new Map<OpenLot, string>();
  const ends = new Map<string, number>();
  const lots: Lot[] = [];
  let unmatchedUsd = 0;
  for (const { account, coin, minute, price, closes, opens } of fills) {
    ends.set(account, Math.max(minute, ends.get(account) ?? minute));
    if (closes !== undefined) {
      const book = books.get(`${account} ${coin} ${closes.side}`) ?? [];
      const left = closeOldest(book, closes.size, (lot, size) => {
        lots.push(lotOf(account, lot, size, minute, true));
      });
      unmatchedUsd += left * price;
    }
    if (opens !== undefined && opens.size > DUST) {
      const key = `${account} ${coin} ${opens.side}`;
      const lot = { minute, price, size: opens.size };
      accountOf.set(lot, account);
      books.set(key, [...(books.get(key) ?? []), lot]);
    }
  }
  for (const book of books.values()) {
    for (const lot of book) {
      const account = accountOf.get(lot) ?? '';
      lots.push(lotOf(account, lot, lot.size, ends.get(account) ?? lot.minute, false));
    }
  }
  return { lots, unmatchedUsd };
}

/** Takes a size from the oldest lots of a book and returns what none of them covers. */
function closeOldest(book: OpenLot[], size: number, take: (lot: OpenLot, size: number) => void): number {
  let left = size;
  while (left > DUST && book.length > 0) {
    const oldest = book[0]!;
    const part = Math.min(left, oldest.size);
    take(oldest, part);
    left -= part;
    oldest.size -= part;
    if (oldest.size <= DUST) book.shift();
  }
  return left > DUST ? left : 0;
}

function lotOf(account: string, { minute, price }: OpenLot, size: number, until: number, isClosed: boolean): Lot {
  return { account, openedMinute: minute, hours: (until - minute) / 60, notional: size * price, isClosed };
}
