import type { CandlesItem, DrawItem, LineItem } from '../draw-list.js';
import { xOfTime, yOfPrice, type Viewport } from '../viewport.js';
import { msPerPixel, type LayerInput } from './layer-input.js';
import { mergeCandles, type Candle } from './merge-candles.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Durations that traders read candles in. */
const DURATIONS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 3, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 4, 6, 12].map((n) => n * HOUR),
  ...[1, 7, 28].map((n) => n * DAY),
];
/** A candle takes at least this many CSS pixels of time, so that body and gap can be told apart. */
const LEAST_CANDLE_PX = 6;
const BODY_SHARE = 0.68;
const WIDEST_BODY_PX = 28;
/** Narrower bodies than this are drawn as a line of closes. */
const LEAST_BODY_PX = 3;

/** Candles of the shortest readable duration, or the line of their closes. One item a candle width. */
export function tradedPrices(input: LayerInput): readonly DrawItem[] {
  const { frame, view, options, nowTime } = input;
  if (options.prices === 'none') return [];
  const perPixel = msPerPixel(view);
  const durationMs = DURATIONS.find((duration) => duration >= LEAST_CANDLE_PX * perPixel) ?? DURATIONS.at(-1)!;
  const candles = mergeCandles(frame.tiles, view.from, Math.min(view.to, nowTime), durationMs);
  if (candles.length === 0) return [];
  const isLine = options.prices === 'line' || (durationMs / perPixel) * BODY_SHARE < LEAST_BODY_PX;
  return isLine ? [closeLine(candles, view)] : candleItems(candles, view);
}

function candleItems(candles: readonly Candle[], view: Viewport): readonly CandlesItem[] {
  const widths = [...new Set(candles.map((candle) => candle.durationMs))];
  return widths.map((durationMs) => {
    const group = candles.filter((candle) => candle.durationMs === durationMs);
    const yOf = (pick: (candle: Candle) => number): Float64Array =>
      Float64Array.from(group, (candle) => yOfPrice(view, pick(candle)));
    return {
      kind: 'candles',
      x: Float64Array.from(group, (candle) => xOfTime(view, candle.start + durationMs / 2)),
      openY: yOf((candle) => candle.open),
      highY: yOf((candle) => candle.high),
      lowY: yOf((candle) => candle.low),
      closeY: yOf((candle) => candle.close),
      bodyWidth: Math.min(WIDEST_BODY_PX, (durationMs / msPerPixel(view)) * BODY_SHARE),
      up: 'up',
      down: 'down',
    };
  });
}

function closeLine(candles: readonly Candle[], view: Viewport): LineItem {
  const points: number[] = [];
  let end = candles[0]!.start;
  for (const candle of candles) {
    if (candle.start > end) points.push(Number.NaN, Number.NaN);
    points.push(xOfTime(view, candle.start + candle.durationMs / 2), yOfPrice(view, candle.close));
    end = candle.start + candle.durationMs;
  }
  return { kind: 'line', points: Float64Array.from(points), stroke: 'priceLine', width: 1.5 };
}
