import { venueOf, type FrameFacts, type SourceStatus } from '@liquidation-heatmap/core';
import { fill, type Messages } from '@liquidation-heatmap/picture';
import type { HeatmapSettings } from './settings.js';

/** What the reader should know about the estimate, in a few words and in full. */
export interface Note {
  readonly text: string;
  readonly hint: string;
}

/** What the estimate lacks: open interest, corrections by prints, young margin tables, venues that were asked for and do not contribute. */
export function noteOf(
  facts: FrameFacts | undefined,
  settings: HeatmapSettings,
  status: SourceStatus | undefined,
  messages: Messages,
): Note {
  if (facts === undefined) return { text: '', hint: '' };
  const parts: string[] = [];
  const hints: string[] = [messages.estimatedHint];
  if (facts.scale === 'relative') parts.push(messages.relativeScale);
  if (facts.basis === 'prior-only') {
    parts.push(messages.priorOnly);
    hints.push(messages.priorOnlyHint);
  }
  hints.push(...aboutTables(facts, messages));
  const missing =
    settings.source.kind === 'venues' ? settings.venues.filter((venue) => !facts.venues.includes(venue)) : [];
  if (missing.length > 0) parts.push(fill(messages.withoutVenues, { venues: missing.join(', ') }));
  if ((status?.state === 'live' || status?.state === 'frozen') && status.detail !== '') {
    // What stands behind the colon explains: the line has no room for it, the hint has.
    const [short = ''] = status.detail.split(':');
    parts.push(short.charAt(0).toLowerCase() + short.slice(1));
    if (short !== status.detail) hints.push(`${status.detail}.`);
  }
  return { text: parts.join(' · '), hint: hints.join(' ') };
}

function aboutTables({ marginTables = [] }: FrameFacts, messages: Messages): readonly string[] {
  const outdated = marginTables.flatMap(({ instrument, table }) =>
    table?.isOutdated === true ? [`${venueOf(instrument)} ${table.asOf}`] : [],
  );
  return outdated.length === 0 ? [] : [fill(messages.outdatedTablesHint, { tables: outdated.join(', ') })];
}
