import { describe, expect, test } from 'vitest';
import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { SOCKET_URLS, openInterestUrl } from './endpoints.js';
import { htx } from './index.js';
import { instrumentOf, ownSymbolOf, tabledInstrument } from './instruments.js';
import { jsonWithLongIds } from './long-numbers.js';
import { channelOf, topicOf } from './streams.js';
import { htxWire } from './subscribe.js';

const START = 1_790_000_000_000;
const ID = 'htx:BTC-USDT';
/** Longer than a number holds: 2^53 is 9007199254740992. */
const LONG_ID = '12345678901234567890001';

const push = (kind: string, ms: number, tick: unknown, ownSymbol = 'BTC-USDT'): string =>
  JSON.stringify({ ch: `market.${ownSymbol}.${kind}`, ts: START + ms, tick });
const trade = (ms: number, id: unknown, more: object = {}) => ({
  ...{ amount: 20, quantity: 0.02, trade_turnover: 1_200, ts: START + ms, id, price: 60_000.1, direction: 'buy' },
  ...more,
});
const trades = (ms: number, ...data: readonly unknown[]): string =>
  push('trade.detail', ms, { id: 1, ts: START + ms, data });
const book = (ms: number, mrid: number, more: object = {}): string =>
  push('depth.step0', ms + 2, {
    ...{ mrid, id: 1, ts: START + ms, version: 1, ch: 'market.BTC-USDT.depth.step0' },
    ...{ bids: [[60_000, 1_500]], asks: [[60_000.1, 7]], ...more },
  });
const price = (kind: 'mark_price' | 'index', ms: number, close: unknown): string =>
  push(`${kind}.1min`, ms, { id: 1, open: '1', high: '1', low: '1', close, vol: '0' });
const notify = (kind: string, ms: number, ...data: readonly unknown[]): string =>
  JSON.stringify({ op: 'notify', topic: `public.BTC-USDT.${kind}`, ts: START + ms, data });
const print = (ms: number, more: object = {}) => ({
  ...{ symbol: 'BTC', contract_code: 'BTC-USDT', direction: 'sell', offset: 'close', volume: 500, price: 59_000.5 },
  ...{ created_at: START + ms, amount: 0.5, trade_turnover: 29_500.25, ...more },
});
const funding = (more: object = {}) => ({
  ...{ symbol: 'BTC', contract_code: 'BTC-USDT', funding_time: String(START), funding_rate: '-0.000017417222787085' },
  ...{ settlement_time: String(START + 3_600_000), ...more },
});

function opened(instruments: readonly Instrument[] = []) {
  const session = htx.createSession({ symbols: ['BTCUSDT'], instruments });
  for (const url of Object.values(SOCKET_URLS)) session.onOpen(url, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
/** A session past the history that comes first. */
function running(instruments: readonly Instrument[] = []) {
  const { session, read } = opened(instruments);
  read(trades(0, trade(-5_000, 1)), 0);
  return { session, read };
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);
const channels = (events: readonly MarketEvent[]) =>
  events.map((event) => ('channel' in event ? `${event.kind} ${event.channel}` : event.kind));

describe('a session', () => {
  test('the first frame of trades is history; the next ones are told in coin, of one side, with the taker’s side', () => {
    const { session, read } = opened();
    expect(kinds(read(trades(0, trade(-5_000, 1)), 0))).toEqual(['instrument']);
    expect(session.counters.drops).toEqual({ 'history-trade': 1 });
    expect(read(trades(9, trade(7, 2), trade(8, 3, { direction: 'sell', quantity: 0.002 })), 9)).toMatchObject([
      { kind: 'trade', id: '2', priceTicks: 600_001, size: 0.01, takerSide: 'buy', eventTime: START + 7 },
      { kind: 'trade', id: '3', size: 0.001, takerSide: 'sell' },
    ]);
    expect(read(trades(0, trade(-5_000, 1)), 10), 'history told again is no news').toEqual([]);
  });

  test('an id that no number holds keeps its end', () => {
    const { read } = running();
    const text = trades(9, trade(7, 'LONG')).replace('"LONG"', LONG_ID);
    expect(read(text, 9)).toMatchObject([{ kind: 'trade', id: LONG_ID }]);
    const next = text.replace(LONG_ID, `${LONG_ID.slice(0, -1)}2`);
    expect(kinds(read(next, 9)), 'the next id is another trade').toEqual(['trade']);
    expect(read(text, 10)).toEqual([]);
  });

  test('every book is whole: it replaces the one before, and an older or repeated one is left out', () => {
    const { session, read } = opened();
    expect(kinds(read(book(1, 50), 3))).toEqual(['instrument', 'book-snapshot']);
    const view = session.book(ID)!;
    expect([...view.bids.ticks, ...view.bids.sizes, ...view.asks.sizes]).toEqual([600_000, 1.5, 0.007]);
    expect(read(book(1, 50), 4)).toEqual([]);
    expect(read(book(0, 49), 5)).toEqual([]);
    expect(kinds(read(book(1, 51), 6)), 'made at the same time, but newer').toEqual(['book-snapshot']);
    expect(kinds(read(book(2, 51), 7)), 'the same number, made later').toEqual(['book-snapshot']);
    expect(session.counters.drops).toEqual({ 'duplicate-book': 1, 'older-book': 1 });
    expect(kinds(read(book(20_000, 3), 20_000)), 'the venue counts anew').toEqual(['book-snapshot']);
  });

  test('a contract of unknown size has trades and prices, which are in coin and quote, but no book', () => {
    const { session, read } = running([{ ...tabledInstrument('BTC-USDT')!, contractMultiplier: undefined }]);
    expect(read(book(1, 50), 3)).toEqual([]);
    expect(read(trades(9, trade(7, 2)), 9)).toMatchObject([{ kind: 'trade', size: 0.01 }]);
    expect(session.book(ID)).toBeUndefined();
    expect(session.counters.drops).toEqual({ 'history-trade': 1, 'unknown-multiplier': 1 });
  });

  test('mark and index are the close of the running candle', () => {
    const { read } = running();
    expect(read(price('mark_price', 5, '60000.5'), 5)).toMatchObject([
      { kind: 'mark', price: 60_000.5, eventTime: START + 5 },
    ]);
    expect(read(price('index', 6, '59999.90428571429'), 6)).toMatchObject([
      { kind: 'index', price: 59_999.90428571429 },
    ]);
  });

  test('a liquidation names the order’s direction, so a sale closed a long; it is told once', () => {
    const { session, read } = running();
    const both = notify('liquidation_orders', 9, print(7), print(8, { direction: 'buy' }));
    expect(read(both, 9)).toMatchObject([
      {
        kind: 'liquidation',
        positionSide: 'long',
        price: 59_000.5,
        priceKind: 'fill',
        size: 0.5,
        eventTime: START + 7,
      },
      { kind: 'liquidation', positionSide: 'short', completeness: 'partial' },
    ]);
    expect(read(both, 10)).toEqual([]);
    expect(session.counters.drops).toMatchObject({ 'duplicate-liquidation': 2 });
  });

  test('funding comes with the time it is charged; an exact zero is written in scientific notation', () => {
    const { read } = running();
    expect(read(notify('funding_rate', 9, funding()), 9)).toMatchObject([
      { kind: 'funding', rate: -0.000017417222787085, nextTime: START + 3_600_000, eventTime: START + 9 },
    ]);
    expect(read(notify('funding_rate', 10, funding({ funding_rate: '0E-18' })), 10)).toMatchObject([{ rate: 0 }]);
  });

  test('open interest is polled, in coin, and half of what counts both sides', () => {
    const { session } = running();
    const body = (data: readonly object[]) => JSON.stringify({ status: 'ok', data, ts: START + 50 });
    const row = { volume: 31_034_739, amount: 31_034.739, value: 2_104_319_788.3, contract_code: 'BTC-USDT' };
    const url = openInterestUrl('BTC-USDT');
    expect(session.onRest(url, body([row]), (START + 60) as UnixMs)).toMatchObject([
      { kind: 'open-interest', size: 15_517.3695, eventTime: START + 50 },
    ]);
    session.onRest(url, body([]), (START + 61) as UnixMs);
    session.onRest(url, '{"status":"error","err_code":1014,"err_msg":"no"}', (START + 62) as UnixMs);
    session.onRest(url, body([{ ...row, amount: '1' }]), (START + 63) as UnixMs);
    expect(session.takeFaults().map(({ field }) => field)).toEqual([
      'swap_open_interest.data',
      'status',
      'swap_open_interest.amount',
    ]);
    expect(session.onRest('https://api.hbdm.com/heartbeat/', '{}', START as UnixMs)).toEqual([]);
  });

  test('trades that were asked for are no history, whenever they come', () => {
    const { session, read } = opened();
    const rep = JSON.stringify({ rep: 'market.BTC-USDT.trade.detail', status: 'ok', ts: START, data: [trade(-9, 7)] });
    expect(kinds(read(rep, 1))).toEqual(['instrument', 'trade']);
    expect(kinds(read(trades(2, trade(-9, 7)), 2))).toEqual([]);
    expect(kinds(read(trades(3, trade(3, 8)), 3))).toEqual(['trade']);
    expect(session.counters.drops).toEqual({ 'history-trade': 1 });
  });

  test('(d) each socket cuts its own channels alone, and its next frame brings them back', () => {
    const { session, read } = running();
    read(book(1, 5), 1);
    read(trades(2, trade(2, 2)), 2);
    read(price('mark_price', 3, '60000'), 3);
    read(notify('liquidation_orders', 4, print(4)), 4);
    expect(channels(session.onClose((START + 10) as UnixMs, 'lost', SOCKET_URLS.index))).toEqual(['gap mark']);
    expect(session.book(ID)).toBeDefined();
    expect(channels(session.onClose((START + 11) as UnixMs, 'lost', SOCKET_URLS.notification))).toEqual([
      'gap liquidations',
    ]);
    expect(channels(session.onClose((START + 12) as UnixMs, 'lost', SOCKET_URLS.market))).toEqual([
      'gap book',
      'gap trades',
    ]);
    expect(session.book(ID)).toBeUndefined();
    expect(session.takeResubscriptions(), 'the next frame is whole anyway').toEqual([]);
    session.onOpen(SOCKET_URLS.market, (START + 20) as UnixMs);
    expect(channels(read(trades(21, trade(15, 9)), 21)), 'history').toEqual(['resumed trades']);
    expect(channels(read(book(22, 4), 22)), 'the new socket is believed').toEqual(['book-snapshot', 'resumed book']);
    expect(channels(read(price('index', 23, '60000'), 23))).toEqual(['resumed mark', 'index']);
    expect(channels(read(notify('funding_rate', 24, funding()), 24))).toEqual(['resumed liquidations', 'funding']);
    expect(session.counters.drops).toEqual({ 'history-trade': 2 });
  });

  test('of a frame with one bad item nothing is told and nothing remembered: sound, it counts', () => {
    const { session, read } = running();
    expect(kinds(read(trades(1, trade(1, 5), trade(1, 6, { price: 0 })), 1))).toEqual(['status']);
    read(notify('liquidation_orders', 2, print(1), print(1, { direction: '' })), 2);
    expect(session.takeFaults()).toMatchObject([{ field: 'trade.price' }, { field: 'liquidation_orders.direction' }]);
    expect(kinds(read(trades(3, trade(1, 5), trade(1, 6)), 3))).toEqual(['trade', 'trade']);
    expect(kinds(read(notify('liquidation_orders', 4, print(1)), 4))).toEqual(['liquidation']);
  });

  test('history that is not sound is awaited still', () => {
    const { session, read } = opened();
    read(trades(0, trade(-5, 1, { ts: 'x' })), 0);
    expect(kinds(read(trades(0, trade(-5, 1)), 0))).toEqual(['instrument']);
    expect(session.counters.drops).toEqual({ 'malformed': 1, 'history-trade': 1 });
  });

  test('the venue’s own list corrects a tick size in use, and the subscription goes on', () => {
    const { session, read } = running();
    read(book(1, 5), 1);
    const row = {
      symbol: 'BTC',
      contract_code: 'BTC-USDT',
      contract_size: 0.001,
      price_tick: 0.01,
      contract_status: 1,
    };
    const data = [{ ...row, contract_type: 'swap', trade_partition: 'USDT' }];
    const url = 'https://api.hbdm.com/linear-swap-api/v1/swap_contract_info?business_type=swap';
    const events = session.onRest(url, JSON.stringify({ status: 'ok', data }), (START + 2) as UnixMs);
    expect(channels(events)).toEqual(['gap book', 'instrument']);
    expect(read(trades(3, trade(3, 2)), 3)).toMatchObject([{ kind: 'trade', priceTicks: 6_000_010 }]);
    expect(channels(read(book(4, 6), 4))).toEqual(['book-snapshot', 'resumed book']);
    expect(kinds(session.onRest(url, 'x', (START + 5) as UnixMs))).toEqual(['status']);
  });

  test('pings, acknowledgements and a repeated subscription say nothing; refusals are told', () => {
    const { session, read } = opened();
    for (const text of [
      '{"ping":1790000000000}',
      '{"op":"ping","ts":"1790000000000"}',
      '{"id":"1","subbed":"market.BTC-USDT.trade.detail","ts":1790000000000,"status":"ok"}',
      '{"op":"sub","cid":"1","topic":"public.BTC-USDT.funding_rate","ts":1790000000000,"err-code":0}',
      '{"op":"sub","cid":"1","topic":"public.BTC-USDT.funding_rate","err-code":2014,"err-msg":"Repeated subscription."}',
      push('kline.1min', 1, {}),
    ])
      expect(read(text)).toEqual([]);
    expect(session.takeFaults()).toEqual([]);
    for (const text of [
      '{"status":"error","ts":1790000000000,"id":"1","err-code":"bad-request","err-msg":"invalid topic"}',
      '{"op":"sub","cid":"1","topic":"public.X.funding_rate","ts":1790000000000,"err-code":2011}',
      '{"op":"close","ts":1790000000000}',
    ])
      read(text);
    expect(session.takeFaults().map(({ code }) => code)).toEqual(Array(3).fill('venue-error'));
  });

  test.each([
    ['not JSON', '{"ch":', 'frame'],
    ['a frame of another kind', '{"hello":1}', 'frame'],
    ['a stream that names nothing', JSON.stringify({ ch: 'market', ts: START }), 'ch'],
    ['a topic that names nothing', JSON.stringify({ op: 'notify', topic: 'public', ts: START }), 'topic'],
    ['no time', JSON.stringify({ ch: 'market.BTC-USDT.depth.step0', tick: {} }), 'depth.step0.ts'],
    ['no book', push('depth.step0', 1, []), 'depth.tick'],
    ['a book without number', book(1, -1), 'depth.mrid'],
    ['a book without time', book(1, 1, { ts: 1 }), 'depth.ts'],
    ['a bad level', book(1, 1, { bids: [[0, 1]] }), 'depth.bids[0][0]'],
    ['a level of text', book(1, 1, { asks: [[1, '1']] }), 'depth.asks[0][1]'],
    ['a level that is none', book(1, 1, { asks: [{}] }), 'depth.asks[0]'],
    ['levels that are no list', book(1, 1, { bids: {} }), 'depth.bids'],
    ['no trades', push('trade.detail', 1, 7), 'trade.tick'],
    ['trades that are no list', push('trade.detail', 1, { data: {} }), 'trade.data'],
    ['a trade without id', trades(1, trade(1, null)), 'trade.id'],
    ['a price between ticks', trades(1, trade(1, 2, { price: 60_000.15 })), 'trade.price'],
    ['a quantity of zero', trades(1, trade(1, 2, { quantity: 0 })), 'trade.quantity'],
    ['a direction that is none', trades(1, trade(1, 2, { direction: 'Buy' })), 'trade.direction'],
    ['a trade without time', trades(1, trade(1, 2, { ts: 0 })), 'trade.ts'],
    ['no candle', push('mark_price.1min', 1, null), 'mark.tick'],
    ['a mark of zero', price('mark_price', 1, '0'), 'mark.close'],
    ['an index as number', price('index', 1, 60_000), 'index.close'],
    [
      'a liquidation of another contract',
      notify('liquidation_orders', 1, print(1, { contract_code: 'ETH-USDT' })),
      'liquidation_orders.contract_code',
    ],
    [
      'a liquidation without price',
      notify('liquidation_orders', 1, print(1, { price: null })),
      'liquidation_orders.price',
    ],
    ['a liquidation of nothing', notify('liquidation_orders', 1, print(1, { amount: 0 })), 'liquidation_orders.amount'],
    [
      'a liquidation without time',
      notify('liquidation_orders', 1, print(1, { created_at: '1' })),
      'liquidation_orders.created_at',
    ],
    [
      'liquidations that are no list',
      JSON.stringify({ op: 'notify', topic: 'public.BTC-USDT.liquidation_orders', ts: START }),
      'liquidation_orders.data',
    ],
    ['no rate', notify('funding_rate', 1, funding({ funding_rate: null })), 'funding_rate.funding_rate'],
    ['no time of charge', notify('funding_rate', 1, funding({ settlement_time: '' })), 'funding_rate.settlement_time'],
  ])('%s is a fault by field, told as trouble once, and the session lives', (_, text, field) => {
    const { session, read } = running();
    expect(read(text, 1)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'htx', channel: 'connection' }]);
    expect(session.takeFaults()).toMatchObject([{ field }]);
    expect(read(text, 2), 'trouble is told once').toEqual([]);
    expect(kinds(read(trades(20_000, trade(20_000, 99)), 20_000))).toEqual(['status', 'trade']);
  });
});

describe('the sockets', () => {
  const spec = tabledInstrument('BTC-USDT')!;

  test('books and trades, liquidations and funding, marks and indices each have their own', () => {
    const plans = htxWire.plans(spec, () => true);
    expect(plans.ok && plans.value.map(({ url, streams }) => [url, streams.map(({ name }) => name)])).toEqual([
      [SOCKET_URLS.market, ['market.BTC-USDT.depth.step0', 'market.BTC-USDT.trade.detail']],
      [SOCKET_URLS.notification, ['public.BTC-USDT.liquidation_orders', 'public.BTC-USDT.funding_rate']],
      [SOCKET_URLS.index, ['market.BTC-USDT.mark_price.1min', 'market.BTC-USDT.index.1min']],
    ]);
    expect(plans.ok && plans.value.flatMap(({ hello }) => hello).slice(1, 3)).toEqual([
      '{"sub":"market.BTC-USDT.trade.detail","id":"2"}',
      '{"op":"sub","cid":"1","topic":"public.BTC-USDT.liquidation_orders"}',
    ]);
  });

  test('a socket without a channel that is read is not opened', () => {
    const plans = htxWire.plans(spec, (channel) => channel === 'liquidations');
    expect(plans.ok && plans.value.map(({ url }) => url)).toEqual([SOCKET_URLS.notification]);
  });

  test('frames name their stream; pings and answers name none', () => {
    expect(htxWire.streamOf(book(1, 1))).toBe('market.BTC-USDT.depth.step0');
    expect(htxWire.streamOf(notify('liquidation_orders', 1))).toBe('public.BTC-USDT.liquidation_orders');
    for (const text of ['{"ping":1}', '{"op":"sub","topic":"public.BTC-USDT.funding_rate"}', '{"id":"1","subbed":"x"}'])
      expect(htxWire.streamOf(text)).toBeUndefined();
  });

  test('a ping comes back letter by letter', () => {
    expect(htxWire.replyTo?.('{"ping":12345678901234567890}')).toBe('{"pong":12345678901234567890}');
    expect(htxWire.replyTo?.('{"op":"ping","ts":"007"}')).toBe('{"op":"pong","ts":"007"}');
    expect(htxWire.replyTo?.('{"ts":8,"op":"ping"}')).toBe('{"op":"pong","ts":8}');
    expect(htxWire.replyTo?.('{"op":"sub","ts":8}')).toBeUndefined();
    expect(htxWire.replyTo?.(book(1, 1))).toBeUndefined();
  });
});

test('long integers become texts wherever they stand, and nothing else is touched', () => {
  const text = `{"id":${LONG_ID},"list":[${LONG_ID},-${LONG_ID}],"text":"a ${LONG_ID}, \\"${LONG_ID}","x":0.1234567890123456789,"e":1e21}`;
  expect(jsonWithLongIds(text)).toEqual({
    ...{ id: LONG_ID, list: [LONG_ID, `-${LONG_ID}`], text: `a ${LONG_ID}, "${LONG_ID}` },
    ...{ x: 0.12345678901234568, e: 1e21 },
  });
  expect(jsonWithLongIds('{"id":123456789012345}')).toEqual({ id: 123_456_789_012_345 });
  expect(jsonWithLongIds(`{"id":${LONG_ID}`)).toBeUndefined();
});

test('streams and topics fall into contract and kind; anything else is none', () => {
  expect(channelOf('market.BTC-USDT.depth.step0')).toEqual({ kind: 'depth.step0', ownSymbol: 'BTC-USDT' });
  expect(topicOf('public.龙虾-USDT.liquidation_orders')).toEqual({
    kind: 'liquidation_orders',
    ownSymbol: '龙虾-USDT',
  });
  for (const raw of [undefined, 7, 'market.', 'public.BTC-USDT.', 'public.BTC-USDT.x', 'market..x'])
    expect(channelOf(raw)).toBeUndefined();
});

test('addresses of the linear contracts are known, and no contract size is guessed', () => {
  for (const url of [...Object.values(SOCKET_URLS), openInterestUrl('BTC-USDT')]) expect(htx.ownsUrl(url)).toBe(true);
  for (const url of ['wss://api.hbdm.com/swap-ws', 'https://api.hbdm.com/swap-api/v1/swap_open_interest'])
    expect(htx.ownsUrl(url)).toBe(false);
  expect(htx.isGzipped).toBe(true);
  expect(tabledInstrument(ownSymbolOf('ETHUSDT')!)).toMatchObject({ symbol: 'ETHUSDT', contractMultiplier: 0.01 });
  expect(ownSymbolOf('SOLUSDT')).toBeUndefined();
  expect(tabledInstrument('SOL-USDT')).toBeUndefined();
  expect(instrumentOf('A-USDT', 'AUSDT', '0.1', '100')).toMatchObject({ sizeStep: '100', contractMultiplier: 100 });
});
