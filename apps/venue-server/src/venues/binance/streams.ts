import { MS_PER_SECOND, assertNever } from '@liquidation-heatmap/core';
import type { InstrumentMarket, MarketNews, VenueLiquidation } from '../../market/instrument-market.js';
import type { SymbolName } from '../../market/venue-name.js';
import type { FrameAbout, VenueDesk } from '../venue-server.js';
import {
  aggTrade,
  bookTicker,
  depthUpdate,
  forceOrder,
  kline,
  levelRows,
  markPriceUpdate,
  singleTrade,
  type LevelRow,
} from './frames.js';
import type { BinanceStream } from './stream-names.js';

/** Sends one payload; the socket wraps it as its path asks. */
export type SendPayload = (payload: unknown, about: FrameAbout) => void;

/** `@kline` is sent this often while its candle runs. */
const KLINE_MS = 250;

/** Lets a stream flow; the answer ends it. */
export function openStream(desk: VenueDesk, stream: BinanceStream, send: SendPayload): () => void {
  if (stream.kind === 'mark-price' && stream.isArray) return markPrices(desk, stream.symbols, stream.everyMs, send);
  const stops = stream.symbols.map((symbol) => openOne(desk, stream, symbol, send));
  return () => {
    for (const stop of stops) stop();
  };
}

function openOne(desk: VenueDesk, stream: BinanceStream, symbol: SymbolName, send: SendPayload): () => void {
  const market = desk.market(symbol);
  switch (stream.kind) {
    case 'depth':
      return depthStream(desk, market, symbol, stream.everyMs, send);
    case 'partial-depth':
      return desk.every(stream.everyMs, () =>
        send(partialDepth(desk, market, stream.levels), { channel: 'book', symbol }),
      );
    case 'book-ticker':
      return market.listen((news) => {
        if (news.kind === 'book') send(bookTicker(market, desk.now()), { channel: 'ticker', symbol });
      });
    case 'trade':
    case 'agg-trade':
      return tradeStream(desk, market, symbol, stream.kind === 'trade', send);
    case 'force-order':
      return forceOrders(desk, market, symbol, send);
    case 'mark-price':
      return markPrices(desk, [symbol], stream.everyMs, send);
    case 'kline':
      return klines(desk, market, symbol, stream, send);
    default:
      return assertNever(stream);
  }
}

/**
 * Changes since the last frame of this stream, each level once. `pu` is the last frame's `u`; `U` is above `pu` + 1, because other
 * instruments use the ids in between.
 */
function depthStream(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  everyMs: number,
  send: SendPayload,
): () => void {
  // By the text of the price: it stays right when the tick size changes in between.
  const bids = new Map<string, LevelRow>();
  const asks = new Map<string, LevelRow>();
  let first: number | undefined;
  let previous = market.updateId;
  const deafen = market.listen((news) => {
    if (news.kind !== 'book') return;
    first ??= news.firstId;
    for (const row of levelRows(market.listing, news.change.bids)) bids.set(row[0], row);
    for (const row of levelRows(market.listing, news.change.asks)) asks.set(row[0], row);
  });
  const stop = desk.every(everyMs, () => {
    if (first === undefined) return;
    const ids = { first, last: market.updateId, previous };
    const frame = depthUpdate(market.listing, desk.now(), ids, { bids: risingRows(bids), asks: risingRows(asks) });
    send(frame, { channel: 'book', symbol });
    previous = ids.last;
    first = undefined;
    bids.clear();
    asks.clear();
  });
  return () => {
    stop();
    deafen();
  };
}

/** The recorded frames list both sides by rising price. */
function risingRows(rows: ReadonlyMap<string, LevelRow>): LevelRow[] {
  return [...rows.values()].sort(([a], [b]) => Number(a) - Number(b));
}

function partialDepth(desk: VenueDesk, market: InstrumentMarket, count: number): object {
  const { listing, book, updateId } = market;
  return {
    e: 'depthUpdate',
    E: desk.now(),
    T: desk.now(),
    s: listing.ownSymbol,
    U: updateId,
    u: updateId,
    pu: updateId - 1,
    b: levelRows(listing, book.bids.levels(count)),
    a: levelRows(listing, book.asks.levels(count)),
  };
}

function tradeStream(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  isSingle: boolean,
  send: SendPayload,
): () => void {
  const frame = isSingle ? singleTrade : aggTrade;
  return market.listen((news) => {
    if (news.kind !== 'trades') return;
    for (const trade of news.trades) {
      send(frame(market.listing, trade, desk.now(), desk.stamp(trade.time)), { channel: 'trades', symbol });
    }
  });
}

/** At most one a second and symbol: the latest of the second, the others are never told (venues.md 2.2). */
function forceOrders(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, send: SendPayload): () => void {
  let held: VenueLiquidation | undefined;
  let release: (() => void) | undefined;
  const tell = (print: VenueLiquidation): void => {
    send(forceOrder(market.listing, print, desk.now(), desk.stamp(print.time)), { channel: 'liquidations', symbol });
    release = desk.after(MS_PER_SECOND, () => {
      release = undefined;
      const next = held;
      held = undefined;
      if (next !== undefined) tell(next);
    });
  };
  const deafen = market.listen((news: MarketNews) => {
    if (news.kind !== 'liquidation') return;
    if (release === undefined) tell(news.liquidation);
    else held = news.liquidation;
  });
  return () => {
    deafen();
    release?.();
  };
}

function markPrices(desk: VenueDesk, symbols: readonly SymbolName[], everyMs: number, send: SendPayload): () => void {
  const isArray = symbols.length > 1;
  return desk.every(everyMs, () => {
    const frames = symbols
      .map((symbol) => desk.market(symbol))
      .filter(({ mark }) => mark > 0)
      .map((market) => markPriceUpdate(market, desk.now(), market.nextFundingTime));
    if (frames.length === 0) return;
    send(isArray ? frames : frames[0], { channel: 'mark', ...(isArray ? {} : { symbol: symbols[0]! }) });
  });
}

function klines(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  { name, lengthMs }: Extract<BinanceStream, { kind: 'kline' }>,
  send: SendPayload,
): () => void {
  let running: number | undefined;
  const tell = (openTime: number, isClosed: boolean): void => {
    const bar = market.bars.range(lengthMs, openTime, openTime)[0];
    if (bar === undefined) return;
    send(kline(market.listing, name, bar, lengthMs, desk.now(), isClosed), { channel: 'bars', symbol });
  };
  return desk.every(KLINE_MS, () => {
    const openTime = Math.floor((market.bars.last?.openTime ?? 0) / lengthMs) * lengthMs;
    if (running !== undefined && running < openTime) tell(running, true);
    running = openTime;
    tell(openTime, false);
  });
}
