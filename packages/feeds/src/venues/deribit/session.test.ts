import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { INSTRUMENTS_URL, ownsUrl } from './endpoints.js';
import { deribit } from './index.js';
import { ownSymbolOf, tabledInstrument } from './instruments.js';

const START = 1_790_000_000_000;
const URL = 'wss://www.deribit.com/ws/api/v2';
const NAME = 'BTC-PERPETUAL';
const LINEAR = 'SOL_USDC-PERPETUAL';

const frame = (kind: string, data: unknown, name = NAME): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'subscription',
    params: { channel: `${kind}.${name}.100ms`, data },
  });
const trade = (ms: number, id: string, more: object = {}, name = NAME) => ({
  trade_seq: 30_289_442,
  trade_id: id,
  timestamp: START + ms,
  tick_direction: 2,
  price: 60_000.5,
  mark_price: 60_000.1,
  instrument_name: name,
  index_price: 60_001.2,
  direction: 'buy',
  amount: 320,
  ...more,
});
const trades = (...list: readonly unknown[]): string => frame('trades', list);
const snapshot = (ms: number, id: unknown, more: object = {}): string =>
  frame('book', {
    type: 'snapshot',
    timestamp: START + ms,
    instrument_name: NAME,
    change_id: id,
    bids: [
      ['new', 60_000, 30],
      ['new', 59_990.5, 200],
    ],
    asks: [['new', 60_000.5, 10]],
    ...more,
  });
const change = (ms: number, previous: unknown, id: number, bids: readonly unknown[] = []): string =>
  frame('book', {
    type: 'change',
    timestamp: START + ms,
    instrument_name: NAME,
    prev_change_id: previous,
    change_id: id,
    bids,
    asks: [],
  });
const ticker = (ms: number, more: object = {}): string =>
  frame('ticker', {
    timestamp: START + ms,
    instrument_name: NAME,
    mark_price: 60_000.11,
    index_price: 59_999.76,
    open_interest: 502_097_590,
    current_funding: -0.00042,
    funding_8h: 0.0000211,
    ...more,
  });

function opened(symbols: readonly string[] = ['BTCUSDT', 'SOLUSDT']) {
  const session = deribit.createSession({ symbols });
  session.onOpen(URL, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);

describe('a session', () => {
  test('amounts of inverse contracts are USD, those of linear ones coin; the instrument is told first', () => {
    const { read } = opened();
    const inverse = read(trades(trade(1, '7'), trade(2, '8', { direction: 'sell', amount: 10 })), 5);
    expect(kinds(inverse)).toEqual(['instrument', 'trade', 'trade']);
    expect(inverse).toMatchObject([
      { spec: { symbol: 'BTCUSDT', kind: 'inverse', contractMultiplier: 1 } },
      { id: '7', priceTicks: 120_001, size: 320, takerSide: 'buy', eventTime: START + 1 },
      { id: '8', size: 10, takerSide: 'sell' },
    ]);
    const coins = [trade(1, 'SOL-1', { price: 121.828, amount: 2.5 }, LINEAR)];
    expect(read(frame('trades', coins, LINEAR), 5)).toMatchObject([
      { spec: { symbol: 'SOLUSDT', kind: 'linear' } },
      { size: 2.5, priceTicks: 121_828 },
    ]);
  });

  test.each([
    ['T', 'sell', ['long']],
    ['T', 'buy', ['short']],
    ['M', 'buy', ['long']],
    ['M', 'sell', ['short']],
    ['MT', 'sell', ['long', 'short']],
    ['MT', 'buy', ['short', 'long']],
  ])('a trade marked %s whose taker did %s closed %s, told beside it as a fill', (liquidation, direction, sides) => {
    const { read } = opened();
    read(trades(trade(0, '1')));
    const [first, ...prints] = read(trades(trade(1, '2', { liquidation, direction })), 1);
    expect(first).toMatchObject({ kind: 'trade', takerSide: direction, size: 320 });
    expect(prints).toMatchObject(
      sides.map((positionSide) => ({
        kind: 'liquidation',
        positionSide,
        price: 60_000.5,
        priceKind: 'fill',
        size: 320,
        completeness: 'complete',
        eventTime: START + 1,
      })),
    );
  });

  test('liquidations that are alike are all told, and none of them twice', () => {
    const { read } = opened();
    const sold = { liquidation: 'T', direction: 'sell' };
    expect(kinds(read(trades(trade(1, '1', sold), trade(1, '2', sold)), 1))).toEqual([
      ...['instrument', 'trade', 'liquidation', 'trade', 'liquidation'],
    ]);
    expect(read(trades(trade(1, '2', sold)), 2)).toEqual([]);
  });

  test('a block trade did not meet in the book and is left out', () => {
    const { session, read } = opened();
    expect(kinds(read(trades(trade(1, '1', { block_trade_id: '154' }), trade(2, '2')), 2))).toEqual([
      ...['instrument', 'trade'],
    ]);
    expect(session.counters.drops).toEqual({ 'off-book': 1 });
  });

  test('a ticker tells mark, index, open interest in USD and the funding of the moment', () => {
    const { read } = opened();
    const at = { eventTime: START + 1 };
    expect(read(ticker(1), 1).slice(1)).toMatchObject([
      { kind: 'mark', price: 60_000.11, ...at },
      { kind: 'index', price: 59_999.76 },
      { kind: 'open-interest', size: 502_097_590 },
      { kind: 'funding', rate: -0.00042, nextTime: undefined },
    ]);
  });

  test('rows are new, changed or deleted, whatever the amount of a deletion; each change names the one before', () => {
    const { session, read } = opened();
    read(snapshot(1, 50), 1);
    expect(
      kinds(
        read(
          change(2, 50, 57, [
            ['change', 60_000, 40],
            ['new', 59_999.5, 20],
          ]),
          2,
        ),
      ),
    ).toEqual(['book-delta']);
    read(change(3, 57, 60, [['delete', 59_990.5, 200]]), 3);
    const view = session.book('deribit:BTC-PERPETUAL')!;
    expect([[...view.bids.ticks], [...view.bids.sizes]]).toEqual([
      [120_000, 119_999],
      [40, 20],
    ]);
    expect(read(change(4, 57, 60), 4), 'told before').toEqual([]);
    expect(read(change(5, 61, 62), 5)).toMatchObject([{ kind: 'gap', channel: 'book' }]);
    expect(session.book('deribit:BTC-PERPETUAL')).toBeUndefined();
    expect(session.takeResubscriptions()).toEqual(['deribit:BTC-PERPETUAL']);
    expect(kinds(read(snapshot(6, 70), 6))).toEqual(['book-snapshot', 'resumed']);
  });

  test('(d) after a lost socket every channel that delivered is a gap, comes back with the next frame, and no trade counts twice', () => {
    const { session, read } = opened();
    read(snapshot(1, 5), 1);
    read(trades(trade(2, '1', { liquidation: 'T' })), 2);
    read(ticker(3), 3);
    const cut = session.onClose((START + 10) as UnixMs, 'lost', URL);
    expect(cut.map((event) => event.kind === 'gap' && event.channel)).toEqual([
      ...['book', 'trades', 'liquidations', 'mark', 'index', 'open-interest', 'funding'],
    ]);
    expect(session.book('deribit:BTC-PERPETUAL')).toBeUndefined();
    session.onOpen(URL, (START + 20) as UnixMs);
    const back = read(trades(trade(2, '1', { liquidation: 'T' }), trade(28, '2')), 30);
    expect(kinds(back)).toEqual([...Array<string>(6).fill('resumed'), 'trade']);
    expect(kinds(read(snapshot(40, 90), 40))).toEqual(['book-snapshot', 'resumed']);
    expect(session.counters.drops).toEqual({ 'duplicate-trade': 1 });
  });

  test('of a frame with one bad trade nothing is told and nothing remembered: sound, it counts', () => {
    const { session, read } = opened();
    read(trades(trade(0, '0')));
    read(trades(trade(1, '1'), trade(1, '2', { amount: -1 })), 1);
    expect(session.takeFaults()).toMatchObject([{ field: 'trades.amount' }]);
    expect(kinds(read(trades(trade(1, '1'), trade(1, '2')), 2))).toEqual(['trade', 'trade']);
  });

  test('a contract of unknown unit has prices, and no trade, book or open interest is made up for it', () => {
    const spec = { ...tabledInstrument(NAME)!, contractMultiplier: undefined };
    const session = deribit.createSession({ instruments: [spec] });
    const read = (text: string): readonly MarketEvent[] => session.onText(text, START as UnixMs);
    expect(kinds(read(ticker(0)))).toEqual(['instrument', 'mark', 'index', 'funding']);
    for (const text of [snapshot(0, 5), change(0, 5, 6), trades(trade(0, '1'))]) expect(read(text)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'unknown-multiplier': 4 });
  });

  test('the venue’s own list corrects a tick size in use; other bodies are not used', () => {
    const { session, read } = opened();
    read(trades(trade(1, '1')), 1);
    const row = {
      instrument_name: NAME,
      kind: 'future',
      settlement_period: 'perpetual',
      instrument_type: 'reversed',
      base_currency: 'BTC',
      quote_currency: 'USD',
      tick_size: 0.25,
      contract_size: 10,
      is_active: true,
    };
    const at = (START + 2) as UnixMs;
    const answer = JSON.stringify({ jsonrpc: '2.0', result: [row] });
    expect(kinds(session.onRest(INSTRUMENTS_URL, answer, at))).toEqual(['gap', 'instrument']);
    expect(read(trades(trade(3, '2', { price: 60_000.25 })), 3).at(-1)).toMatchObject({ priceTicks: 240_001 });
    const refusal = '{"jsonrpc":"2.0","error":{"message":"Invalid params"}}';
    expect(kinds(session.onRest(INSTRUMENTS_URL, refusal, at))).toEqual(['status']);
    expect(session.takeFaults()).toMatchObject([{ code: 'rejected', field: 'answer.error' }]);
    expect(session.onRest('https://www.deribit.com/api/v2/public/get_time', '{}', at)).toEqual([]);
    expect(session.counters.drops).toMatchObject({ 'unused-body': 1 });
  });

  test('other instruments are left out, and a linear contract is not taken for the inverse one', () => {
    const { session, read } = opened(['SOLUSDT']);
    expect(read(trades(trade(1, '1')))).toEqual([]);
    expect(read(frame('trades', [trade(1, '1')], 'BTC_USDC-PERPETUAL'))).toEqual([]);
    expect(session.counters.drops).toEqual({ 'other-symbol': 1, 'unknown-instrument': 1 });
  });

  test('answers, heartbeats and channels that are not used say nothing; refusals are told', () => {
    const { session, read } = opened();
    const unused = (channel: string): string =>
      JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params: { channel, data: {} } });
    for (const text of [
      '{"jsonrpc":"2.0","id":1,"result":["book.BTC-PERPETUAL.100ms"],"usIn":1,"usOut":2,"usDiff":1,"testnet":false}',
      '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}',
      unused('deribit_price_index.btc_usd'),
      unused('book.BTC-PERPETUAL.none.10.100ms'),
      frame('perpetual', { interest: 0.1 }),
    ])
      expect(read(text).filter(({ kind }) => kind !== 'instrument')).toEqual([]);
    expect(session.takeFaults()).toEqual([]);
    expect(session.counters.drops).toEqual({ 'unused-stream': 3 });
    const refusal = '{"jsonrpc":"2.0","id":1,"error":{"code":13778,"message":"raw_subscriptions_not_available"}}';
    expect(kinds(read(refusal))).toEqual(['status']);
    expect(session.takeFaults()).toMatchObject([{ code: 'venue-error', field: 'error' }]);
  });

  test.each([
    ['not JSON', '{"jsonrpc":', 'frame'],
    ['neither a method nor an answer', '{"jsonrpc":"2.0"}', 'frame'],
    ['a method nobody has named', '{"jsonrpc":"2.0","method":"gift","params":{}}', 'method'],
    ['no channel', '{"jsonrpc":"2.0","method":"subscription","params":{"data":{}}}', 'params.channel'],
    ['no parameters', '{"jsonrpc":"2.0","method":"subscription"}', 'params.channel'],
    ['trades that are no list', frame('trades', {}), 'trades.data'],
    ['a trade of another instrument', trades(trade(1, '1', {}, LINEAR)), 'trades.instrument_name'],
    ['a trade without an id', trades(trade(1, '')), 'trades.trade_id'],
    ['a trade without time', trades(trade(1, '1', { timestamp: '2026' })), 'trades.timestamp'],
    ['a side that is none', trades(trade(1, '1', { direction: 'Buy' })), 'trades.direction'],
    ['a price as text', trades(trade(1, '1', { price: '60000.5' })), 'trades.price'],
    ['a price between ticks', trades(trade(1, '1', { price: 60_000.3 })), 'trades.price'],
    ['an amount of zero', trades(trade(1, '1', { amount: 0 })), 'trades.amount'],
    ['a liquidation of nobody', trades(trade(1, '1', { liquidation: 'X' })), 'trades.liquidation'],
    ['a book that is none', frame('book', []), 'book.data'],
    ['a book of another type', snapshot(1, 5, { type: 'delta' }), 'book.type'],
    ['a book without time', snapshot(1, 5, { timestamp: null }), 'book.timestamp'],
    ['a book without an id', snapshot(1, -1), 'book.change_id'],
    ['a change that follows nothing', change(1, undefined, 6), 'book.prev_change_id'],
    ['bids that are no list', snapshot(1, 5, { bids: {} }), 'book.bids'],
    ['a row that is none', snapshot(1, 5, { asks: [{}] }), 'book.asks[0]'],
    ['an action that is none', snapshot(1, 5, { bids: [['move', 1, 1]] }), 'book.bids[0][0]'],
    ['a bad price of a row', snapshot(1, 5, { bids: [['new', '1', 1]] }), 'book.bids[0][1]'],
    ['a bad amount of a row', snapshot(1, 5, { asks: [['new', 1, -1]] }), 'book.asks[0][2]'],
    ['a ticker that is none', frame('ticker', 7), 'ticker.data'],
    ['a ticker without time', ticker(1, { timestamp: 0 }), 'ticker.timestamp'],
    ['no mark', ticker(1, { mark_price: null }), 'ticker.mark_price'],
    ['an index of zero', ticker(1, { index_price: 0 }), 'ticker.index_price'],
    ['open interest below zero', ticker(1, { open_interest: -1 }), 'ticker.open_interest'],
    ['funding in words', ticker(1, { current_funding: '0' }), 'ticker.current_funding'],
  ])('%s is a fault by field, told as trouble, and the session lives', (_, text, field) => {
    const { session, read } = opened();
    expect(read(text, 1)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'deribit', channel: 'connection' }]);
    expect(session.takeFaults()).toMatchObject([{ field }]);
    expect(read(text, 2), 'trouble is told once').toEqual([]);
    expect(kinds(read(trades(trade(20_000, '9')), 20_000))).toEqual(['instrument', 'status', 'trade']);
  });
});

test('BTC and ETH select the inverse perpetuals, other assets the linear ones, and addresses of both sockets are known', () => {
  const kindOf = (symbol: string) => tabledInstrument(ownSymbolOf(symbol) ?? '')?.kind;
  expect(['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT', 'toString'].map(kindOf)).toEqual([
    ...['inverse', 'inverse', 'linear', 'linear', 'linear', undefined],
  ]);
  expect(tabledInstrument('BTC_USDC-PERPETUAL')).toBeUndefined();
  expect([URL, INSTRUMENTS_URL, 'wss://streams.deribit.com/ws/api/v2'].every(ownsUrl)).toBe(true);
  expect(ownsUrl('wss://test.deribit.com/ws/api/v2')).toBe(false);
});
