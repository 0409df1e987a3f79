import { join } from 'node:path';
import type { DurationMs, MarketEvent, VenueId } from '@liquidation-heatmap/core';
import { openVenues, recordedLine, recordingRuntime, type Runtime } from '@liquidation-heatmap/feeds';
import { RecordingFile } from './recording-file.js';

/** One venue and symbol being recorded, for the progress line. */
export interface RecordedSession {
  readonly venue: VenueId;
  readonly symbol: string;
  readonly file: RecordingFile;
  /** Events by kind that the adapter made of what came. */
  readonly events: Map<MarketEvent['kind'], number>;
  /** Newest word on the connection. */
  state: string;
  readonly done: Promise<void>;
}

/** Records one venue and symbol until the signal aborts. The adapter runs beside, since it is what subscribes and reconnects. */
export function recordSession(
  venue: VenueId,
  symbol: string,
  folder: string,
  partBytes: number,
  runtime: Runtime,
  signal: AbortSignal,
): RecordedSession {
  const start = new Date(runtime.now()).toISOString().slice(0, 19).replaceAll(':', '');
  const file = new RecordingFile(join(folder, venue, `${symbol.toLowerCase()}-${start}`), partBytes);
  const recording = recordingRuntime(runtime, (message) => file.write(recordedLine(message)));
  const request = { symbol, venues: [venue], historyMs: 0 as DurationMs, intervalMs: 1_000 as DurationMs };
  const events: RecordedSession['events'] = new Map();
  const read = async (): Promise<void> => {
    for await (const event of openVenues(request, recording, signal)) {
      events.set(event.kind, (events.get(event.kind) ?? 0) + 1);
      if (event.kind === 'status' && event.channel === 'connection')
        session.state = event.detail === '' ? event.state : `${event.state}: ${event.detail}`;
    }
    file.close();
  };
  const session: RecordedSession = { venue, symbol, file, events, state: 'connecting', done: Promise.resolve() };
  return Object.assign(session, { done: read() });
}
