import type { VenueDesk, VenueServer } from '../venue-server.js';
import { HyperliquidInfo } from './info.js';
import { HyperliquidSocket } from './socket.js';

/** Hyperliquid: one host for its socket and for `POST /info`. */
export function createHyperliquid(desk: VenueDesk): VenueServer {
  const info = new HyperliquidInfo(desk);
  return {
    openSocket: (host, path, _query, port) =>
      host === 'api.hyperliquid.xyz' && path === '/ws' ? new HyperliquidSocket(desk, port) : undefined,
    answer: (request) => info.answer(request),
  };
}
