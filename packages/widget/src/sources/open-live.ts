import { MS_PER_HOUR, type DurationMs, type UnixMs } from '@liquidation-heatmap/core';
import { LIVE_VENUE_IDS, openVenues, redirectedRuntime, type Runtime } from '@liquidation-heatmap/feeds';
import { browserRuntime } from '@liquidation-heatmap/feeds/browser';
import type { EventFeed } from './event-feed.js';
import { SourceFault, type Job } from './job.js';
import { WARM_UP_MS } from './warm-up.js';

/** Open interest is told for 30 days back. */
const LONGEST_HISTORY_MS = 30 * 24 * MS_PER_HOUR;

/** What runs on one runtime shares sockets and limits: there is one for everything here, and one for each server in place of venues. */
const HOST = browserRuntime();
const BEHIND = new Map<string, Runtime>();

function runtimeBehind(base: string): Runtime {
  const runtime = BEHIND.get(base) ?? redirectedRuntime(HOST, base);
  BEHIND.set(base, runtime);
  return runtime;
}

/** The range and what the positions standing at its start were built from. */
function historyOf(rangeMs: number): DurationMs {
  return Math.min(LONGEST_HISTORY_MS, rangeMs + WARM_UP_MS) as DurationMs;
}

/** The venues' own public feeds: the past of the range, then live. */
export function openLive({ request, choice }: Job, signal: AbortSignal): EventFeed {
  const { symbol, rangeMs, intervalMs, at, data = 'full' } = request;
  if (at !== undefined) {
    const message = 'at needs a src that holds that moment (a recording or a snapshot); the venues are only read live';
    throw new SourceFault({ code: 'at-unavailable', field: 'at', message });
  }
  const venues = request.venues.filter((venue) => LIVE_VENUE_IDS.includes(venue));
  if (venues.length === 0) {
    const message = `venues must name one that can be read live (${LIVE_VENUE_IDS.join(', ')}), was "${request.venues.join(' ')}"`;
    throw new SourceFault({ code: 'unknown-venue', field: 'venues', message });
  }
  const runtime = choice.kind === 'venue-server' ? runtimeBehind(choice.base) : HOST;
  return {
    events: openVenues({ symbol, venues, historyMs: historyOf(rangeMs), intervalMs, data }, runtime, signal),
    venues,
    pacer: undefined,
    presence: HOST.presence,
    historyUntil: Date.now() as UnixMs,
    waiting: `Connecting to ${venues.join(', ')}`,
  };
}
