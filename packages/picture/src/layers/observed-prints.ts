import type { MarkerItem } from '../draw-list.js';
import { xOfTime, yOfPrice } from '../viewport.js';
import type { LayerInput } from './layer-input.js';

/** More markers than this hide what they mark; the largest are kept. */
const MOST_MARKERS = 300;
const LEAST_RADIUS = 3;
const MOST_RADIUS = 10;
/** USD that get the least radius; each factor of ten adds `RADIUS_PER_DECADE` CSS pixels. */
const LEAST_NOTIONAL = 1_000;
const RADIUS_PER_DECADE = 1.6;

/** Markers of reported liquidations in view, largest below: a liquidated long sells and points down, a short buys and points up. */
export function observedPrints({ frame, view, options, nowTime }: LayerInput): readonly MarkerItem[] {
  const sides = options.sides ?? 'both';
  const seen = frame.facts.prints.filter(
    (print) =>
      print.eventTime >= view.from &&
      print.eventTime <= view.to &&
      print.seenTime <= nowTime &&
      print.price >= view.low &&
      print.price <= view.high &&
      (sides === 'both' || sides === print.positionSide),
  );
  const largest = seen.toSorted((a, b) => b.notional - a.notional || a.eventTime - b.eventTime).slice(0, MOST_MARKERS);
  return largest.map((print) => ({
    kind: 'marker',
    x: xOfTime(view, print.eventTime),
    y: yOfPrice(view, print.price),
    radius: radiusOf(print.notional),
    shape: print.positionSide === 'long' ? 'triangle-down' : 'triangle-up',
    fill: print.positionSide,
    stroke: 'surface',
  }));
}

function radiusOf(notional: number): number {
  const decades = Math.log10(Math.max(notional, LEAST_NOTIONAL) / LEAST_NOTIONAL);
  return Math.min(MOST_RADIUS, LEAST_RADIUS + RADIUS_PER_DECADE * decades);
}
