import type { FrameStore, HeatmapFrame, Price, UnixMs } from '@liquidation-heatmap/core';
import { fitPriceRange, nowTimeOf, type Viewport } from '@liquidation-heatmap/picture';
import { changedView, type ViewChange } from '../paint/gesture/view-change.js';

/** The seen part of time and price. */
export interface VisibleRange {
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly low: Price;
  readonly high: Price;
}

/** Share of the range kept free to the right of now, for the projection. */
const AHEAD = 0.08;
/** A recording shorter than the range is shown at the least of these shares of the range that holds it. */
const GROWING_SHARES = [1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1] as const;
/** A followed price range is kept while its span stays within this ratio of the fitted one. */
const KEPT_SPAN = 1.5;
/** ... and the price within this middle share of it. */
const KEPT_MIDDLE = 0.6;

/** Which time and prices are seen: follows the present until the reader moves the view, then stays where it was put. */
export class ViewController {
  #range: VisibleRange | undefined;
  #followsTime = true;
  #followsPrice = true;
  #rangeMs: number;

  constructor(rangeMs: number) {
    this.#rangeMs = rangeMs;
  }

  get range(): VisibleRange | undefined {
    return this.#range;
  }

  /** True while the view moves with the present. */
  get followsTime(): boolean {
    return this.#followsTime;
  }

  /** True while the view is the whole range with fitted prices. */
  get isFitted(): boolean {
    return this.#followsTime && this.#followsPrice;
  }

  /** Starts over: another symbol, source or range. */
  reset(rangeMs: number): void {
    this.#rangeMs = rangeMs;
    this.#range = undefined;
    this.fit();
  }

  /** Follows time and price again. */
  fit(axis: 'time' | 'price' | 'both' = 'both'): void {
    if (axis !== 'price') this.#followsTime = true;
    if (axis !== 'time') this.#followsPrice = true;
  }

  /** Moves the view with a new frame. */
  follow(frame: HeatmapFrame, store: FrameStore): void {
    const now = nowTimeOf(frame);
    const times = this.#followsTime || this.#range === undefined ? this.#followedTimes(now, store) : this.#range;
    const prices = this.#followsPrice || this.#range === undefined ? this.#followedPrices(frame, times) : this.#range;
    if (prices !== undefined) this.#range = { from: times.from, to: times.to, low: prices.low, high: prices.high };
  }

  /** Applies a gesture to the view as it is laid out. */
  change(view: Viewport, change: ViewChange, now: number): void {
    if (change.kind === 'fit') return this.fit(change.axis);
    const changed = changedView(view, change);
    const movesTime = changed.from !== view.from || changed.to !== view.to;
    const movesPrice = changed.low !== view.low || changed.high !== view.high;
    this.#range = changed;
    if (movesPrice) this.#followsPrice = false;
    if (movesTime) this.#followsTime = false;
    // Zooming about the present keeps up with it at the new scale.
    if (movesTime && change.kind === 'zoom' && changed.to >= now && changed.from < now) {
      this.#rangeMs = changed.to - changed.from;
      this.#followsTime = Math.abs(changed.to - now - AHEAD * this.#rangeMs) < 0.04 * this.#rangeMs;
    }
  }

  /** Shows exactly this part; it stays until the reader or the page moves on. */
  set(range: VisibleRange): void {
    this.#range = range;
    this.#followsTime = false;
    this.#followsPrice = false;
  }

  /** Keeps the present where it is in the view, at the scale in use. */
  scrollToNow(): void {
    this.#followsTime = true;
  }

  /** Restores the range the attribute asks for. */
  setRangeMs(rangeMs: number): void {
    this.#rangeMs = rangeMs;
  }

  /** From the oldest data while the range is not yet full, else the newest range: columns fill from the left, then scroll. */
  #followedTimes(now: number, store: FrameStore): { readonly from: UnixMs; readonly to: UnixMs } {
    const oldest = Math.min(...store.resolutions.map((resolution) => oldestStart(store, resolution)));
    const heldMs = (now - Math.min(oldest, now)) / (1 - AHEAD);
    const isRecorded = store.status?.origin === 'recorded';
    const share = isRecorded ? (GROWING_SHARES.find((part) => part * this.#rangeMs >= heldMs) ?? 1) : 1;
    const spanMs = share * this.#rangeMs;
    const from = Math.max(now - (1 - AHEAD) * spanMs, Math.min(oldest, now));
    return { from: from as UnixMs, to: (from + spanMs) as UnixMs };
  }

  #followedPrices(
    frame: HeatmapFrame,
    times: { readonly from: number; readonly to: number },
  ): { readonly low: Price; readonly high: Price } | undefined {
    const fitted = fitPriceRange(frame, times.from, times.to);
    const kept = this.#range;
    if (fitted === undefined || kept === undefined) return fitted;
    const keptSpan = Math.log(kept.high / kept.low);
    const ratio = Math.log(fitted.high / fitted.low) / keptSpan;
    const center = Math.sqrt(fitted.low * fitted.high);
    const offset = Math.abs(Math.log(center / kept.low) / keptSpan - 0.5);
    return ratio < KEPT_SPAN && ratio > 1 / KEPT_SPAN && offset < KEPT_MIDDLE / 2 ? kept : fitted;
  }
}

function oldestStart(store: FrameStore, resolution: number): number {
  const oldest = store.tiles(resolution)[0]?.heads[0];
  return oldest === undefined ? Infinity : oldest.endTime - resolution;
}
