import type { VenueDesk, VenueServer } from '../venue-server.js';
import { OkxRest } from './rest.js';
import { OkxSocket } from './socket.js';

/** OKX v5 swaps: sockets on `ws`, candles and `trades-all` on its business path, REST on `www`. */
export function createOkx(desk: VenueDesk): VenueServer {
  const rest = new OkxRest(desk);
  let connections = 0;
  return {
    openSocket: (host, path, _query, port) => {
      const name = /^\/ws\/v5\/(public|business)$/.exec(path)?.[1];
      if (host !== 'ws.okx.com' || name === undefined) return undefined;
      return new OkxSocket(desk, name === 'business' ? 'business' : 'public', ++connections, port);
    },
    answer: (request) => rest.answer(request),
  };
}
