import type { FrameFacts } from '@liquidation-heatmap/core';
import { formatAge } from './format/format-age.js';
import { formatChange, formatPercent } from './format/format-percent.js';
import { decimalsOfTick, formatPrice } from './format/format-price.js';
import { formatTime } from './format/format-time.js';
import { formatUsd } from './format/format-usd.js';
import type { DisplayScale } from './heat/display-scale.js';
import { fill, type Messages } from './locales/messages.js';
import type { Readout, ReadoutCell } from './readout.js';

/** One line of the readout; `side` colors it, `isStrong` sets it apart. */
export interface ReadoutLine {
  readonly text: string;
  readonly side?: 'long' | 'short';
  readonly isStrong?: boolean;
}

/** What the words of a readout depend on. */
export interface ReadoutWords {
  readonly facts: Pick<FrameFacts, 'tickSize' | 'model' | 'version'>;
  readonly displayScale: DisplayScale | undefined;
  readonly messages: Messages;
  readonly locale: string;
  readonly timeZone: string;
}

/** The readout as lines of text, most important first; the last says that it is an estimate. */
export function readoutLines(readout: Readout, words: ReadoutWords): readonly ReadoutLine[] {
  const { messages } = words;
  return [
    { text: priceText(readout, words), isStrong: true },
    { text: formatTime(readout.time, 'moment', words.locale, words.timeZone) },
    ...(readout.cell === undefined ? [{ text: messages.noColumn }] : cellLines(readout, readout.cell, words)),
    ...(readout.isProjection ? [{ text: projectionText(readout, words) }] : []),
    { text: readout.isRelative ? `${messages.estimated} · ${messages.relativeScale}` : messages.estimated },
  ];
}

function cellLines(readout: Readout, cell: ReadoutCell, words: ReadoutWords): readonly ReadoutLine[] {
  const { messages, locale } = words;
  const lines: ReadoutLine[] = [];
  const flow = (text: string): string => `(${text})`;
  if (cell.long > 0) {
    const value = amountText(cell.long, readout, words);
    lines.push({ text: fill(messages.longExposure, { value, flow: flow(messages.forcedSelling) }), side: 'long' });
  }
  if (cell.short > 0) {
    const value = amountText(cell.short, readout, words);
    lines.push({ text: fill(messages.shortExposure, { value, flow: flow(messages.forcedBuying) }), side: 'short' });
  }
  if (lines.length === 0) lines.push({ text: messages.noExposure });
  for (const { venue, long, short } of cell.venues ?? []) {
    lines.push({ text: fill(messages.venueShare, { venue, value: amountText(long + short, readout, words) }) });
  }
  if (cell.ageMs !== undefined)
    lines.push({ text: fill(messages.meanAge, { age: formatAge(cell.ageMs, messages, locale) }) });
  return lines;
}

function amountText(usd: number, readout: Readout, { displayScale, messages, locale }: ReadoutWords): string {
  if (!readout.isRelative) return formatUsd(usd, locale);
  const share = displayScale === undefined ? 1 : Math.min(1, usd / displayScale.high);
  return fill(messages.ofBrightest, { percent: formatPercent(share, locale) });
}

function priceText(readout: Readout, { facts, messages, locale }: ReadoutWords): string {
  const price = formatPrice(readout.price, decimalsOfTick(facts.tickSize), locale);
  if (readout.distance === undefined) return price;
  return `${price} · ${fill(messages.distance, { change: formatChange(readout.distance, locale) })}`;
}

function projectionText({ cell }: Readout, { facts, messages, locale, timeZone }: ReadoutWords): string {
  const time = cell === undefined ? '' : formatTime(cell.columnTo, 'seconds', locale, timeZone);
  return fill(messages.readoutProjection, { time, model: `${facts.model} ${facts.version}` });
}
