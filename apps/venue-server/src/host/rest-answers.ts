import type { FaultDesk } from '../faults/fault-desk.js';
import type { RateLimitFault } from '../faults/fault-script.js';
import type { VenueName } from '../market/venue-name.js';
import { jsonAnswer, type RestAnswer, type VenueServer } from '../venues/venue-server.js';
import { addressOf, answersPreflight, isReadableByPages, type VenueAddress } from './addresses.js';

/** Of a request, what matters here; default a GET without a body. */
export interface HostRequest {
  readonly method?: string;
  readonly body?: string;
}

/** An answer of any status, or a network that gave none; both come `delayMs` after the question. */
export type HostAnswer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly delayMs: number;
    }
  | { readonly network: string; readonly delayMs: number };

/** How long an answer usually takes, ms. */
const USUAL_DELAY_MS = 40;

/** Answers a request: the weather of the venue first, then the venue, then what a page may read of it. */
export function answerRequest(
  url: string,
  { method = 'GET', body = '' }: HostRequest,
  faults: FaultDesk,
  serverOf: (venue: VenueName) => VenueServer,
): HostAnswer {
  const address = addressOf(url);
  if (address === undefined) return { network: 'no venue has this address', delayMs: USUAL_DELAY_MS };
  const { venue, host, path, query } = address;
  const delayMs = USUAL_DELAY_MS + faults.delayMs(venue);
  if (faults.isDown(venue)) return { network: 'connection refused', delayMs: USUAL_DELAY_MS };
  const region = faults.region(venue);
  // A refusal of the region comes without the header that would let a page read it.
  if (region === 451 || region === 403) return { ...refusedRegion(region), delayMs };
  if (method === 'OPTIONS') return { ...preflight(address), delayMs };
  const limit = faults.rateLimit(venue);
  const answer = limit === undefined ? serverOf(venue).answer({ method, host, path, query, body }) : limited(limit);
  const opened = isReadableByPages(address) ? { 'access-control-allow-origin': '*' } : {};
  return { ...answer, headers: { ...answer.headers, ...opened }, delayMs };
}

function refusedRegion(status: 451 | 403): RestAnswer {
  const body = '<html><body>Service unavailable from a restricted location</body></html>';
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function preflight(address: VenueAddress): RestAnswer {
  if (!answersPreflight(address)) return { status: 405, headers: {}, body: '' };
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'content-type',
  };
  return { status: 200, headers, body: '' };
}

/** The refusal in the venue's own shape. */
function limited({ venue, status, retryAfterS }: RateLimitFault): RestAnswer {
  const headers = { 'retry-after': String(retryAfterS) };
  switch (venue) {
    case 'binance':
      return jsonAnswer(
        { code: -1003, msg: 'Too many requests; please use the websocket for live updates.' },
        status,
        headers,
      );
    case 'bybit':
      return jsonAnswer(
        { retCode: 10006, retMsg: 'Too many visits!', result: {}, retExtInfo: {}, time: 0 },
        status,
        headers,
      );
    case 'okx':
      return jsonAnswer({ msg: 'Too Many Requests', code: '50011' }, status, headers);
    case 'hyperliquid':
      return { status, headers, body: 'null' };
  }
}
