import { scoreMarketOptions, type ScoreMarketOptions } from '../src/create-score-market.js';
import { Market } from '../src/market.js';
import type { NewPosition } from '../src/positions.js';
import type { VenueMarket } from '../src/venue-market.js';

const STEP_MS = 15_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a score world's market amounts to, all venues together. */
export interface WorldFigures {
  readonly world: string;
  readonly seed: string;
  /** Volume over mean open interest, a day. */
  readonly turnoverPerDay: number;
  /** Size closed by force over mean open interest, a day. */
  readonly liquidatedPerDay: number;
  readonly liquidations: number;
  /** Hours after which half of all positions that left had left, by count. */
  readonly medianHours: number;
  /** Mean share of longs in what agents hold, by size. */
  readonly longShare: number;
  /** Mean share of open interest that some mark closes by force, of both sides. */
  readonly reachableShare: number;
  /** Open interest over that of the first moment, at each quarter of the span. */
  readonly openInterestPath: readonly number[];
  /** Lowest and highest open interest over that of the first moment. */
  readonly openInterestLow: number;
  readonly openInterestHigh: number;
}

/** Runs a score world's hidden market, without its public events, and sums up what happened. */
export function measureWorld(options: Omit<ScoreMarketOptions, 'feed'>): WorldFigures {
  const { market: made } = scoreMarketOptions({ ...options, feed: 'none' });
  const market = new Market(made, made.startTime, made.startTime);
  const held: number[] = [];
  for (const venue of market.venues) recordLeaving(venue, market, held);
  const steps = (options.days * DAY_MS) / STEP_MS;
  const outstanding = (): number => sum(market.venues, (venue) => venue.coins(venue.ledger.openInterest));
  const start = outstanding();
  const path: number[] = [];
  let [volume, forced, liquidations, mean, longs, reachable, samples] = [0, 0, 0, 0, 0, 0, 0];
  let [low, high] = [1, 1];
  for (let step = 1; step <= steps; step++) {
    market.step(STEP_MS);
    volume += sum(market.venues, volumeOf);
    for (const { venue, forced: close } of market.forced) {
      forced += venue.coins(close.size);
      liquidations++;
    }
    const now = outstanding();
    mean += now / steps;
    low = Math.min(low, now / start);
    high = Math.max(high, now / start);
    if (step % Math.round(steps / 4) === 0) path.push(now / start);
    if ((step * STEP_MS) % HOUR_MS !== 0) continue;
    samples++;
    longs += longShareOf(market);
    reachable += sum(market.venues, reachableOf) / (2 * now);
  }
  held.sort((a, b) => a - b);
  return {
    world: options.world,
    seed: String(options.seed),
    turnoverPerDay: volume / mean / options.days,
    liquidatedPerDay: forced / mean / options.days,
    liquidations,
    medianHours: (held[held.length >> 1] ?? Number.NaN) / HOUR_MS,
    longShare: longs / samples,
    reachableShare: reachable / samples,
    openInterestPath: path,
    openInterestLow: low,
    openInterestHigh: high,
  };
}

/** Prints figures as lines of a table, rounded to three digits. */
export function printWorldFigures(figures: readonly WorldFigures[]): void {
  const short = (value: number): string => String(Number(value.toPrecision(3)));
  const percent = (value: number): string => short(100 * value);
  const rows = figures.map((row) => [
    row.world,
    row.seed,
    short(row.turnoverPerDay),
    percent(row.liquidatedPerDay),
    String(row.liquidations),
    short(row.medianHours),
    percent(row.longShare),
    percent(row.reachableShare),
    row.openInterestPath.map(short).join(' '),
    `${short(row.openInterestLow)}..${short(row.openInterestHigh)}`,
  ]);
  console.info(
    [HEAD, ...rows].map((row) => row.map((cell, i) => cell.padEnd(HEAD[i]!.length + 2)).join('')).join('\n'),
  );
}

const HEAD: readonly string[] = [
  'world               ',
  'seed',
  'turnover/day',
  'liquidated %/day',
  'forced',
  'median h',
  'long %',
  'reachable %',
  'open interest by quarter',
  'low..high',
];

function recordLeaving(venue: VenueMarket, market: Market, held: number[]): void {
  const close = venue.close.bind(venue);
  venue.close = (slot: number, position: NewPosition) => {
    held.push(market.time - position.openedAt);
    return close(slot, position);
  };
  const liquidate = venue.liquidate.bind(venue);
  venue.liquidate = (...call) => {
    const closed = liquidate(...call);
    for (const { openedAt } of closed) held.push(market.time - openedAt);
    return closed;
  };
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

function volumeOf(venue: VenueMarket): number {
  return venue.coins(venue.churn.bought + venue.churn.sold + sum(venue.orders, ({ size }) => size));
}

function longShareOf(market: Market): number {
  const long = sum(market.venues, ({ ledger }) => ledger.agents.long);
  return long / (long + sum(market.venues, ({ ledger }) => ledger.agents.short));
}

function reachableOf(venue: VenueMarket): number {
  return venue.coins(sum(venue.positions.list(), ({ liquidationPrice, size }) => (liquidationPrice > 0 ? size : 0)));
}
