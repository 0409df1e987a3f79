import { MS_PER_SECOND } from '@liquidation-heatmap/core';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import type { SymbolName } from '../../market/venue-name.js';
import { intervalMs } from '../intervals.js';
import { ownEntry } from '../own-entry.js';
import type { FrameAbout, VenueDesk } from '../venue-server.js';
import { assetContext, candleEntry, groupingOf, levelsOf, middles, tradeEntry } from './frames.js';

/** Cadence and depth of `l2Book`, venues.md 6.2. */
const BOOK_MS = 5_000;
const BOOK_LEVELS = 20;
const FAST_BOOK_MS = 500;
const FAST_BOOK_LEVELS = 5;
/** Trades that a subscription begins with, all of them past; 30 were recorded. */
const PAST_TRADES = 30;
const CANDLE_MS = MS_PER_SECOND;
const MIDDLES_MS = MS_PER_SECOND;

/** What a client asks for. */
export type Asked = Readonly<Record<string, unknown>>;
/** Sends the data of a channel. */
export type SendData = (channel: string, data: unknown, about: FrameAbout) => void;
type OpenChannel = (send: SendData) => () => void;
type OfCoin = (desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, asked: Asked) => OpenChannel | undefined;

const OF_COIN: Readonly<Record<string, OfCoin>> = {
  l2Book: book,
  trades,
  activeAssetCtx: contexts,
  candle: candles,
  bbo: bestPrices,
};

/** How to open a subscription; undefined for one that the venue does not know. Coins are case sensitive. */
export function channelOf(desk: VenueDesk, asked: Asked): OpenChannel | undefined {
  if (asked['type'] === 'allMids') return (send) => allMiddles(desk, send);
  const symbol = desk.symbolOf(asked['coin']);
  if (symbol === undefined) return undefined;
  return ownEntry(OF_COIN, String(asked['type']))?.(desk, desk.market(symbol), symbol, asked);
}

/** Every frame is the whole of what it shows; there is no sequence number. */
function book(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, asked: Asked): OpenChannel {
  const isFast = asked['fast'] === true;
  const grouping = groupingOf(asked);
  return (send) => {
    const tell = (): void => {
      const levels = levelsOf(market, isFast ? FAST_BOOK_LEVELS : BOOK_LEVELS, grouping);
      const data = { coin: market.listing.ownSymbol, time: desk.now(), levels, ...(isFast ? { fast: true } : {}) };
      send('l2Book', data, { channel: 'book', symbol });
    };
    tell();
    return desk.every(isFast ? FAST_BOOK_MS : BOOK_MS, tell);
  };
}

/** The first frame is history: counting it doubles trades at every reconnect. */
function trades(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName): OpenChannel {
  return (send) => {
    const tell = (entries: InstrumentMarket['trades']): void => {
      const data = entries.map((trade) => tradeEntry(market.listing, trade, desk.stamp(trade.time)));
      if (data.length > 0) send('trades', data, { channel: 'trades', symbol });
    };
    tell(market.trades.slice(-PAST_TRADES));
    return market.listen((news) => {
      if (news.kind === 'trades') tell([...news.trades]);
    });
  };
}

function contexts(_desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName): OpenChannel {
  return (send) => {
    const tell = (): void => {
      const data = { coin: market.listing.ownSymbol, ctx: assetContext(market) };
      send('activeAssetCtx', data, { channel: 'ticker', symbol });
    };
    tell();
    return market.listen((news) => {
      if (news.kind === 'mark') tell();
    });
  };
}

function candles(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, asked: Asked): OpenChannel | undefined {
  const interval = String(asked['interval']);
  const lengthMs = intervalMs(interval);
  if (lengthMs === undefined) return undefined;
  return (send) =>
    desk.every(CANDLE_MS, () => {
      const openTime = Math.floor((market.bars.last?.openTime ?? 0) / lengthMs) * lengthMs;
      const bar = market.bars.range(lengthMs, openTime, openTime)[0];
      if (bar !== undefined)
        send('candle', candleEntry(market.listing, interval, lengthMs, bar), { channel: 'bars', symbol });
    });
}

function bestPrices(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName): OpenChannel {
  return (send) => {
    const tell = (): void => {
      const bbo = levelsOf(market, 1, undefined).map(([level]) => level ?? null);
      send('bbo', { coin: market.listing.ownSymbol, time: desk.now(), bbo }, { channel: 'ticker', symbol });
    };
    tell();
    return market.listen((news) => {
      if (news.kind === 'book') tell();
    });
  };
}

function allMiddles(desk: VenueDesk, send: SendData): () => void {
  const markets = desk.symbols.map((symbol) => desk.market(symbol));
  const tell = (): void => send('allMids', { mids: middles(markets) }, { channel: 'ticker' });
  tell();
  return desk.every(MIDDLES_MS, tell);
}
