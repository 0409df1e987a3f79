import type { VenueDesk, VenueServer } from '../venue-server.js';
import { BybitRest } from './rest.js';
import { BybitSocket } from './socket.js';

/** Bybit v5, linear contracts: sockets on `stream`, REST on `api`. */
export function createBybit(desk: VenueDesk): VenueServer {
  const rest = new BybitRest(desk);
  let connections = 0;
  return {
    openSocket: (host, path, _query, port) => {
      const isKnown = host === 'stream.bybit.com' && path === '/v5/public/linear';
      return isKnown ? new BybitSocket(desk, ++connections, port) : undefined;
    },
    answer: (request) => rest.answer(request),
  };
}
