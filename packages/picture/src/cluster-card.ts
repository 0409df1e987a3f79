import type { Cluster, DistanceClass, HeatmapFrame, Share, VenueId } from '@liquidation-heatmap/core';
import { formatAge } from './format/format-age.js';
import { formatChange, formatPercent } from './format/format-percent.js';
import { decimalsOfTick, formatPrice } from './format/format-price.js';
import { formatTime } from './format/format-time.js';
import { formatUsd, formatUsdRange } from './format/format-usd.js';
import { priceOf } from './price-of.js';
import { fill, type Messages } from './locales/messages.js';

/** Parts of a whole that are told by name; the rest is left out. */
const MOST_PARTS = 3;
/** Of this many USD and less nothing is told: it is what rounding leaves. */
const LEAST_USD = 1_000;

/** Everything that is known of one cluster, in words: who would be forced, what it is made of, what became of it. */
export interface ClusterCard {
  readonly id: string;
  readonly side: 'long' | 'short';
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** What it is not. */
  readonly note: string;
}

/** What the words of a card depend on. */
export interface ClusterCardWords {
  readonly messages: Messages;
  readonly locale: string;
  readonly timeZone: string;
}

/** The card of a cluster that stands; undefined where none has the id. */
export function clusterCard(frame: HeatmapFrame, id: string, words: ClusterCardWords): ClusterCard | undefined {
  const cluster = frame.facts.clusters.find((candidate) => candidate.id === id);
  if (cluster === undefined) return undefined;
  const { messages } = words;
  const isLong = cluster.side === 'long';
  const isRelative = frame.facts.scale === 'relative';
  const rows = [
    { label: messages.cardForced, value: isLong ? messages.cardLongs : messages.cardShorts },
    { label: messages.cardBand, value: bandText(frame, cluster, words) },
    { label: messages.cardHolds, value: isRelative ? messages.relativeScale : energyText(cluster, words) },
    { label: messages.cardAge, value: ageText(cluster, words) },
    { label: messages.cardSince, value: formatTime(cluster.bornAt, 'moment', words.locale, words.timeZone) },
    { label: messages.cardVenues, value: venuesText(cluster.venues, words) },
    {
      label: messages.cardEntries,
      value: cluster.classes
        .toSorted((a, b) => b.share - a.share)
        .slice(0, MOST_PARTS)
        .map(({ part, share }) => entryText(part, share, words))
        .join(' · '),
    },
    { label: messages.cardLedger, value: isRelative ? '' : ledgerText(cluster, words) },
  ];
  return {
    id,
    side: cluster.side,
    title: isLong ? messages.cardTitleLong : messages.cardTitleShort,
    rows: rows.filter(({ value }) => value !== ''),
    note: cluster.isUncertain ? `${messages.cardUncertain} ${messages.cardNote}` : messages.cardNote,
  };
}

function bandText(frame: HeatmapFrame, { low, high, peak }: Cluster, { locale }: ClusterCardWords): string {
  const decimals = low >= 1_000 ? 0 : decimalsOfTick(frame.facts.tickSize);
  const band = `${formatPrice(low, decimals, locale)}–${formatPrice(high, decimals, locale)}`;
  const price = priceOf(frame);
  return price === undefined ? band : `${band} (${formatChange(peak / price - 1, locale)})`;
}

function energyText({ energy }: Cluster, { messages, locale }: ClusterCardWords): string {
  const range = formatUsdRange(energy.p10, energy.p90, locale);
  return fill(messages.cardRange, { range, middle: formatUsd(energy.p50, locale) });
}

function ageText({ meanAgeMs, oldestAgeMs }: Cluster, { messages, locale }: ClusterCardWords): string {
  const mean = formatAge(meanAgeMs, messages, locale);
  return fill(messages.cardAges, { mean, oldest: formatAge(oldestAgeMs, messages, locale) });
}

function venuesText(venues: readonly Share<VenueId>[], { locale }: ClusterCardWords): string {
  return venues
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_PARTS)
    .map(({ part, share }) => `${part} ${formatPercent(share, locale)}`)
    .join(' · ');
}

function entryText({ from, to }: DistanceClass, share: number, { messages, locale }: ClusterCardWords): string {
  const way = `${formatPercent(from, locale)}–${formatPercent(to, locale)}`;
  return fill(messages.cardEntry, { share: formatPercent(share, locale), way });
}

function ledgerText({ ledger }: Cluster, { messages, locale }: ClusterCardWords): string {
  const flows = [
    [messages.flowOpened, ledger.opened],
    [messages.flowSwept, ledger.swept],
    [messages.flowPrinted, ledger.printed],
    [messages.flowClosed, ledger.closed],
  ] as const;
  return flows
    .filter(([, usd]) => usd >= LEAST_USD)
    .map(([name, usd]) => `${name} ${formatUsd(usd, locale)}`)
    .join(' · ');
}
