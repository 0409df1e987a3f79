/** The venue must answer within this time, ms; else the page starts with a simulated market and says so. */
const PATIENCE_MS = 4_000;
const PING = 'https://fapi.binance.com/fapi/v1/ping';

/** True when the venue answers a ping in time from this reader's place and under this page's rules. */
export async function isVenueReachable(): Promise<boolean> {
  try {
    const answer = await fetch(PING, { signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store' });
    return answer.ok;
  } catch {
    return false;
  }
}
