/** A venue must answer within this time, ms; if none does the page starts with a simulated market and says so. */
const PATIENCE_MS = 4_000;

/** Venues the page reads live, in display order, the first that answers being the reference, with an address that answers at once. */
const VENUES = [
  { venue: 'binance', name: 'Binance', ping: 'https://fapi.binance.com/fapi/v1/ping' },
  { venue: 'bybit', name: 'Bybit', ping: 'https://api.bybit.com/v5/market/time' },
  { venue: 'okx', name: 'OKX', ping: 'https://www.okx.com/api/v5/public/time' },
] as const;

/** A venue that can be read live. */
export type LiveVenue = (typeof VENUES)[number];

/** Every venue the page reads live where nobody has been asked. */
export const ALL_LIVE: readonly LiveVenue[] = VENUES;

/** The venues that answer in time from this reader's place and under this page's rules. */
export async function reachableVenues(): Promise<readonly LiveVenue[]> {
  const answers = await Promise.all(VENUES.map(doesAnswer));
  return VENUES.filter((_, index) => answers[index]);
}

async function doesAnswer({ ping }: LiveVenue): Promise<boolean> {
  try {
    const answer = await fetch(ping, { signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store' });
    return answer.ok;
  } catch {
    return false;
  }
}

/** `Binance, Bybit and OKX`. */
export function namesOf(venues: readonly LiveVenue[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(venues.map(({ name }) => name));
}
