/** The answer is believed this long, ms: a page that stays open while its reader travels follows within a minute. */
const KEPT_MS = 60_000;

let known: { readonly zone: string; readonly until: number } | undefined;

/**
 * IANA name of the reader's time zone. `now` is ms on a steady clock. Each asking makes a formatter, and every paint wants the name: it
 * was the dearest function of the main thread (bench pixel).
 */
export function localTimeZone(now: number = performance.now()): string {
  if (known === undefined || now >= known.until)
    known = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, until: now + KEPT_MS };
  return known.zone;
}
