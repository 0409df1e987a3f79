import type { DepthLevels, DepthView } from '../model/depth-view.js';
import type { ContractSize, DurationMs, PriceTicks, UnixMs } from '../model/units.js';
import { lowerBound } from '../numeric/binary-search.js';

/** Rank from which a level counts as large (S57). */
const LARGE_RANK = 0.95;
/** A rank needs a book: of fewer levels than 20 not even the largest is larger than 95 % of them. */
const MIN_LEVELS = 20;
/** Book data older than this are no data (S20); nothing can be said to have stood through such a hole. */
const MAX_HOLE_MS = 5_000;
/** A level's size is the least it was during the last one to two of these: growth in the last second counts for nothing. */
const BLOCK_MS = 60_000;
/** Levels remembered a side: 5 % of a book of 5,000 levels. */
const MAX_LEVELS = 256;

/** A level among the largest of its book, without interruption since `since`. */
export interface RestingLevel {
  readonly ticks: PriceTicks;
  readonly since: UnixMs;
  /** Share of all levels of both sides that are smaller. */
  readonly percentile: number;
  /** Least size since `blockStart`, and in the block before it. */
  readonly leastNow: number;
  readonly leastBefore: number;
  readonly blockStart: UnixMs;
}

interface SideState {
  readonly levels: readonly RestingLevel[];
  /** Deepest level seen; beyond it nothing is known. */
  readonly reach: number;
  /** Rank of the side's largest level. */
  readonly largestRank: number;
}

/** What a `RestingLevels` needs to go on. */
export interface RestingLevelsState {
  readonly lastTime: number | undefined;
  readonly bid: SideState | undefined;
  readonly ask: SideState | undefined;
}

/** A band of prices in ticks, and how far from it an order still counts. */
export interface BandInTicks {
  readonly low: number;
  readonly high: number;
  readonly gap: number;
}

/** The large level that says most about a band; without one only the rank of the side's largest level. */
export interface LevelNear {
  readonly ticks: PriceTicks | undefined;
  readonly size: ContractSize | undefined;
  readonly percentile: number;
  readonly persistedMs: DurationMs | undefined;
}

/**
 * Large resting orders of one book and how long they have stood. Orders that are placed to be seen and pulled do not pass:
 * a level must be among the largest 5 % at every look, a move by one tick starts it anew, and its size is the least it was.
 */
export class RestingLevels {
  #lastTime: UnixMs | undefined;
  #bid: SideState | undefined;
  #ask: SideState | undefined;

  /** Looks at a book that is in sync; call once a second. A hole of more than 5 s starts everything anew. */
  sample(seenTime: UnixMs, { bids, asks }: DepthView): void {
    if (!Number.isFinite(seenTime) || seenTime < (this.#lastTime ?? -Infinity))
      throw new RangeError(`seenTime must be finite and not decrease, was ${seenTime} after ${this.#lastTime}`);
    if (seenTime - (this.#lastTime ?? -Infinity) > MAX_HOLE_MS) this.forget();
    const sizes = new Float64Array(bids.sizes.length + asks.sizes.length);
    sizes.set(bids.sizes);
    sizes.set(asks.sizes, bids.sizes.length);
    sizes.sort();
    this.#lastTime = seenTime;
    const isBook = sizes.length >= MIN_LEVELS;
    this.#bid = isBook ? sideAfter(this.#bid, bids, sizes, seenTime) : undefined;
    this.#ask = isBook ? sideAfter(this.#ask, asks, sizes, seenTime) : undefined;
  }

  /** The book is out of sync: what stood may be gone. */
  forget(): void {
    this.#bid = undefined;
    this.#ask = undefined;
  }

  /**
   * The large level that says most about a band: the largest that has stood for `minMs` within the gap, else the one there
   * that has stood longest, else the nearest. Undefined when the book is older than 5 s or does not reach the band's far edge
   * and shows nothing before.
   */
  near(side: 'bid' | 'ask', band: BandInTicks, seenTime: UnixMs, minMs: number): LevelNear | undefined {
    const state = side === 'bid' ? this.#bid : this.#ask;
    if (state === undefined || seenTime - (this.#lastTime ?? -Infinity) > MAX_HOLE_MS) return undefined;
    const judged = state.levels.map((level) => judge(level, band, seenTime));
    const close = judged.filter(({ gap }) => gap <= band.gap);
    const stood = close.filter(({ persistedMs }) => persistedMs >= minMs);
    const isCovered = side === 'bid' ? state.reach <= band.low - band.gap : state.reach >= band.high + band.gap;
    if (stood.length === 0 && !isCovered) return undefined;
    const best =
      firstBy(stood, (level) => [-level.size]) ??
      firstBy(close, (level) => [-level.persistedMs, -level.size]) ??
      firstBy(judged, (level) => [level.gap, -level.size]);
    return best ?? { ticks: undefined, size: undefined, percentile: state.largestRank, persistedMs: undefined };
  }

  /** Everything needed to go on, as plain data. */
  state(): RestingLevelsState {
    return { lastTime: this.#lastTime, bid: this.#bid, ask: this.#ask };
  }

  /** Goes on from a state as if never interrupted. */
  static restore(state: RestingLevelsState): RestingLevels {
    const restored = new RestingLevels();
    restored.#lastTime = state.lastTime as UnixMs | undefined;
    restored.#bid = state.bid;
    restored.#ask = state.ask;
    return restored;
  }
}

interface JudgedLevel {
  readonly ticks: PriceTicks;
  readonly size: ContractSize;
  readonly percentile: number;
  readonly persistedMs: DurationMs;
  readonly gap: number;
}

function judge(level: RestingLevel, { low, high }: BandInTicks, seenTime: number): JudgedLevel {
  return {
    ticks: level.ticks,
    size: Math.min(level.leastNow, level.leastBefore) as ContractSize,
    percentile: level.percentile,
    persistedMs: (seenTime - level.since) as DurationMs,
    gap: Math.max(0, low - level.ticks, level.ticks - high),
  };
}

/** The level with the smallest key; the lower price of equals. */
function firstBy(
  levels: readonly JudgedLevel[],
  keyOf: (level: JudgedLevel) => readonly number[],
): JudgedLevel | undefined {
  let first: JudgedLevel | undefined;
  for (const level of levels) {
    if (first === undefined || isLess([...keyOf(level), level.ticks], [...keyOf(first), first.ticks])) first = level;
  }
  return first;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const differs = a.findIndex((part, i) => part !== b[i]);
  return differs >= 0 && a[differs]! < b[differs]!;
}

function sideAfter(
  before: SideState | undefined,
  { ticks, sizes }: DepthLevels,
  sorted: Float64Array,
  seenTime: UnixMs,
): SideState | undefined {
  if (ticks.length === 0) return undefined;
  const known = new Map(before?.levels.map((level) => [level.ticks as number, level]));
  const large: RestingLevel[] = [];
  let largest = 0;
  // A level that is not larger than this one cannot be large; nine in ten of a deep book need no search.
  const surelySmall = sorted[Math.floor(LARGE_RANK * sorted.length) - 2] ?? 0;
  for (let i = 0; i < ticks.length; i++) {
    largest = Math.max(largest, sizes[i]!);
    if (sizes[i]! <= surelySmall) continue;
    // Only smaller levels count below it: in a book of equal levels none is large.
    const percentile = lowerBound(sorted, sizes[i]!) / sorted.length;
    if (percentile < LARGE_RANK) continue;
    const level = known.get(ticks[i]!);
    large.push(
      level === undefined
        ? newLevel(ticks[i]!, sizes[i]!, percentile, seenTime)
        : seenAgain(level, sizes[i]!, percentile, seenTime),
    );
  }
  large.sort((a, b) => b.leastNow - a.leastNow || a.ticks - b.ticks);
  return {
    levels: large.slice(0, MAX_LEVELS),
    reach: ticks.at(-1)!,
    largestRank: lowerBound(sorted, largest) / sorted.length,
  };
}

function newLevel(ticks: number, size: number, percentile: number, seenTime: UnixMs): RestingLevel {
  const least = { leastNow: size, leastBefore: size };
  return { ticks: ticks as PriceTicks, since: seenTime, percentile, ...least, blockStart: seenTime };
}

function seenAgain(level: RestingLevel, size: number, percentile: number, seenTime: UnixMs): RestingLevel {
  if (seenTime - level.blockStart < BLOCK_MS) return { ...level, percentile, leastNow: Math.min(level.leastNow, size) };
  return { ...level, percentile, leastBefore: level.leastNow, leastNow: size, blockStart: seenTime };
}
