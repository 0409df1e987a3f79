import type { DurationMs, UnixMs } from '@liquidation-heatmap/core';
import { childController, onAbort } from './abort.js';
import { ConnectionFault } from './connection-fault.js';
import type { HttpAnswer } from './runtime.js';

/** Longest delay a host timer takes as it is; longer ones would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's clock. */
export function hostNow(): UnixMs {
  return Date.now() as UnixMs;
}

/** A wait on the machine's timers that leaves no timer and no listener behind. */
export function hostSleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unlink();
      resolve();
    };
    const timer = setTimeout(done, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
    let unlink: () => void = () => undefined;
    unlink = onAbort(signal, done);
  });
}

/**
 * GET, or POST of a JSON text, through the host's `fetch`, which browsers and Node share. Sends no header of ours but the type of a
 * posted body: a page's preflight would fail on any other.
 */
export async function hostFetchText(
  url: string,
  signal: AbortSignal,
  timeoutMs: DurationMs,
  posted?: string,
): Promise<HttpAnswer> {
  const { controller, unlink } = childController(signal);
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const post = { method: 'POST', body: posted ?? '', headers: { 'content-type': 'application/json' } };
    const answer = await fetch(url, {
      ...(posted === undefined ? {} : post),
      signal: controller.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    const body = await answer.text();
    return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined, body };
  } catch (cause) {
    if (signal.aborted) throw new ConnectionFault('aborted', 'aborted');
    if (controller.signal.aborted)
      throw new ConnectionFault('timeout', `${url} did not answer within ${String(timeoutMs / 1_000)} s`);
    throw new ConnectionFault(
      'network',
      `${url} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  } finally {
    clearTimeout(timer);
    unlink();
  }
}
