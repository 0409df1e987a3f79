import { MS_PER_SECOND } from '@liquidation-heatmap/core';
import { DepthWindow } from '../../market/depth-window.js';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import { isSymbolName, type SymbolName } from '../../market/venue-name.js';
import type { FrameAbout, VenueDesk } from '../venue-server.js';
import { ownEntry } from '../own-entry.js';
import { liquidationEntry, movingFields, orderbook, publicTrade, sequenceOf, tickerFields } from './frames.js';
import { klineInterval, klineTopic } from './klines.js';

/** Depths of the linear book and how often each is sent, ms (venue documentation; 200 for 1000 is from memory). */
const DEPTHS: ReadonlyMap<number, number> = new Map([
  [1, 20],
  [50, 20],
  [200, 100],
  [1_000, 200],
]);
const TICKER_MS = 100;
const LIQUIDATION_BATCH_MS = 500;
/** Fields of 24 hours are reckoned anew this often: at each look it would be most of the server's work. */
const DAY_FIELDS_MS = 10 * MS_PER_SECOND;

/** Sends one frame. */
export type SendFrame = (frame: unknown, about: FrameAbout) => void;
type OpenTopic = (send: SendFrame) => () => void;

/** How to open a topic; undefined for one that the venue does not know. */
export function topicOf(desk: VenueDesk, topic: string): OpenTopic | undefined {
  const parts = topic.split('.');
  const symbol = parts.at(-1);
  if (!isSymbolName(symbol) || !desk.symbols.includes(symbol)) return undefined;
  const market = desk.market(symbol);
  const [kind = '', detail = ''] = parts;
  const plain = parts.length === 2 ? ownEntry(PLAIN, kind) : undefined;
  if (plain !== undefined) return (send) => plain(desk, market, symbol, topic, send);
  if (parts.length !== 3) return undefined;
  const everyMs = DEPTHS.get(Number(detail));
  if (kind === 'orderbook' && everyMs !== undefined)
    return (send) => book(desk, market, symbol, { topic, depth: Number(detail), everyMs }, send);
  const lengthMs = klineInterval(detail);
  if (kind === 'kline' && lengthMs !== undefined)
    return (send) => klineTopic(desk, market, symbol, { topic, name: detail, lengthMs }, send);
  return undefined;
}

type PlainTopic = (
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  topic: string,
  send: SendFrame,
) => () => void;

/** Topics of a symbol alone. */
const PLAIN: Readonly<Record<string, PlainTopic>> = {
  publicTrade: trades,
  tickers,
  allLiquidation: liquidations,
};

interface BookTopic {
  readonly topic: string;
  readonly depth: number;
  readonly everyMs: number;
}

/** A snapshot at once, then what changed within the depth, `u` counting up by one. Depth 1 sends snapshots alone. */
function book(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  asked: BookTopic,
  send: SendFrame,
): () => void {
  const { topic, depth, everyMs } = asked;
  let window = new DepthWindow(depth, market.book);
  let update = 2 + market.updateId;
  let changedAt = desk.now();
  let isLaidOutAnew = false;
  const tell = (type: 'snapshot' | 'delta', change: DepthWindow['levels']): void => {
    const frame = orderbook(topic, type, market, change, { update: update++, ts: desk.now(), cts: changedAt });
    send(frame, { channel: 'book', symbol, isSnapshot: type === 'snapshot' && depth > 1 });
  };
  tell('snapshot', window.levels);
  const deafen = market.listen((news) => {
    if (news.kind !== 'book') return;
    changedAt = desk.stamp(news.time);
    isLaidOutAnew ||= news.isRelisted;
  });
  const stop = desk.every(everyMs, () => {
    if (isLaidOutAnew) {
      window = new DepthWindow(depth, market.book);
      isLaidOutAnew = false;
      tell('snapshot', window.levels);
      return;
    }
    const change = window.update(market.book);
    if (change.bids.length + change.asks.length === 0) return;
    if (depth === 1) tell('snapshot', window.levels);
    else tell('delta', change);
  });
  return () => {
    stop();
    deafen();
  };
}

function trades(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  topic: string,
  send: SendFrame,
): () => void {
  return market.listen((news) => {
    if (news.kind !== 'trades') return;
    const frame = publicTrade(topic, market, news.trades, desk.now(), (time) => desk.stamp(time));
    send(frame, { channel: 'trades', symbol });
  });
}

/** One snapshot, then only the fields that changed. */
function tickers(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  topic: string,
  send: SendFrame,
): () => void {
  let sent = tickerFields(market);
  let reckonedAt = desk.now();
  const tell = (type: 'snapshot' | 'delta', data: Record<string, string>): void => {
    send({ topic, type, data, cs: sequenceOf(market.updateId), ts: desk.now() }, { channel: 'ticker', symbol });
  };
  tell('snapshot', sent);
  return desk.every(TICKER_MS, () => {
    const isDue = desk.now() - reckonedAt >= DAY_FIELDS_MS;
    if (isDue) reckonedAt = desk.now();
    const fields = isDue ? tickerFields(market) : { ...sent, ...movingFields(market) };
    const changed = Object.fromEntries(Object.entries(fields).filter(([name, value]) => sent[name] !== value));
    sent = fields;
    if (Object.keys(changed).length > 0) tell('delta', { symbol: market.listing.ownSymbol, ...changed });
  });
}

function liquidations(
  desk: VenueDesk,
  market: InstrumentMarket,
  symbol: SymbolName,
  topic: string,
  send: SendFrame,
): () => void {
  let batch: object[] = [];
  const deafen = market.listen((news) => {
    if (news.kind !== 'liquidation') return;
    batch.push(liquidationEntry(market.listing, news.liquidation, desk.stamp(news.liquidation.time)));
  });
  const stop = desk.every(LIQUIDATION_BATCH_MS, () => {
    if (batch.length === 0) return;
    send({ topic, type: 'snapshot', ts: desk.now(), data: batch }, { channel: 'liquidations', symbol });
    batch = [];
  });
  return () => {
    stop();
    deafen();
  };
}
