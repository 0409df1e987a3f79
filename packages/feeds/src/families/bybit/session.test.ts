import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { bybit } from '../../venues/bybit/index.js';
import { topicOf } from './topics.js';

const START = 1_790_000_000_000;
const URL = 'wss://stream.bybit.com/v5/public/linear';

const frame = (topic: string, ms: number, data: unknown, type = 'snapshot'): string =>
  JSON.stringify({ topic, type, ts: START + ms, data });
const trade = (ms: number, id: string, more: Record<string, unknown> = {}) => ({
  T: START + ms,
  s: 'BTCUSDT',
  S: 'Buy',
  v: '0.010',
  p: '60000.10',
  i: id,
  BT: false,
  ...more,
});
const trades = (ms: number, ...list: readonly unknown[]): string => frame('publicTrade.BTCUSDT', ms, list);
const book = (ms: number, u: number, type: string): string =>
  frame('orderbook.200.BTCUSDT', ms, { s: 'BTCUSDT', b: [['60000.00', '1']], a: [['60000.10', '2']], u, seq: 9 }, type);

function opened() {
  const session = bybit.createSession({ symbols: ['BTCUSDT'] });
  session.onOpen(URL, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);

describe('a session', () => {
  test('several trades of a frame come in order with the taker’s side; the instrument is told first', () => {
    const { read } = opened();
    const events = read(trades(5, trade(1, 'a'), trade(2, 'b', { S: 'Sell', v: '1.5' })), 5);
    expect(kinds(events)).toEqual(['instrument', 'trade', 'trade']);
    expect(events[1]).toMatchObject({
      id: 'a',
      priceTicks: 600_001,
      size: 0.01,
      takerSide: 'buy',
      eventTime: START + 1,
    });
    expect(events[2]).toMatchObject({ id: 'b', takerSide: 'sell', size: 1.5 });
  });

  test('a trade agreed outside the book moves no price and is left out', () => {
    const { session, read } = opened();
    expect(kinds(read(trades(5, trade(1, 'a', { BT: true }), trade(2, 'b')), 5))).toEqual(['instrument', 'trade']);
    expect(session.counters.drops).toEqual({ 'off-book': 1 });
  });

  test('(d) after a lost socket every channel that delivered is a gap, comes back with the next frame, and no trade counts twice', () => {
    const { session, read } = opened();
    read(book(1, 5, 'snapshot'), 1);
    read(trades(2, trade(2, 'a'), trade(2, 'b')), 2);
    const cut = session.onClose((START + 10) as UnixMs, 'lost', URL);
    expect(cut.map((event) => event.kind === 'gap' && event.channel)).toEqual(['book', 'trades']);
    expect(session.onClose((START + 11) as UnixMs, 'lost', URL)).toEqual([]);
    session.onOpen(URL, (START + 20) as UnixMs);
    const back = read(trades(30, trade(2, 'b'), trade(28, 'c')), 30);
    expect(back).toMatchObject([
      { kind: 'resumed', channel: 'trades' },
      { kind: 'trade', id: 'c' },
    ]);
    expect(session.counters.drops).toEqual({ 'duplicate-trade': 1 });
    expect(session.book('bybit:BTCUSDT')).toBeUndefined();
    expect(kinds(read(book(40, 90, 'snapshot'), 40))).toEqual(['book-snapshot', 'resumed']);
  });

  test('what was merged of a ticker is forgotten with the socket', () => {
    const { session, read } = opened();
    const ticker = (ms: number, data: object, type: string) =>
      frame('tickers.BTCUSDT', ms, { symbol: 'BTCUSDT', ...data }, type);
    const whole = { markPrice: '60000.10', fundingRate: '0.0001', nextFundingTime: String(START + 3_600_000) };
    read(ticker(1, whole, 'snapshot'), 1);
    expect(read(ticker(2, { fundingRate: '0.0002' }, 'delta'), 2)).toMatchObject([
      { kind: 'funding', rate: 0.0002, nextTime: START + 3_600_000 },
    ]);
    session.onClose((START + 10) as UnixMs, 'lost');
    const after = read(ticker(20, { nextFundingTime: String(START + 7_200_000) }, 'delta'), 20);
    expect(kinds(after)).toEqual(['resumed', 'resumed']);
  });

  test('two-sided open interest is never halved or taken as it is: it is left out and counted', () => {
    const { session, read } = opened();
    expect(kinds(read(frame('tickers.BTCUSDT', 1, { symbol: 'BTCUSDT', openInterest: '57798.137' }), 1))).toEqual([
      'instrument',
    ]);
    expect(session.counters.drops).toEqual({ 'two-sided-open-interest': 1 });
  });

  test('a batch of liquidations is told whole, and not again', () => {
    const { read } = opened();
    const print = (S: string, v: string) => ({ T: START + 1, s: 'BTCUSDT', S, v, p: '59000' });
    const batch = frame('allLiquidation.BTCUSDT', 500, [print('Buy', '1'), print('Sell', '2')]);
    expect(read(batch, 500).slice(1)).toMatchObject([
      { kind: 'liquidation', positionSide: 'long', priceKind: 'bankruptcy', completeness: 'complete', size: 1 },
      { kind: 'liquidation', positionSide: 'short', size: 2 },
    ]);
    expect(read(batch, 600)).toEqual([]);
  });

  test('of a frame with one bad item nothing is told and nothing remembered: sound, it counts', () => {
    const { session, read } = opened();
    read(trades(0, trade(0, 'z')), 0);
    read(trades(1, trade(1, 'a'), trade(1, 'b', { v: 'x' })), 1);
    const print = { T: START + 1, s: 'BTCUSDT', S: 'Buy', v: '1', p: '59000' };
    read(frame('allLiquidation.BTCUSDT', 2, [print, { ...print, S: '' }]), 2);
    expect(session.takeFaults()).toMatchObject([{ field: 'publicTrade.v' }, { field: 'allLiquidation.S' }]);
    expect(kinds(read(trades(3, trade(1, 'a'), trade(1, 'b')), 3))).toEqual(['trade', 'trade']);
    expect(kinds(read(frame('allLiquidation.BTCUSDT', 4, [print]), 4))).toEqual(['liquidation']);
    expect(session.counters.drops).toEqual({ malformed: 2 });
  });

  test('other symbols are left out, and nothing is known of one that is not in the table', () => {
    const { session, read } = opened();
    expect(read(frame('publicTrade.ETHUSDT', 1, [trade(1, 'a', { s: 'ETHUSDT' })]), 1)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'other-symbol': 1 });
    const any = bybit.createSession({});
    any.onText(frame('publicTrade.NEWUSDT', 1, [trade(1, 'a')]), START as UnixMs);
    expect(any.counters.drops).toEqual({ 'unknown-instrument': 1 });
  });

  test.each([
    ['not JSON', '{"topic":', 'frame'],
    ['a topic without a symbol', frame('publicTrade', 1, []), 'topic'],
    ['no time', JSON.stringify({ topic: 'publicTrade.BTCUSDT', type: 'snapshot', data: [] }), 'publicTrade.ts'],
    ['no list', frame('publicTrade.BTCUSDT', 1, {}), 'publicTrade.data'],
    ['a price between ticks', trades(1, trade(1, 'a', { p: '60000.15' })), 'publicTrade.p'],
    ['a size of zero', trades(1, trade(1, 'a', { v: '0' })), 'publicTrade.v'],
    ['a side that is none', trades(1, trade(1, 'a', { S: 'buy' })), 'publicTrade.S'],
    ['no id', trades(1, trade(1, '')), 'publicTrade.i'],
    [
      'a bad level',
      frame('orderbook.200.BTCUSDT', 1, { s: 'BTCUSDT', b: [['x', '1']], a: [], u: 4 }),
      'orderbook.b[0][0]',
    ],
    ['no update id', frame('orderbook.200.BTCUSDT', 1, { s: 'BTCUSDT', b: [], a: [] }), 'orderbook.u'],
    ['a mark of zero', frame('tickers.BTCUSDT', 1, { markPrice: '0' }), 'tickers.markPrice'],
    [
      'a liquidation without a side',
      frame('allLiquidation.BTCUSDT', 1, [{ T: START, p: '1', v: '1' }]),
      'allLiquidation.S',
    ],
    ['a refusal', JSON.stringify({ success: false, ret_msg: 'error:handler not found', op: 'subscribe' }), 'frame'],
    ['a frame of another kind', JSON.stringify({ hello: 1 }), 'frame'],
  ])('%s is a fault by field, told as trouble, and the session lives', (_, text, field) => {
    const { session, read } = opened();
    expect(read(text, 1)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'bybit', channel: 'connection' }]);
    expect(session.takeFaults()).toMatchObject([{ field }]);
    expect(read(text, 2), 'trouble is told once').toEqual([]);
    expect(kinds(read(trades(20_000, trade(20_000, 'z')), 20_000))).toEqual(['instrument', 'status', 'trade']);
  });
});

test('topics fall into stream, depth and symbol; anything else is none', () => {
  expect(topicOf('orderbook.200.BTCUSDT')).toEqual({
    kind: 'orderbook',
    stream: 'orderbook.200',
    depth: 200,
    ownSymbol: 'BTCUSDT',
  });
  expect(topicOf('publicTrade.1000PEPEUSDT')).toMatchObject({ kind: 'publicTrade', depth: undefined });
  for (const raw of [undefined, 7, '', 'tickers', 'a.b.c.d', 'orderbook..BTCUSDT', '.BTCUSDT'])
    expect(topicOf(raw)).toBeUndefined();
});
