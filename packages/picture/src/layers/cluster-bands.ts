import { nearestClusters, type Cluster, type HeatmapFrame, type Price } from '@liquidation-heatmap/core';
import type { LineItem, TextItem } from '../draw-list.js';
import { formatUsdRange } from '../format/format-usd.js';
import { PROJECTION_SHARE } from '../heat/heat-runs.js';
import { formatChange } from '../format/format-percent.js';
import { priceOf } from '../price-of.js';
import { timeAtX, xOfTime, yOfPrice, type Viewport } from '../viewport.js';
import { crisp, type LayerInput } from './layer-input.js';
import { tagHeight } from './price-axis.js';
import { spreadTags } from './spread-tags.js';

/** More tags than this are a list, not a picture. */
const MOST_TAGS = 6;
/** Of the height of the plot, at most one part in so many is covered by tags. */
const TAG_ROOM = 3;
const INSET = 6;
/** Room left free for the word "Projection" above and for the label below the tags, where they are, CSS pixels. */
const MARGIN = 26;
/** A finger or a pointer this far off a band still means it, CSS pixels. */
const TAP_REACH = 8;
/** Distance between the edges of a band that can still be seen, CSS pixels. */
const LEAST_HEIGHT = 3;

/**
 * Edges of the clusters that stand, from when each was first seen to the end of the projection. A band with a range wider than what it
 * holds is dashed.
 */
export function clusterEdges(input: LayerInput): readonly LineItem[] {
  return clustersInView(input).flatMap((cluster) => edgesOf(input, cluster));
}

/** A tag on the clusters that matter most: which way the forced orders push, and the range of what it holds. */
export function clusterTags(input: LayerInput): readonly TextItem[] {
  return tagsOf(input, clustersInView(input));
}

/** The cluster under a place of the plot, CSS pixels; of several the one whose peak is nearest. Undefined where none is. */
export function clusterAt(frame: HeatmapFrame, view: Viewport, x: number, y: number): Cluster | undefined {
  const time = timeAtX(view, x);
  const isHit = ({ low, high, bornAt }: Cluster): boolean =>
    time >= bornAt && y >= yOfPrice(view, high) - TAP_REACH && y <= yOfPrice(view, low) + TAP_REACH;
  const distance = ({ peak }: Cluster): number => Math.abs(yOfPrice(view, peak) - y);
  return frame.facts.clusters.filter(isHit).toSorted((a, b) => distance(a) - distance(b))[0];
}

function clustersInView({ frame, view, options }: LayerInput): readonly Cluster[] {
  const sides = options.sides ?? 'both';
  return frame.facts.clusters.filter(
    ({ side, low, high }) => (sides === 'both' || sides === side) && high > view.low && low < view.high,
  );
}

function edgesOf(
  { view, nowTime }: LayerInput,
  { side, low, high, bornAt, isUncertain }: Cluster,
): readonly LineItem[] {
  const from = xOfTime(view, Math.max(view.from, Math.min(bornAt, nowTime)));
  const to = xOfTime(view, Math.min(view.to, nowTime + PROJECTION_SHARE * (view.to - view.from)));
  if (!(to > from)) return [];
  let [top, bottom] = [yOfPrice(view, high), yOfPrice(view, low)];
  const missing = (LEAST_HEIGHT - (bottom - top)) / 2;
  if (missing > 0) [top, bottom] = [top - missing, bottom + missing];
  return [top, bottom].map((y) => {
    const at = crisp(y, view.pixelRatio);
    return {
      kind: 'line',
      points: Float64Array.of(from, at, to, at),
      stroke: side,
      width: 1,
      opacity: 0.9,
      ...(isUncertain ? { dash: [4, 3] } : {}),
    };
  });
}

function tagsOf(input: LayerInput, shown: readonly Cluster[]): readonly TextItem[] {
  const { view, theme, isAxisInside, widthClass } = input;
  if (widthClass === 'mini') return [];
  const { plot } = view;
  const height = tagHeight(theme.fontSize);
  const top = plot.y + (isAxisInside ? INSET : MARGIN);
  const hasLabel = isAxisInside && input.options.hasEstimatedLabel !== false;
  const bottom = plot.y + plot.height - (hasLabel ? MARGIN : INSET);
  const room = Math.floor((bottom - top) / (TAG_ROOM * height));
  const tagged = mostImportant(input, shown).slice(0, Math.min(MOST_TAGS, room));
  const middles = spreadTags(
    tagged.map(({ peak }) => ({ y: yOfPrice(view, peak), height: height + 2 })),
    top,
    bottom,
  );
  return tagged.map((cluster, i) => ({
    kind: 'text',
    x: isAxisInside ? plot.x + INSET : plot.x + plot.width - INSET,
    y: middles[i]!,
    text: tagOf(input, cluster),
    align: isAxisInside ? 'left' : 'right',
    baseline: 'middle',
    fill: cluster.side,
    size: theme.fontSize,
    weight: 600,
    plate: { fill: 'tooltipBackground', paddingX: 5, paddingY: 3, radius: 3 },
  }));
}

/** The nearest on either side of the price, then those that hold most. */
function mostImportant({ frame }: LayerInput, shown: readonly Cluster[]): readonly Cluster[] {
  const price = priceOf(frame);
  const nearest = price === undefined ? undefined : nearestClusters(shown, price);
  const first = new Set([nearest?.above?.cluster, nearest?.below?.cluster].filter((cluster) => cluster !== undefined));
  const rest = shown.filter((cluster) => !first.has(cluster)).toSorted((a, b) => b.energy.p50 - a.energy.p50);
  return [...first, ...rest];
}

function tagOf({ frame, locale, widthClass }: LayerInput, { side, peak, energy }: Cluster): string {
  const push = side === 'long' ? '↓' : '↑';
  const held = frame.facts.scale === 'relative' ? '' : ` ${formatUsdRange(energy.p10, energy.p90, locale)}`;
  const isWide = widthClass === 'full' || widthClass === 'medium';
  return `${push}${held}${isWide || held === '' ? distanceText(peak, priceOf(frame), locale) : ''}`;
}

function distanceText(peak: Price, price: Price | undefined, locale: string): string {
  return price === undefined ? '' : ` ${formatChange(peak / price - 1, locale)}`;
}
