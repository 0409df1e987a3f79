import { nearestClusters, type Cluster, type HeatmapFrame, type Price } from '@liquidation-heatmap/core';
import { formatAge } from './format/format-age.js';
import { formatChange } from './format/format-percent.js';
import { decimalsOfTick, formatPrice } from './format/format-price.js';
import { formatUsdRange } from './format/format-usd.js';
import { priceOf } from './price-of.js';
import { fill, type Messages } from './locales/messages.js';

/** From this price on a band is read in whole units: its rows are wider than that. */
const WHOLE_FROM = 1_000;

/** The nearest cluster on one side of the price, in words for a reader who touches nothing (requirement S5). */
export interface GlanceEntry {
  readonly id: string;
  readonly where: 'above' | 'below';
  /** Who would be forced. */
  readonly side: 'long' | 'short';
  /** "Above" or "Below". */
  readonly label: string;
  /** Price of the most exposure. */
  readonly price: string;
  /** How far that is from the mark, signed. */
  readonly change: string;
  /** P10 to P90 of what it holds; empty where sizes only compare with each other. */
  readonly energy: string;
  /** How long the exposure has stood on average. */
  readonly age: string;
  /** The range is wider than what the cluster holds; empty otherwise. */
  readonly confidence: string;
  /** All of it as one sentence. */
  readonly sentence: string;
}

/** What a reader sees without touching anything: the nearest clusters, or why there are none. */
export interface Glance {
  readonly above: GlanceEntry | undefined;
  readonly below: GlanceEntry | undefined;
  /** Said in place of a cluster that is not there. */
  readonly none: string;
}

/** What the words of a glance depend on. */
export interface GlanceWords {
  readonly messages: Messages;
  readonly locale: string;
}

/** The nearest cluster above and below the mark; undefined before any price is known. Without a mark the last price stands in. */
export function glanceOf(frame: HeatmapFrame, words: GlanceWords): Glance | undefined {
  const { messages } = words;
  const mark = priceOf(frame);
  if (mark === undefined) return undefined;
  const { above, below } = nearestClusters(frame.facts.clusters, mark);
  const none = frame.facts.basis === 'prior-only' ? messages.noClusterYet : messages.noCluster;
  return {
    above: above === undefined ? undefined : entryOf(frame, above.cluster, 'above', mark, words),
    below: below === undefined ? undefined : entryOf(frame, below.cluster, 'below', mark, words),
    none,
  };
}

/**
 * The cluster whose peak comes next at a higher (1) or lower (-1) price than that of the chosen one, or than the price where none is
 * chosen; undefined beyond the last.
 */
export function nextCluster(frame: HeatmapFrame, chosen: string | undefined, step: 1 | -1): Cluster | undefined {
  const { clusters } = frame.facts;
  const from = clusters.find(({ id }) => id === chosen)?.peak ?? priceOf(frame);
  if (from === undefined) return undefined;
  const ahead = clusters.filter(({ peak }) => (peak - from) * step > 0);
  return ahead.toSorted((a, b) => (a.peak - b.peak) * step)[0];
}

function entryOf(
  { facts }: HeatmapFrame,
  cluster: Cluster,
  where: 'above' | 'below',
  mark: Price,
  { messages, locale }: GlanceWords,
): GlanceEntry {
  const { id, side, peak, meanAgeMs, isUncertain } = cluster;
  const decimals = peak >= WHOLE_FROM ? 0 : decimalsOfTick(facts.tickSize);
  const energy = facts.scale === 'relative' ? '' : formatUsdRange(cluster.energy.p10, cluster.energy.p90, locale);
  const parts = {
    label: where === 'above' ? messages.above : messages.below,
    price: formatPrice(peak, decimals, locale),
    change: formatChange(peak / mark - 1, locale),
    energy,
    age: formatAge(meanAgeMs, messages, locale),
    confidence: isUncertain ? messages.uncertain : '',
  };
  const flow = side === 'long' ? messages.forcedSelling : messages.forcedBuying;
  const said = [
    parts.price,
    parts.change,
    energy,
    fill(messages.ifReached, { flow }),
    fill(messages.ageOf, { age: parts.age }),
    parts.confidence,
  ].filter((part) => part !== '');
  const sentence = fill(messages.glanceSentence, { where: parts.label, parts: said.join(', ') });
  return { id, where, side, ...parts, sentence };
}
