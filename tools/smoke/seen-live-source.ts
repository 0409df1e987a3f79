import type { Channel, VenueId } from '@liquidation-heatmap/core';
import type { SmokeResult } from './smoke-venue.js';

/** Days by venue and channel, as `feeds/src/seen-live.ts` holds them. */
export type SeenLive = Readonly<Partial<Record<VenueId, Readonly<Partial<Record<Channel, string>>>>>>;

/** What was known before, with everything that delivered now under today's day. */
export function withResults(before: SeenLive, results: readonly SmokeResult[], day: string): SeenLive {
  const seen: Record<string, Readonly<Partial<Record<Channel, string>>>> = { ...before };
  for (const { venue, channels } of results) {
    if (channels.length === 0) continue;
    seen[venue] = { ...before[venue], ...Object.fromEntries(channels.map((channel) => [channel, day])) };
  }
  return seen;
}

/** The file of `feeds` that holds it. */
export function seenLiveSource(seen: SeenLive): string {
  const rows = Object.entries(seen).map(([venue, channels]) => {
    const days = Object.entries(channels ?? {}).map(([channel, day]) => `    '${channel}': '${day}',\n`);
    return `  '${venue}': {\n${days.join('')}  },\n`;
  });
  return `import type { Channel, VenueId } from '@liquidation-heatmap/core';

/** Days on which a channel's data was last read live, \`YYYY-MM-DD\`. Written by \`npm run smoke:live -- --write\`. */
export const SEEN_LIVE: Partial<Record<VenueId, Readonly<Partial<Record<Channel, string>>>>> = {${rows.length === 0 ? '' : `\n${rows.join('')}`}};
`;
}
