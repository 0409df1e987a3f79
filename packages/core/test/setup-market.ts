import type { DepthLevels, MarketEvent, UnixMs } from '../src/index.js';
import { build, ENTRY, marks, openInterestAt, opening, printAt } from './cluster-market.js';
import { eventsOf, instrumentOf, START } from './market.js';

const venue = eventsOf(instrumentOf('binance'));
const TICKS_PER_USD = 10;
/** Levels a side, 0.05 % apart: 3.5 % of the price, further than the reach of setups. */
const LEVELS = 70;
const DAY_MS = 86_400_000;

/** Price of a second: flat with a flicker, then 25 s down by 65 a second, then rest. */
function priceOf(second: number, fall: number): number {
  if (second < fall) return second % 2 === 0 ? ENTRY : ENTRY + 30;
  return Math.max(58_400, ENTRY - (second - fall) * 65);
}

function at(ms: number) {
  const time = (START + ms) as UnixMs;
  return { instrument: 'binance:BTCUSDT', eventTime: time, seenTime: time } as const;
}

function levels(pairs: readonly (readonly [price: number, size: number])[]): DepthLevels {
  return {
    ticks: Float64Array.from(pairs, ([price]) => Math.round(price * TICKS_PER_USD)),
    sizes: Float64Array.from(pairs, ([, size]) => size),
  };
}

/** A whole book around a price with a size at each level, and one large bid if asked for. */
export function bookAt(
  ms: number,
  price: number,
  size: number,
  large?: readonly [price: number, size: number],
): MarketEvent {
  const step = 0.0005 * price;
  const side = (sign: 1 | -1) =>
    Array.from({ length: LEVELS }, (_, i) => [price + sign * step * (i + 0.5), size * (1 + (i % 7) / 100)] as const);
  const bids = large === undefined ? side(-1) : [...side(-1), large];
  return { kind: 'book-snapshot', ...at(ms), bids: levels(bids), asks: levels(side(1)) };
}

/** Nothing new but that the book is alive. */
function pulse(ms: number): MarketEvent {
  const flicker = levels([[ENTRY * 0.9, 0.5 + ((ms / 1_000) % 3) / 10]]);
  return { kind: 'book-delta', ...at(ms), bids: flicker, asks: levels([]) };
}

/** Three days before, same hour: three looks at a book with `size` at each level, five minutes apart. */
export function usualBooks(size: number): readonly MarketEvent[] {
  const looks = [3, 2, 1].flatMap((day) => [0, 1, 2].map((look) => -day * DAY_MS + look * 300_000));
  return looks.flatMap((from) =>
    [0, 1, 2, 3, 4, 5].flatMap((second) => [
      venue.mark(from + second * 1_000 + 50, ENTRY),
      bookAt(from + second * 1_000 + 60, ENTRY, size),
    ]),
  );
}

/** A book of small levels that lives from 120 s before the fall on, with one large bid among the 50x longs. */
function livingBook(fall: number, end: number): readonly MarketEvent[] {
  const from = fall - 120;
  const pulses = Array.from({ length: end - from - 1 }, (_, i) => pulse((from + i + 1) * 1_000 + 150));
  // Price falls out of the first snapshot's bids; venues refresh a book that runs out, here every two seconds.
  const refreshed = Array.from({ length: Math.ceil((end - fall) / 2) }, (_, i) => {
    return bookAt((fall + i * 2) * 1_000 + 140, priceOf(fall + i * 2, fall), 1);
  });
  return [bookAt(from * 1_000 + 140, priceOf(from, fall), 1, LARGE_BID), ...pulses, ...refreshed];
}

/** A trade of each side a second, of sizes that vary, and heavy selling while price falls. */
function trades(fall: number, end: number): readonly MarketEvent[] {
  return Array.from({ length: end }, (_, second) => {
    const isFall = second >= fall && second < fall + 25;
    const sold = isFall ? 5 : 0.001 * (1 + ((second * 7) % 11));
    return [
      venue.trade(second * 1_000 + 400, priceOf(second, fall), 0.001 * (1 + ((second * 5) % 13)), 'buy'),
      venue.trade(second * 1_000 + 500, priceOf(second, fall), sold, 'sell'),
    ];
  }).flat();
}

/** Open interest every 5 s after it has grown; what is forced in the fall is gone for good. */
function reports(fall: number, end: number): readonly MarketEvent[] {
  const count = Math.floor((end - fall + 30) / 5);
  return Array.from({ length: count }, (_, i) => {
    const second = fall - 30 + i * 5;
    const forced = 24 * Math.min(50, Math.max(0, 2 * (second - fall)));
    return openInterestAt(second, 2_850 - forced);
  });
}

/** Inside the band of the 50x longs from 60,000, which stand 1.56 % below: price and size of one large bid. */
export const LARGE_BID = [59_060, 40] as const;

/**
 * A session of `end` seconds in which longs of 50x build up below a thin book with one large bid among them, and price falls
 * through both at `fall`, 120 or later. Books of the three days before were three times as deep.
 */
export function setupSession(fall: number, end: number): readonly MarketEvent[] {
  const prints = Array.from({ length: 50 }, (_, i) =>
    printAt(fall * 1_000 + 600 + i * 500, priceOf(fall + i / 2, fall), 12),
  );
  const early = (START - 4 * DAY_MS) as UnixMs;
  return [
    ...opening().map((event) => ({ ...event, seenTime: early, eventTime: early }) as MarketEvent),
    ...usualBooks(3),
    ...build(fall - 90),
    ...reports(fall, end),
    ...marks(0, end, (second) => priceOf(second, fall)),
    ...trades(fall, end),
    ...livingBook(fall, end),
    ...prints,
  ];
}
