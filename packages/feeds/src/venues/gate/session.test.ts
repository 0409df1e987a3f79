import { describe, expect, test } from 'vitest';
import type { Channel, Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { INSTRUMENTS_URL, SOCKET_URL, orderBookUrl } from './endpoints.js';
import { gate } from './index.js';
import { ownSymbolOf, tabledInstrument } from './instruments.js';
import { gateWire } from './subscribe.js';

const START = 1_790_000_000_000;
const ID = 'gate:BTC_USDT';

const frame = (channel: string, ms: number, result: unknown, event = 'update'): string =>
  JSON.stringify({
    time: Math.floor(START / 1_000),
    time_ms: START + ms,
    channel: `futures.${channel}`,
    event,
    result,
  });
const trade = (ms: number, id: unknown, more: object = {}) => ({
  ...{ contract: 'BTC_USDT', create_time: 1_790_000_000, create_time_ms: START + ms, id, price: '60000.1', size: 20 },
  ...more,
});
const trades = (ms: number, ...list: readonly unknown[]): string => frame('trades', ms, list);
const ticker = (ms: number, more: object = {}, event?: string): string =>
  frame(
    'tickers',
    ms,
    [
      {
        ...{
          contract: 'BTC_USDT',
          last: '60000',
          mark_price: '60000.12',
          index_price: '60010.5',
          total_size: '651185722',
        },
        ...{ funding_rate: '-0.000033', funding_rate_indicative: '0', funding_next_apply: 1_790_006_400, ...more },
      },
    ],
    event,
  );
const print = (ms: number, more: object = {}) => ({
  ...{ contract: 'BTC_USDT', price: '59000.1', size: -23, time: START + ms, ...more },
});
const update = (ms: number, first: number, last: number, more: object = {}): string =>
  frame('order_book_update', ms, {
    ...{ t: START + ms, s: 'BTC_USDT', U: first, u: last, b: [{ p: '60000', s: 15 }], a: [{ p: '60000.1', s: '7.5' }] },
    ...more,
  });
const book = (id: number, more: object = {}): string =>
  JSON.stringify({
    ...{ current: (START + 5) / 1_000, update: START / 1_000, id },
    ...{ bids: [{ p: '59999.9', s: 30 }], asks: [{ p: '60000.2', s: 4 }], ...more },
  });

function opened(instruments: readonly Instrument[] = []) {
  const session = gate.createSession({ symbols: ['BTCUSDT'], instruments });
  session.onOpen(SOCKET_URL, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  const fetched = (body: string, ms: number, generation?: number): readonly MarketEvent[] =>
    session.onRest(orderBookUrl('BTC_USDT'), body, (START + ms) as UnixMs, generation);
  return { session, read, fetched };
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);
const channels = (events: readonly MarketEvent[]) =>
  events.map((event) => ('channel' in event ? `${event.kind} ${event.channel}` : event.kind));

describe('a session', () => {
  test('sizes are contracts with a sign: above 0 the taker bought; they are told in coin, whether number or text', () => {
    const { read } = opened();
    const told = read(trades(9, trade(7, 11), trade(8, 12, { size: '-5116.8' })), 9);
    expect(told.slice(1)).toMatchObject([
      { kind: 'trade', id: '11', priceTicks: 600_001, size: 0.002, takerSide: 'buy', eventTime: START + 7 },
      { kind: 'trade', id: '12', size: 0.51168, takerSide: 'sell' },
    ]);
  });

  test('trades are told once, and a position that was taken over is no trade of the book', () => {
    const { session, read } = opened();
    read(trades(9, trade(7, 11)), 9);
    expect(read(trades(9, trade(7, 11), trade(8, 12, { is_internal: true })), 10)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'duplicate-trade': 1, 'off-book': 1 });
  });

  test('a ticker tells mark, index, open interest in coin, and funding with its time where it is sent', () => {
    const { read } = opened();
    expect(read(ticker(5), 5).slice(1)).toMatchObject([
      { kind: 'mark', price: 60_000.12, eventTime: START + 5 },
      { kind: 'index', price: 60_010.5 },
      { kind: 'open-interest', size: 65_118.5722 },
      { kind: 'funding', rate: -0.000033, nextTime: 1_790_006_400_000 },
    ]);
    const older = read(ticker(6, { funding_next_apply: undefined, total_size: 10 }, 'all'), 6);
    expect(older.slice(2)).toMatchObject([{ size: 0.001 }, { kind: 'funding', nextTime: undefined }]);
  });

  test('a liquidation has the sign of its order, so a sale closed a long; one comes alone or several as a list, once each', () => {
    const { session, read } = opened();
    expect(read(frame('public_liquidates', 9, print(8)), 9).slice(1)).toMatchObject([
      {
        ...{ kind: 'liquidation', positionSide: 'long', price: 59_000.1, priceKind: 'order', size: 0.0023 },
        ...{ completeness: 'partial', eventTime: START + 8 },
      },
    ]);
    expect(
      read(frame('public_liquidates', 9, [print(8), print(9, { size: '10.5', contract: 'BTC_USDT' })]), 9),
    ).toMatchObject([{ positionSide: 'short', size: 0.00105 }]);
    expect(session.counters.drops).toEqual({ 'duplicate-liquidation': 1 });
  });

  test('a frame may hold several contracts: each is read alone, and only what is wanted', () => {
    const { session, read } = opened();
    const events = read(
      trades(9, trade(7, 11), trade(8, 5, { contract: 'ETH_USDT' }), trade(8, 6, { contract: 'X_USDT' })),
      9,
    );
    expect(events.slice(1)).toMatchObject([{ kind: 'trade', instrument: ID }]);
    expect(session.counters.drops).toEqual({ 'other-symbol': 1, 'unknown-instrument': 1 });
  });

  test('the first update asks for a snapshot; what it holds is left out, and the update that holds the next id joins', () => {
    const { session, read, fetched } = opened();
    expect(kinds(read(update(1, 100, 102), 1))).toEqual(['instrument']);
    expect(session.takeRequests()).toEqual([
      { purpose: 'book-snapshot', instrument: ID, url: orderBookUrl('BTC_USDT'), generation: 1, attempt: 0 },
    ]);
    expect(session.takeRequests()).toEqual([]);
    read(update(2, 103, 105), 2);
    expect(kinds(fetched(book(103), 3, 1))).toEqual(['book-snapshot', 'book-delta']);
    const view = session.book(ID)!;
    expect([...view.bids.ticks, ...view.bids.sizes]).toEqual([600_000, 599_999, 0.0015, 0.003]);
    expect([...view.asks.ticks, ...view.asks.sizes]).toEqual([600_001, 600_002, 0.00075, 0.0004]);
    expect(kinds(read(update(4, 106, 106, { b: [{ p: '60000', s: 0 }], a: [] }), 4))).toEqual(['book-delta']);
    expect([...session.book(ID)!.bids.ticks]).toEqual([599_999]);
    expect(session.bookState(ID)).toMatchObject({ applied: 2, droppedStale: 1, lastSequence: 106 });
  });

  test('a snapshot older than the stream is asked for again, and one that cannot be read too', () => {
    const { session, read, fetched } = opened();
    read(update(1, 100, 102), 1);
    session.takeRequests();
    expect(fetched(book(50), 2)).toEqual([]);
    expect(session.takeRequests()).toMatchObject([{ attempt: 1 }]);
    fetched('{"label":"TOO_MANY_REQUESTS","message":"Request Rate Limit Exceeded"}', 3);
    expect(session.takeRequests()).toMatchObject([{ attempt: 2 }]);
    fetched(book(101, { asks: [{ p: '60000.2', s: -1 }] }), 4);
    expect(session.takeRequests()).toMatchObject([{ attempt: 3 }]);
    expect(session.takeFaults()).toMatchObject([
      { code: 'venue-error', message: 'The venue refused: "Request Rate Limit Exceeded"' },
      { field: 'order_book.asks[0].s' },
    ]);
    fetched(book(101), 5);
    expect(session.book(ID)).toBeDefined();
  });

  test('a missing update is a gap, and an answer to a question from before it changes nothing', () => {
    const { session, read, fetched } = opened();
    read(update(1, 100, 102), 1);
    fetched(book(101), 2, 1);
    expect(channels(read(update(3, 104, 105), 3))).toEqual(['gap book']);
    expect(session.book(ID)).toBeUndefined();
    expect(session.takeRequests()).toMatchObject([{ generation: 2 }]);
    expect(fetched(book(104), 4, 1)).toEqual([]);
    expect(channels(fetched(book(104), 5, 2))).toEqual(['book-snapshot', 'book-delta', 'resumed book']);
  });

  test('a whole book in the stream itself needs no snapshot: it is served once the next update meets it', () => {
    const { session, read } = opened();
    expect(kinds(read(update(1, 100, 102, { full: true, l: '100' }), 1))).toEqual(['instrument']);
    expect(kinds(read(update(2, 103, 103), 2))).toEqual(['book-snapshot', 'book-delta']);
    expect(session.takeRequests()).toEqual([]);
  });

  test('(d) a lost socket cuts what it delivered, the next frame brings it back, and no trade is told twice', () => {
    const { session, read, fetched } = opened();
    read(trades(1, trade(1, 11)), 1);
    read(ticker(2), 2);
    read(update(3, 100, 102), 3);
    fetched(book(101), 4);
    const cut = channels(session.onClose((START + 10) as UnixMs, 'lost', SOCKET_URL));
    expect(cut).toEqual(['gap book', 'gap trades', 'gap mark', 'gap index', 'gap open-interest', 'gap funding']);
    session.onOpen(SOCKET_URL, (START + 20) as UnixMs);
    expect(channels(read(trades(21, trade(1, 11), trade(15, 12)), 21))).toEqual([
      ...['resumed trades', 'resumed mark', 'resumed index', 'resumed open-interest', 'resumed funding', 'trade'],
    ]);
    expect(channels(read(update(22, 103, 103), 22)), 'nothing was missed').toEqual(['book-delta', 'resumed book']);
    session.onClose((START + 30) as UnixMs, 'lost', SOCKET_URL);
    expect(channels(read(update(32, 104, 104), 32)).slice(-3), 'a book frame proves it too').toEqual([
      ...['resumed funding', 'book-delta', 'resumed book'],
    ]);
  });

  test('a contract of unknown size has prices and funding, but no book, trades, liquidations or open interest', () => {
    const { session, read } = opened([{ ...tabledInstrument('BTC_USDT')!, contractMultiplier: undefined }]);
    read(update(1, 100, 102), 1);
    read(trades(2, trade(2, 11)), 2);
    read(frame('public_liquidates', 3, print(3)), 3);
    expect(kinds(read(ticker(4), 4))).toEqual(['mark', 'index', 'funding']);
    expect(session.takeRequests()).toEqual([]);
    expect(session.counters.drops).toEqual({ 'unknown-multiplier': 4 });
  });

  test('the venue’s own list corrects a tick size in use: everything is cut and the book begins anew', () => {
    const { session, read, fetched } = opened();
    read(update(1, 100, 102), 1);
    fetched(book(101), 2);
    const row = { name: 'BTC_USDT', type: 'direct', quanto_multiplier: '0.0001', in_delisting: false };
    const list = JSON.stringify([{ ...row, order_price_round: '0.5' }]);
    expect(channels(session.onRest(INSTRUMENTS_URL, list, (START + 3) as UnixMs))).toEqual(['gap book', 'instrument']);
    read(update(4, 103, 103), 4);
    expect(channels(fetched(book(102), 5))).toEqual(['book-snapshot', 'book-delta', 'resumed book']);
    session.onRest(INSTRUMENTS_URL, '[{"name":7}]', (START + 6) as UnixMs);
    expect(session.takeFaults()).toMatchObject([{ field: 'contracts.name' }]);
  });

  test('of a frame with one bad item nothing is told and nothing remembered: sound, it counts', () => {
    const { session, read } = opened();
    expect(kinds(read(trades(1, trade(1, 5), trade(1, 6, { size: 0 })), 1))).toEqual(['status']);
    read(frame('public_liquidates', 2, [print(1), print(2, { price: '' })]), 2);
    expect(session.takeFaults()).toMatchObject([{ field: 'trades.size' }, { field: 'public_liquidates.price' }]);
    expect(kinds(read(trades(3, trade(1, 5), trade(1, 6)), 3))).toEqual(['instrument', 'trade', 'trade']);
    expect(kinds(read(frame('public_liquidates', 4, print(1)), 4))).toEqual(['liquidation']);
  });

  test('acknowledgements and pongs say nothing, a refusal is told, candles are counted', () => {
    const { session, read } = opened();
    read(frame('trades', 0, { status: 'success' }, 'subscribe'));
    read(frame('pong', 0, null, ''));
    read(frame('candlesticks', 1, [{ t: 1_790_000_000, n: '1m_BTC_USDT' }]));
    const refusal = { error: { code: 2, message: 'unknown currency pair X_USDT' }, result: { status: 'fail' } };
    const text = JSON.stringify({ time: 1, time_ms: 0, channel: 'futures.trades', event: 'subscribe', ...refusal });
    expect(read(text)).toMatchObject([{ kind: 'status', state: 'amber' }]);
    expect(session.takeFaults()).toMatchObject([{ code: 'venue-error' }]);
    expect(session.counters.records).toEqual({
      'futures.trades:subscribe': 2,
      'futures.pong': 1,
      'futures.candlesticks:update': 1,
    });
    expect(session.counters.drops).toMatchObject({ 'unused-stream': 1 });
  });
});

test.each([
  ['text that is no JSON', 'nope', 'frame'],
  ['no channel', '{"event":"update"}', 'channel'],
  ['trades that are no list', frame('trades', 0, {}), 'trades'],
  ['a trade of no contract', trades(0, trade(0, 1, { contract: 7 })), 'trades.contract'],
  ['a trade without id', trades(0, trade(0, '1')), 'trades.id'],
  ['a price between ticks', trades(0, trade(0, 1, { price: '60000.15' })), 'trades.price'],
  ['a price that is a number', trades(0, trade(0, 1, { price: 60_000.1 })), 'trades.price'],
  ['a size that is a word', trades(0, trade(0, 1, { size: 'many' })), 'trades.size'],
  ['a trade in seconds', trades(0, trade(0, 1, { create_time_ms: 1_790_000_000 })), 'trades.create_time_ms'],
  ['a ticker without mark', ticker(0, { mark_price: '' }), 'tickers.mark_price'],
  ['a ticker without index', ticker(0, { index_price: '0' }), 'tickers.index_price'],
  ['negative open interest', ticker(0, { total_size: '-1' }), 'tickers.total_size'],
  ['funding that is a number', ticker(0, { funding_rate: 0.1 }), 'tickers.funding_rate'],
  ['funding in milliseconds', ticker(0, { funding_next_apply: START }), 'tickers.funding_next_apply'],
  ['a ticker sent never', ticker(0).replace(/"time_ms":\d+/, '"time_ms":0'), 'tickers.time_ms'],
  ['a book that is a list', frame('order_book_update', 0, []), 'order_book_update'],
  ['a book of no contract', update(0, 1, 2, { s: null }), 'order_book_update.s'],
  ['ids that fall', update(0, 3, 2), 'order_book_update.u'],
  ['an id that is a text', update(0, 1, 2, { U: '1' }), 'order_book_update.U'],
  ['a book without time', update(0, 1, 2, { t: 0 }), 'order_book_update.t'],
  ['levels that are pairs', update(0, 1, 2, { b: [['60000', '1']] }), 'order_book_update.b[0]'],
  ['a level without price', update(0, 1, 2, { a: [{ p: '0', s: 1 }] }), 'order_book_update.a[0].p'],
  ['a level of negative size', update(0, 1, 2, { a: [{ p: '1', s: '-1' }] }), 'order_book_update.a[0].s'],
  ['a liquidation of nothing', frame('public_liquidates', 0, print(0, { size: 0 })), 'public_liquidates.size'],
  [
    'a liquidation in seconds',
    frame('public_liquidates', 0, print(0, { time: 1_790_000_000 })),
    'public_liquidates.time',
  ],
])('%s is a fault by field', (_, text, field) => {
  const { session, read } = opened();
  expect(read(text)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'gate' }]);
  expect(session.takeFaults()).toMatchObject([{ field }]);
});

describe('the wire', () => {
  const spec = tabledInstrument(ownSymbolOf('BTCUSDT')!)!;
  const planned = (...on: readonly Channel[]) => {
    const plans = gateWire.plans(spec, (channel) => on.includes(channel));
    return plans.ok ? plans.value : [];
  };

  test('what is on is subscribed on one socket, the book for as many levels as its snapshot has', () => {
    const [plan] = planned('book', 'funding', 'liquidations');
    expect(plan).toMatchObject({
      url: SOCKET_URL,
      streams: [
        { name: 'futures.order_book_update', channel: 'book', mustSpeak: true },
        { name: 'futures.tickers', channel: 'mark', mustSpeak: true },
        { name: 'futures.public_liquidates', channel: 'liquidations', mustSpeak: false },
      ],
    });
    expect(plan!.hello.map((text) => JSON.parse(text) as unknown)).toMatchObject([
      { channel: 'futures.order_book_update', event: 'subscribe', payload: ['BTC_USDT', '100ms', '100'] },
      { channel: 'futures.tickers', event: 'subscribe', payload: ['BTC_USDT'] },
      { channel: 'futures.public_liquidates', event: 'subscribe', payload: ['BTC_USDT'] },
    ]);
    expect(orderBookUrl('BTC_USDT')).toContain('limit=100');
    expect(planned('bars')).toEqual([]);
  });

  test('a frame of data belongs to its channel; answers belong to none', () => {
    expect(gateWire.streamOf(update(0, 1, 1))).toBe('futures.order_book_update');
    expect(gateWire.streamOf(ticker(0, {}, 'all'))).toBe('futures.tickers');
    expect(gateWire.streamOf(frame('trades', 0, {}, 'subscribe'))).toBeUndefined();
    expect(gateWire.streamOf(frame('pong', 0, null, ''))).toBeUndefined();
  });
});

test('addresses of contracts in USDT are known, others are not; an unknown contract has no table row', () => {
  for (const url of [SOCKET_URL, INSTRUMENTS_URL, orderBookUrl('BTC_USDT')]) expect(gate.ownsUrl(url)).toBe(true);
  for (const url of ['wss://fx-ws.gateio.ws/v4/ws/btc', 'https://api.gateio.ws/api/v4/futures/btc/contracts'])
    expect(gate.ownsUrl(url)).toBe(false);
  expect(ownSymbolOf('toString')).toBeUndefined();
  expect(tabledInstrument('BTC_USD')).toBeUndefined();
});
