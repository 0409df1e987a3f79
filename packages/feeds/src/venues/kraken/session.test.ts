import { describe, expect, test } from 'vitest';
import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { kraken } from './index.js';
import { instrumentOf, ownSymbolOf, tabledInstrument } from './instruments.js';
import { krakenWire } from './subscribe.js';

const START = 1_790_000_000_000;
const URL = 'wss://futures.kraken.com/ws/v1';
const PRODUCT = 'PF_XBTUSD';
const INVERSE = instrumentOf('PI_XBTUSD', 'BTCUSDT', 'inverse', {
  tickSize: '0.5',
  sizeStep: '1',
  contractMultiplier: 1,
});

const frame = (feed: string, more: object, product: unknown = PRODUCT): string =>
  JSON.stringify({ feed, product_id: product, ...more });
const trade = (ms: number, uid: string, more: object = {}, product?: string): string =>
  frame('trade', { uid, side: 'buy', type: 'fill', time: START + ms, qty: 0.25, price: 60_000.5, ...more }, product);
const snapshot = (ms: number, seq: number): string =>
  frame('book_snapshot', {
    ...{ timestamp: START + ms, seq, tickSize: null },
    bids: [
      { price: 60_000, qty: 1.5 },
      { price: 59_990.5, qty: 0.0001 },
    ],
    asks: [{ price: 60_000.5, qty: 2 }],
  });
const change = (ms: number, seq: number, more: object = {}): string =>
  frame('book', { side: 'buy', seq, price: 59_999, qty: 0.3, timestamp: START + ms, ...more });
const ticker = (ms: number, more: object = {}): string =>
  frame('ticker', {
    time: START + ms,
    markPrice: 60_000.11362574516,
    index: 59_999.76,
    openInterest: 2_189.7813,
    relative_funding_rate: 0.00001089345,
    next_funding_rate_time: START + 3_600_000,
    funding_rate: 0.91,
    tag: 'perpetual',
    ...more,
  });

function opened(instruments: readonly Instrument[] = []) {
  const session = kraken.createSession({ symbols: ['BTCUSDT'], instruments });
  session.onOpen(URL, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);

describe('a session', () => {
  test('a trade of a linear contract is in coin, with the taker’s side; the instrument is told first', () => {
    const { read } = opened();
    const events = read(trade(1, 'a'), 5);
    expect(kinds(events)).toEqual(['instrument', 'trade']);
    expect(events[0]).toMatchObject({ spec: { symbol: 'BTCUSDT', kind: 'linear', contractMultiplier: 1 } });
    expect(events[1]).toMatchObject({
      id: 'a',
      priceTicks: 120_001,
      size: 0.25,
      takerSide: 'buy',
      eventTime: START + 1,
    });
  });

  test('a trade of an inverse contract is in USD, and what a contract is was told, not guessed from its name', () => {
    const { session, read } = opened([INVERSE]);
    const events = read(trade(1, 'a', { qty: 320 }, 'PI_XBTUSD'));
    expect(events).toMatchObject([{ spec: { kind: 'inverse', symbol: 'BTCUSDT' } }, { size: 320 }]);
    expect(read(trade(2, 'b', {}, 'PI_ETHUSD'))).toEqual([]);
    expect(session.counters.drops).toEqual({ 'unknown-instrument': 1 });
  });

  test('a liquidation is told beside its trade, as a fill of the position that was closed, and all of them are told', () => {
    const { read } = opened();
    const sold = read(trade(1, 'a', { type: 'liquidation', side: 'sell' }));
    expect(kinds(sold)).toEqual(['instrument', 'trade', 'liquidation']);
    expect(sold[2]).toMatchObject({
      positionSide: 'long',
      price: 60_000.5,
      priceKind: 'fill',
      size: 0.25,
      completeness: 'complete',
    });
    expect(read(trade(1, 'b', { type: 'liquidation', side: 'buy' }))[1]).toMatchObject({ positionSide: 'short' });
    expect(kinds(read(trade(1, 'c', { type: 'liquidation', side: 'buy' })))).toEqual(['trade', 'liquidation']);
    expect(read(trade(1, 'c', { type: 'liquidation', side: 'buy' }))).toEqual([]);
  });

  test.each(['block', 'termination', 'assignment'])(
    'a trade of type %s did not meet in the book and is left out',
    (type) => {
      const { session, read } = opened();
      expect(kinds(read(trade(1, 'a', { type })))).toEqual(['instrument']);
      expect(session.counters.drops).toEqual({ 'off-book': 1 });
    },
  );

  test('a ticker tells mark, index, open interest and the relative rate of funding', () => {
    const { read } = opened();
    const at = { eventTime: START + 1 };
    expect(read(ticker(1), 1).slice(1)).toMatchObject([
      { kind: 'mark', price: 60_000.11362574516, ...at },
      { kind: 'index', price: 59_999.76 },
      { kind: 'open-interest', size: 2_189.7813 },
      { kind: 'funding', rate: 0.00001089345, nextTime: START + 3_600_000 },
    ]);
  });

  test('a rate that is absent is zero where a next time is named, and nothing is funded where none is', () => {
    const { read } = opened();
    read(ticker(1), 1);
    expect(read(ticker(2, { relative_funding_rate: undefined }), 2)[3]).toMatchObject({ kind: 'funding', rate: 0 });
    const dated = { relative_funding_rate: undefined, next_funding_rate_time: undefined };
    expect(kinds(read(ticker(3, dated), 3))).toEqual(['mark', 'index', 'open-interest']);
  });

  test('the newest trades after subscribing are history, at first and after every reconnection', () => {
    const { session, read } = opened();
    const past = [{ type: 'fill' }, { type: 'liquidation' }];
    expect(kinds(read(frame('trade_snapshot', { trades: past })))).toEqual(['instrument']);
    read(trade(1, 'a'), 1);
    session.onClose((START + 10) as UnixMs, 'lost', URL);
    session.onOpen(URL, (START + 20) as UnixMs);
    expect(read(frame('trade_snapshot', { trades: past }), 30)).toMatchObject([{ kind: 'resumed', channel: 'trades' }]);
    expect(session.counters.drops).toEqual({ 'history-trade': 4, 'history-liquidation': 2 });
    expect(read(trade(1, 'a'), 31)).toEqual([]);
  });

  test('(d) after a lost socket every channel that delivered is a gap and comes back with the next frame', () => {
    const { session, read } = opened();
    read(snapshot(1, 5), 1);
    read(trade(2, 'a'), 2);
    read(ticker(3), 3);
    const cut = session.onClose((START + 10) as UnixMs, 'lost', URL);
    expect(cut.map((event) => event.kind === 'gap' && event.channel)).toEqual([
      'book',
      'trades',
      'mark',
      'index',
      'open-interest',
      'funding',
    ]);
    expect(session.book('kraken:PF_XBTUSD')).toBeUndefined();
    session.onOpen(URL, (START + 20) as UnixMs);
    expect(kinds(read(snapshot(30, 90), 30))).toEqual([
      ...Array<string>(5).fill('resumed'),
      'book-snapshot',
      'resumed',
    ]);
  });

  test('levels change one by one, 0 deletes, and a sequence that skips leaves the book unserved', () => {
    const { session, read } = opened();
    read(snapshot(1, 5), 1);
    read(change(2, 6), 2);
    read(change(3, 7, { side: 'sell', price: 60_000.5, qty: 0 }), 3);
    const view = session.book('kraken:PF_XBTUSD')!;
    expect([...view.bids.ticks]).toEqual([120_000, 119_998, 119_981]);
    expect([...view.asks.ticks]).toEqual([]);
    expect(read(change(4, 9), 4)).toMatchObject([{ kind: 'gap', channel: 'book' }]);
    expect(session.book('kraken:PF_XBTUSD')).toBeUndefined();
    expect(session.takeResubscriptions()).toEqual(['kraken:PF_XBTUSD']);
  });

  test('a contract of unknown size has prices, and no trade, book or open interest is made up for it', () => {
    const { session, read } = opened([{ ...tabledInstrument(PRODUCT)!, contractMultiplier: undefined }]);
    expect(kinds(read(ticker(1), 1))).toEqual(['instrument', 'mark', 'index', 'funding']);
    for (const text of [snapshot(2, 5), change(3, 6), trade(4, 'a')]) expect(read(text, 4)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'unknown-multiplier': 4 });
  });

  test('acknowledgements, heartbeats and tickers without a mark say nothing; refusals are told', () => {
    const { session, read } = opened();
    for (const text of [
      '{"event":"info","version":1}',
      '{"event":"subscribed","feed":"book","product_ids":["PF_XBTUSD"]}',
      '{"feed":"heartbeat","time":1790000000000}',
      frame('ticker_lite', { bid: 1, ask: 2 }),
    ])
      expect(read(text)).toEqual([]);
    expect(session.takeFaults()).toEqual([]);
    read('{"event":"alert","message":"Couldn\'t subscribe to invalid product"}');
    read('{"event":"error","message":"Json Error"}');
    expect(session.takeFaults()).toMatchObject([{ code: 'venue-error' }, { code: 'venue-error' }]);
  });

  test('the venue’s own list says what contracts are and corrects a tick size in use', () => {
    const { session, read } = opened();
    read(trade(1, 'a'), 1);
    const row = { symbol: PRODUCT, type: 'flexible_futures', base: 'BTC', quote: 'USD', tickSize: 1, contractSize: 1 };
    const body = (rows: readonly object[]) => JSON.stringify({ result: 'success', instruments: rows });
    const url = 'https://futures.kraken.com/derivatives/api/v3/instruments';
    const list = body([{ ...row, contractValueTradePrecision: 4, tradeable: true }]);
    const events = session.onRest(url, list, (START + 2) as UnixMs);
    expect(events.map(({ kind }) => kind)).toEqual(['gap', 'instrument']);
    expect(read(trade(3, 'b', { price: 60_001 }), 3).at(-1)).toMatchObject({ kind: 'trade', priceTicks: 60_001 });
    expect(kinds(session.onRest(url, '{"result":"error","error":"Unavailable"}', (START + 4) as UnixMs))).toEqual([
      'status',
    ]);
    expect(session.takeFaults()).toMatchObject([{ code: 'rejected', field: 'instruments.result' }]);
  });

  test.each([
    ['not JSON', '{"feed":', 'frame'],
    ['no feed', '{"product_id":"PF_XBTUSD"}', 'feed'],
    ['no product', frame('trade', {}, 7), 'trade.product_id'],
    ['a trade without an id', trade(1, ''), 'trade.uid'],
    ['a price as text', trade(1, 'a', { price: '60000.5' }), 'trade.price'],
    ['a price of zero', trade(1, 'a', { price: 0 }), 'trade.price'],
    ['a price between ticks', trade(1, 'a', { price: 60_000.25 }), 'trade.price'],
    ['a size of zero', trade(1, 'a', { qty: 0 }), 'trade.qty'],
    ['a side that is none', trade(1, 'a', { side: 'Buy' }), 'trade.side'],
    ['a type nobody has named', trade(1, 'a', { type: 'gift' }), 'trade.type'],
    ['a trade without time', trade(1, 'a', { time: '2026' }), 'trade.time'],
    ['past trades that are no list', frame('trade_snapshot', { trades: {} }), 'trade_snapshot.trades'],
    ['a snapshot without sequence', snapshot(1, -1), 'book_snapshot.seq'],
    [
      'a bad level',
      frame('book_snapshot', { timestamp: START, seq: 4, bids: [{ price: 1, qty: -1 }], asks: [] }),
      'book_snapshot.bids[0].qty',
    ],
    [
      'a level that is a pair',
      frame('book_snapshot', { timestamp: START, seq: 4, bids: [[1, 1]] }),
      'book_snapshot.bids[0]',
    ],
    ['levels that are no list', frame('book_snapshot', { timestamp: START, seq: 4 }), 'book_snapshot.bids'],
    ['a snapshot without time', frame('book_snapshot', { seq: 4 }), 'book_snapshot.timestamp'],
    ['a change of no side', change(1, 6, { side: 'bid' }), 'book.side'],
    ['a change without price', change(1, 6, { price: 0 }), 'book.price'],
    ['a change without size', change(1, 6, { qty: null }), 'book.qty'],
    ['a change without sequence', change(1, 0.5), 'book.seq'],
    ['a change without time', change(1, 6, { timestamp: 0 }), 'book.timestamp'],
    ['a mark of zero', ticker(1, { markPrice: 0 }), 'ticker.markPrice'],
    ['no index', ticker(1, { index: null }), 'ticker.index'],
    ['no open interest', ticker(1, { openInterest: '1' }), 'ticker.openInterest'],
    ['a rate as text', ticker(1, { relative_funding_rate: '0.1' }), 'ticker.relative_funding_rate'],
    ['a duration to the next funding', ticker(1, { next_funding_rate_time: 60_000 }), 'ticker.next_funding_rate_time'],
    ['a ticker without time', ticker(1, { time: undefined }), 'ticker.time'],
  ])('%s is a fault by field, told as trouble once, and the session lives', (_, text, field) => {
    const { session, read } = opened();
    expect(read(text, 1)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'kraken', channel: 'connection' }]);
    expect(session.takeFaults()).toMatchObject([{ field }]);
    expect(read(text, 2), 'trouble is told once').toEqual([]);
    expect(kinds(read(trade(20_000, 'z'), 20_000))).toEqual(['instrument', 'status', 'trade']);
  });
});

describe('the socket', () => {
  const all = () => true;

  test('one socket carries every feed; without a channel nothing is opened', () => {
    const spec = tabledInstrument(ownSymbolOf('BTCUSDT')!)!;
    const plans = krakenWire.plans(spec, all);
    expect(plans).toMatchObject({ ok: true, value: [{ url: URL }] });
    const [plan] = plans.ok ? plans.value : [];
    expect(plan!.hello).toContain('{"event":"subscribe","feed":"book","product_ids":["PF_XBTUSD"]}');
    expect(plan!.streams.map(({ name, channel }) => [name, channel])).toEqual([
      ['book PF_XBTUSD', 'book'],
      ['ticker PF_XBTUSD', 'mark'],
      ['trade PF_XBTUSD', 'trades'],
    ]);
    expect(krakenWire.plans(spec, () => false)).toEqual({ ok: true, value: [] });
    const some = krakenWire.plans(spec, (channel) => channel === 'liquidations');
    expect(some.ok && some.value[0]!.streams).toMatchObject([{ name: 'trade PF_XBTUSD' }]);
    expect(krakenWire.bookAgain?.(spec)).toHaveLength(2);
  });

  test('frames name their stream wherever the field stands; answers name none', () => {
    expect(krakenWire.streamOf(trade(1, 'a'))).toBe('trade PF_XBTUSD');
    expect(krakenWire.streamOf(snapshot(1, 1))).toBe('book PF_XBTUSD');
    expect(krakenWire.streamOf(frame('trade_snapshot', { trades: [] }))).toBe('trade PF_XBTUSD');
    expect(krakenWire.streamOf('{"time":1,"product_id":"PF_XBTUSD","feed":"ticker","bid":1}')).toBe('ticker PF_XBTUSD');
    expect(krakenWire.streamOf('{"event":"subscribed","feed":"book","product_ids":["PF_XBTUSD"]}')).toBeUndefined();
    expect(krakenWire.streamOf(frame('ticker_lite', {}))).toBeUndefined();
  });
});

test('addresses of the venue are known, and its contracts in the table are linear', () => {
  expect(kraken.ownsUrl(URL)).toBe(true);
  expect(kraken.ownsUrl('https://futures.kraken.com/derivatives/api/v3/instruments')).toBe(true);
  expect(kraken.ownsUrl('wss://ws.kraken.com/v2')).toBe(false);
  for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'])
    expect(tabledInstrument(ownSymbolOf(symbol)!)).toMatchObject({ symbol, kind: 'linear' });
  expect(tabledInstrument('PI_XBTUSD')).toBeUndefined();
  expect(ownSymbolOf('toString')).toBeUndefined();
});
