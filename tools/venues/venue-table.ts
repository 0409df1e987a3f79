import type { Channel } from '@liquidation-heatmap/core';
import { LIVE_VENUE_IDS, offersOf } from '@liquidation-heatmap/feeds';
import { OBSERVED_EVIDENCE } from '@liquidation-heatmap/feeds/node';

const CHANNELS: readonly Channel[] = [
  ...(['trades', 'book', 'liquidations', 'mark', 'index', 'open-interest', 'funding', 'ratios', 'bars'] as const),
];

/** Positions of known addresses: no channel of the live feed, see feeds/src/observed. */
const OBSERVED = 'observed positions';

/** What each channel of each venue rests on, as a Markdown table; what is not read by default stands in parentheses. */
export function venueTable(): string {
  const rows = LIVE_VENUE_IDS.map((venue) => {
    const offers = offersOf(venue, false);
    const cells = CHANNELS.map((channel) => {
      const offer = offers.find((candidate) => candidate.channel === channel);
      if (offer === undefined) return '-';
      return offer.isOn ? offer.evidence : `(${offer.evidence})`;
    });
    // Off unless addresses are given, whatever it rests on.
    const observed = venue === OBSERVED_EVIDENCE.venue ? `(${OBSERVED_EVIDENCE.evidence})` : '-';
    return [`\`${venue}\``, ...cells, observed];
  });
  const head = ['venue', ...CHANNELS, OBSERVED];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
