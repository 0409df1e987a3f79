import type { VenueDesk, VenueServer } from '../venue-server.js';
import { BinanceRest } from './rest.js';
import { BinanceSocket, binancePath } from './socket.js';

/** Binance USDS-M: sockets on `fstream`, REST on `fapi`. */
export function createBinance(desk: VenueDesk): VenueServer {
  const rest = new BinanceRest(desk);
  return {
    openSocket: (host, path, query, port) => {
      const asked = host === 'fstream.binance.com' ? binancePath(path, query) : undefined;
      return asked === undefined ? undefined : new BinanceSocket(desk, asked, port);
    },
    answer: (request) => rest.answer(request),
  };
}
