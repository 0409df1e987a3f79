import type { PositionSide } from '@liquidation-heatmap/core';
import type { FlowWindow } from '@liquidation-heatmap/core/score';
import type { MarketTruth } from '@liquidation-heatmap/simulator';
import type { ScoreMarket } from './open-market.js';

const FLOW_WINDOW_MS = 4 * 3_600_000;
const SIDES: readonly PositionSide[] = ['long', 'short'];

/** USD of forced closes per side that the truth lists beyond a count. */
export function forcedSince(truth: MarketTruth, counted: number): Record<PositionSide, number> {
  const fresh = truth.forcedCount - counted;
  if (fresh > truth.forcedCloses.length)
    throw new Error(`The truth must list all fresh forced closes, ${fresh} came at once`);
  const usd = { long: 0, short: 0 };
  if (fresh === 0) return usd;
  for (const { side, size, liquidationPrice } of truth.forcedCloses.slice(-fresh)) usd[side] += size * liquidationPrice;
  return usd;
}

/** USD of open interest of all venues at their marks. */
export function openInterestUsd(truth: MarketTruth): number {
  return truth.venues.reduce((sum, { openInterest, mark }) => sum + openInterest * mark, 0);
}

/** Collects one model's predictions step by step and closes them into windows. */
export class FlowLog {
  readonly windows: FlowWindow[] = [];
  #predicted = { long: 0, short: 0 };

  /** What the map held, before the step, on the way that the price then took. */
  addStep(predicted: Readonly<Record<PositionSide, number>>): void {
    for (const side of SIDES) this.#predicted[side] += predicted[side];
  }

  closeWindow(
    realized: Readonly<Record<PositionSide, number>>,
    ranges: Readonly<Record<PositionSide, number>>,
    openInterest: number,
  ): void {
    for (const side of SIDES) {
      this.windows.push({
        predicted: this.#predicted[side],
        realized: realized[side],
        range: ranges[side],
        openInterestUsd: openInterest,
      });
    }
    this.#predicted = { long: 0, short: 0 };
  }
}

/** Edges of the bins that the way from a price swept: longs below it, shorts above it; empty where it did not move. */
export function sweptEdges(price: number, low: number, high: number): Float64Array {
  const edges = [...(low < price ? [low] : []), price, ...(high > price ? [high] : [])];
  return Float64Array.from(edges.length > 1 ? edges : []);
}

/** The windows' true side, shared by all models. */
export class FlowWindows {
  readonly #market: ScoreMarket;
  #ranges = { long: 0, short: 0 };
  #openInterest = Number.NaN;
  #counted = 0;
  #startedAt = Number.NaN;

  constructor(market: ScoreMarket) {
    this.#market = market;
  }

  get isOpen(): boolean {
    return !Number.isNaN(this.#startedAt);
  }

  start(): void {
    this.#begin(this.#market.truth());
  }

  addStep(price: number, low: number, high: number): void {
    this.#ranges.long += Math.max(0, (price - low) / price);
    this.#ranges.short += Math.max(0, (high - price) / price);
  }

  isDue(time: number): boolean {
    return time - this.#startedAt >= FLOW_WINDOW_MS;
  }

  close(logs: readonly FlowLog[]): void {
    const truth = this.#market.truth();
    const realized: Record<PositionSide, number> = forcedSince(truth, this.#counted);
    for (const log of logs) log.closeWindow(realized, this.#ranges, this.#openInterest);
    this.#begin(truth);
  }

  #begin(truth: MarketTruth): void {
    this.#counted = truth.forcedCount;
    this.#openInterest = openInterestUsd(truth);
    this.#startedAt = truth.time;
    this.#ranges = { long: 0, short: 0 };
  }
}
