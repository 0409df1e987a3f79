import type { RestAnswer } from '../connection/rest-client.js';
import type { RestRequest, VenueSession } from '../feed.js';
import type { Runtime } from '../runtime/runtime.js';
import type { VenueRest } from './venue-rules.js';

/** First and longest wait before a snapshot that came too old is fetched again. */
const WAIT_MS = 500;
const WAIT_CAP_MS = 30_000;

/** Fetches the snapshot a session asked for, again and again while the session still waits for that one; undefined when it does not. */
export async function fetchSnapshot(
  { instrument, generation, attempt: first, url }: RestRequest,
  session: VenueSession,
  { rest, runtime }: { readonly rest: VenueRest; readonly runtime: Runtime },
  signal: AbortSignal,
): Promise<RestAnswer | undefined> {
  const isCurrent = (): boolean => !signal.aborted && session.bookState(instrument)?.generation === generation;
  for (let attempt = first; isCurrent(); attempt++) {
    if (attempt > 0) await runtime.sleep(Math.min(WAIT_CAP_MS, WAIT_MS * 2 ** attempt), signal);
    if (!isCurrent()) return undefined;
    const answer = await rest.body(url, signal);
    if (answer.ok && isCurrent()) return answer.value;
  }
  return undefined;
}
