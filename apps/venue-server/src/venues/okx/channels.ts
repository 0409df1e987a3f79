import { MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import { DepthWindow } from '../../market/depth-window.js';
import type { InstrumentMarket, VenueLiquidation } from '../../market/instrument-market.js';
import type { SymbolName } from '../../market/venue-name.js';
import { ownEntry } from '../own-entry.js';
import type { FrameAbout, VenueDesk, WireChannel } from '../venue-server.js';
import {
  bookData,
  candleRow,
  fundingData,
  indexData,
  liquidationData,
  markData,
  openInterestData,
  tradeData,
} from './frames.js';
import { barMs } from './rows.js';

const BOOK_LEVELS = 400;
const BOOK_MS = 100;
const HEARTBEAT_MS = MS_PER_MINUTE;
const OPEN_INTEREST_MS = 3_000;
const CANDLE_MS = 1_000;

/** Which socket path a channel flows on. */
export type OkxPath = 'public' | 'business';
/** What a client asks a channel for, as it came. */
export type ChannelArg = Readonly<Record<string, unknown>>;
/** Sends the rest of a frame; the socket puts `arg` in front. */
export type SendData = (rest: object, about: FrameAbout) => void;

/** A subscription that the venue accepts: the arg it acknowledges, and how to open it. */
export interface OkxSubscription {
  readonly arg: ChannelArg;
  readonly open: (send: SendData) => () => void;
}

type OfInstrument = (desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, send: SendData) => () => void;

const OF_INSTRUMENT: Readonly<Record<OkxPath, Readonly<Record<string, OfInstrument>>>> = {
  public: {
    'books': books,
    'trades': trades,
    'open-interest': (desk, market, symbol, send) =>
      now(
        () => send(data(openInterestData(market, desk.now())), { channel: 'open-interest', symbol }),
        (tell) => desk.every(OPEN_INTEREST_MS, tell),
      ),
    'index-tickers': (desk, market, symbol, send) =>
      onNews(market, 'mark', () => send(data(indexData(market, desk.now())), { channel: 'index', symbol })),
    'mark-price': (desk, market, symbol, send) =>
      onNews(market, 'mark', () => send(data(markData(market, desk.now())), { channel: 'mark', symbol })),
    'funding-rate': (desk, market, symbol, send) =>
      onNews(market, 'funding', () => send(data(fundingData(market, desk.now())), { channel: 'funding', symbol })),
  },
  business: { 'trades-all': trades },
};

/** What a client may have of a path; undefined where the venue answers with error 60018. */
export function subscriptionOf(desk: VenueDesk, path: OkxPath, asked: ChannelArg): OkxSubscription | undefined {
  const { instId } = asked;
  const channel = String(asked['channel']);
  // Only `instType` counts here: with it the other parameters are dropped, without it the channel does not exist (venues.md 5).
  if (path === 'public' && channel === 'liquidation-orders') {
    if (asked['instType'] !== 'SWAP') return undefined;
    return { arg: { channel, instType: 'SWAP' }, open: (send) => liquidations(desk, send) };
  }
  const symbol = desk.symbolOf(channel === 'index-tickers' ? `${String(instId)}-SWAP` : instId);
  if (symbol === undefined) return undefined;
  const market = desk.market(symbol);
  const open = openerOf(path, channel);
  return open === undefined
    ? undefined
    : { arg: { channel, instId }, open: (send) => open(desk, market, symbol, send) };
}

function openerOf(path: OkxPath, channel: string): OfInstrument | undefined {
  const known = ownEntry(OF_INSTRUMENT[path], channel);
  if (known !== undefined || path !== 'business' || !channel.startsWith('candle')) return known;
  const lengthMs = barMs(channel.slice('candle'.length));
  if (lengthMs === undefined) return undefined;
  return (desk, market, symbol, send) => candles(desk, market, symbol, lengthMs, send);
}

function data(row: object): object {
  return { data: [row] };
}

/** The state at once, then each time it is told anew. */
function onNews(market: InstrumentMarket, kind: 'mark' | 'funding', tell: () => void): () => void {
  return now(tell, () => market.listen((news) => (news.kind === kind ? tell() : undefined)));
}

function now(tell: () => void, then: (tell: () => void) => () => void): () => void {
  tell();
  return then(tell);
}

/** A snapshot with `prevSeqId` -1, then updates that name the one before; each minute a heartbeat, which changes nothing. */
function books(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, send: SendData): () => void {
  let window = new DepthWindow(BOOK_LEVELS, market.book);
  let last = market.updateId;
  let isLaidOutAnew = false;
  const about = { channel: 'book', symbol } as const;
  const tellAll = (): void => {
    last = market.updateId;
    const rows = [bookData(market.listing, window.levels, desk.now(), last, -1)];
    send({ action: 'snapshot', data: rows }, { ...about, isSnapshot: true });
  };
  const update = (change: DepthWindow['levels'], seqId: number): void => {
    send({ action: 'update', data: [bookData(market.listing, change, desk.now(), seqId, last)] }, about);
    last = seqId;
  };
  tellAll();
  const deafen = market.listen((news) => {
    if (news.kind === 'book') isLaidOutAnew ||= news.isRelisted;
  });
  const stops = [
    desk.every(BOOK_MS, () => {
      if (isLaidOutAnew) {
        window = new DepthWindow(BOOK_LEVELS, market.book);
        isLaidOutAnew = false;
        return tellAll();
      }
      const change = window.update(market.book);
      if (change.bids.length + change.asks.length > 0) update(change, market.updateId);
    }),
    // The venue sends them where nothing changed for a minute; this book changes always, so they come on the minute.
    desk.every(HEARTBEAT_MS, () => update({ bids: [], asks: [] }, last)),
  ];
  return () => {
    deafen();
    for (const stop of stops) stop();
  };
}

function trades(desk: VenueDesk, market: InstrumentMarket, symbol: SymbolName, send: SendData): () => void {
  return market.listen((news) => {
    if (news.kind !== 'trades') return;
    for (const trade of news.trades) {
      const row = tradeData(market.listing, trade, desk.stamp(trade.time), market.updateId);
      send(data(row), { channel: 'trades', symbol });
    }
  });
}

/** The whole market: what was last printed at once, though it is old, then at most one print a second and contract. */
function liquidations(desk: VenueDesk, send: SendData): () => void {
  const tell = (market: InstrumentMarket, prints: readonly VenueLiquidation[], symbol: SymbolName): void => {
    const row = liquidationData(market.listing, prints, (time) => desk.stamp(time));
    send(data(row), { channel: 'liquidations', symbol });
  };
  const markets = desk.symbols.map((symbol) => ({ symbol, market: desk.market(symbol) }));
  const known = markets.filter(({ market }) => market.liquidations.length > 0);
  const newest = known.sort((a, b) => b.market.liquidations.at(-1)!.time - a.market.liquidations.at(-1)!.time)[0];
  if (newest !== undefined) tell(newest.market, newest.market.liquidations.slice(-1), newest.symbol);
  const stops = markets.map(({ symbol, market }) => {
    let toldAt = Number.NEGATIVE_INFINITY;
    return market.listen((news) => {
      if (news.kind !== 'liquidation' || news.liquidation.time < toldAt + MS_PER_SECOND) return;
      toldAt = news.liquidation.time;
      tell(market, [news.liquidation], symbol);
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function candles(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  lengthMs: number,
  send: SendData,
): () => void {
  let running: number | undefined;
  const channel: WireChannel = 'bars';
  const tell = (openTime: number, isClosed: boolean): void => {
    const bar = market.bars.range(lengthMs, openTime, openTime)[0];
    if (bar !== undefined) send({ data: [candleRow(market.listing, bar, isClosed)] }, { channel, symbol });
  };
  return desk.every(CANDLE_MS, () => {
    const openTime = Math.floor((market.bars.last?.openTime ?? 0) / lengthMs) * lengthMs;
    if (running !== undefined && running < openTime) tell(running, true);
    running = openTime;
    tell(openTime, false);
  });
}
