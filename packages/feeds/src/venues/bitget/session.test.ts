import { describe, expect, test } from 'vitest';
import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { crc32 } from '../../crc32.js';
import { INSTRUMENTS_URL, SOCKET_URL, accountRatioUrl, tradesUrl } from './endpoints.js';
import { bitget } from './index.js';
import { ownSymbolOf, tabledInstrument } from './instruments.js';

const START = 1_790_000_000_000;
const ID = 'bitget:BTCUSDT';
/** Numbers of book frames are longer than a double holds: 2^53 is 9007199254740992. */
const SEQ = 1_304_314_508_780_744_705n;

const ts = (ms: number): string => String(START + ms);
/** A frame of v3. */
const frame = (
  topic: string,
  ms: number,
  data: unknown,
  action = 'update',
  arg: object = { symbol: 'BTCUSDT' },
): string => JSON.stringify({ data, arg: { instType: 'usdt-futures', topic, ...arg }, action, ts: START + ms });
/** A frame of v2. */
const older = (channel: string, ms: number, data: unknown, action = 'update', instType = 'USDT-FUTURES'): string =>
  JSON.stringify({ action, arg: { instType, channel, instId: 'BTCUSDT' }, data, ts: START + ms });

const trade = (ms: number, id: unknown, more: object = {}) => ({
  ...{ p: '60000.1', S: 'buy', T: ts(ms), v: '0.00118', i: id, L: '1', isRPI: 'no', ...more },
});
const trades = (ms: number, ...data: readonly unknown[]): string => frame('publicTrade', ms, data);
const ticker = (ms: number, more: object = {}): string =>
  frame(
    'ticker',
    ms,
    [
      {
        ...{ lastPrice: '60000', markPrice: '60000.12', indexPrice: '60010.5', openInterest: '21957.17' },
        ...{ fundingRate: '-0.000033', nextFundingTime: ts(3_600_000), ...more },
      },
    ],
    'snapshot',
  );
const print = (ms: number, more: object = {}) => ({
  ...{ symbol: 'BTCUSDT', side: 'buy', price: '50000', amount: '125000', ts: ts(ms), ...more },
});
const prints = (ms: number, ...data: readonly unknown[]): string => frame('liquidation', ms, data, 'update', {});

type Level = readonly [price: string, size: string];
interface BookFields {
  readonly b?: readonly Level[];
  readonly a?: readonly Level[];
  readonly checksum?: number;
  readonly pseq?: bigint;
  readonly action?: string;
}
/** A book frame of v3, whose numbers are written as long numbers. */
function book(ms: number, seq: bigint | undefined, fields: BookFields = {}): string {
  const { action = 'update', b = [['60000', '1.5']], a = [['60000.1', '7']], pseq, ...more } = fields;
  const text = frame('books', ms, [{ a, b, ts: ts(ms), ...more, maxDepth: '50', seq: 'SEQ', pseq: 'PSEQ' }], action);
  const numbered = text.replace('"SEQ"', String(seq)).replace('"PSEQ"', String(pseq));
  return numbered.replace(/,"p?seq":undefined/g, '');
}
const snapshot = (ms: number, seq: bigint | undefined, fields: BookFields = {}): string =>
  book(ms, seq, { pseq: seq === undefined ? undefined! : 0n, ...fields, action: 'snapshot' });

function opened(instruments: readonly Instrument[] = []) {
  const session = bitget.createSession({ symbols: ['BTCUSDT'], instruments });
  session.onOpen(SOCKET_URL, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);
const channels = (events: readonly MarketEvent[]) =>
  events.map((event) => ('channel' in event ? `${event.kind} ${event.channel}` : event.kind));
const reasons = (events: readonly MarketEvent[]) =>
  events.flatMap((event) => (event.kind === 'gap' ? [event.reason] : []));

describe('a session', () => {
  test('trades in a snapshot are history; the updates are told once, with the taker’s side', () => {
    const { session, read } = opened();
    expect(kinds(read(frame('publicTrade', 0, [trade(-9, '1'), trade(-8, '2')], 'snapshot'), 0))).toEqual([
      'instrument',
    ]);
    const both = trades(9, trade(7, '12609036220369428491'), trade(8, '12609036220369428492', { S: 'sell' }));
    expect(read(both, 9)).toMatchObject([
      {
        kind: 'trade',
        id: '12609036220369428491',
        priceTicks: 600_001,
        size: 0.00118,
        takerSide: 'buy',
        eventTime: START + 7,
      },
      { kind: 'trade', id: '12609036220369428492', takerSide: 'sell' },
    ]);
    expect(read(both, 10)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'history-trade': 2, 'duplicate-trade': 2 });
  });

  test('the trades of v2 have other names, those of v1 none and no ids: alike ones in a frame are still two', () => {
    const { read } = opened();
    const row = { ts: ts(7), price: '60000.1', size: '56.16', side: 'sell', tradeId: '1235670816495050754' };
    expect(read(older('trade', 9, [row]), 9).slice(1)).toMatchObject([
      { kind: 'trade', id: '1235670816495050754', size: 56.16, takerSide: 'sell' },
    ]);
    const list = [ts(8), '60000.1', '0.43', 'buy'];
    const text = older('trade', 9, [list, list], 'update', 'mc');
    expect(read(text, 9)).toMatchObject([
      { size: 0.43, eventTime: START + 8 },
      { size: 0.43, takerSide: 'buy' },
    ]);
    expect(read(text, 10)).toEqual([]);
  });

  test('a ticker tells mark, index, open interest and funding; one that is delivered has no funding', () => {
    const { read } = opened();
    expect(read(ticker(5), 5).slice(1)).toMatchObject([
      { kind: 'mark', price: 60_000.12, eventTime: START + 5 },
      { kind: 'index', price: 60_010.5 },
      { kind: 'open-interest', size: 21_957.17 },
      { kind: 'funding', rate: -0.000033, nextTime: START + 3_600_000 },
    ]);
    for (const nextFundingTime of ['', '0'])
      expect(kinds(read(ticker(6, { nextFundingTime }), 6))).toEqual(['mark', 'index', 'open-interest']);
    const row = {
      markPrice: '1',
      indexPrice: '2',
      holdingAmount: '3',
      fundingRate: '0',
      nextFundingTime: ts(9),
      ts: ts(7),
    };
    expect(read(older('ticker', 8, [row], 'snapshot'), 8)).toMatchObject([
      { kind: 'mark', eventTime: START + 7 },
      {},
      { size: 3 },
      { rate: 0, nextTime: START + 9 },
    ]);
  });

  test('a liquidation names the position’s side and an amount in quote coin; it is told once', () => {
    const { session, read } = opened();
    const both = prints(9, print(7), print(8, { side: 'sell', amount: '37.5' }));
    expect(read(both, 9).slice(1)).toMatchObject([
      {
        ...{ kind: 'liquidation', positionSide: 'long', price: 50_000, priceKind: 'order', size: 2.5 },
        ...{ completeness: 'throttled', eventTime: START + 7 },
      },
      { positionSide: 'short', size: 0.00075 },
    ]);
    expect(read(both, 10)).toEqual([]);
    read(prints(11, print(11, { symbol: 'ETHUSDT' }), print(11, { symbol: 'NEWUSDT' })), 11);
    expect(session.counters.drops).toEqual({ 'duplicate-liquidation': 2, 'other-symbol': 1, 'unknown-instrument': 1 });
  });

  test('each change names the one before it, by numbers that differ beyond what a double holds', () => {
    const { session, read } = opened();
    expect(kinds(read(snapshot(1, SEQ), 1))).toEqual(['instrument', 'book-snapshot']);
    expect(kinds(read(book(2, SEQ + 1n, { pseq: SEQ, b: [['60000', '0']], a: [] }), 2))).toEqual(['book-delta']);
    expect(read(book(2, SEQ + 1n, { pseq: SEQ }), 3), 'told again').toEqual([]);
    expect(kinds(read(book(4, SEQ + 2n, { pseq: SEQ + 1n }), 4))).toEqual(['book-delta']);
    expect(session.bookState(ID)).toMatchObject({ applied: 2, droppedStale: 1, gaps: 0 });
    const missed = read(book(5, SEQ + 4n, { pseq: SEQ + 3n }), 5);
    expect(reasons(missed)).toEqual([
      `Book updates are missing: expected to continue ${String(SEQ + 2n)}, received ${String(SEQ + 3n)}`,
    ]);
    expect(session.book(ID)).toBeUndefined();
    expect(session.takeResubscriptions()).toEqual([ID]);
    expect(read(book(6, SEQ + 5n, { pseq: SEQ + 4n }), 6)).toEqual([]);
    expect(channels(read(snapshot(7, SEQ + 9n), 7))).toEqual(['book-snapshot', 'resumed book']);
  });

  test('the first update after a snapshot may begin before it, a later one may not', () => {
    const { read } = opened();
    read(snapshot(1, SEQ), 1);
    expect(kinds(read(book(2, SEQ + 3n, { pseq: SEQ - 2n }), 2))).toEqual(['book-delta']);
    expect(kinds(read(book(3, SEQ + 6n, { pseq: SEQ + 2n }), 3))).toEqual(['gap']);
  });

  test('numbers that begin anew are no repetition: the book is cut at once where that is said, else when time has passed', () => {
    const said = opened();
    said.read(snapshot(1, SEQ), 1);
    expect(reasons(said.read(book(2, 5n, { pseq: 0n }), 2))).toEqual([
      'The venue has begun to number book updates anew',
    ]);
    const silent = opened();
    silent.read(snapshot(1, SEQ), 1);
    expect(silent.read(book(2, 6n, { pseq: 5n }), 2)).toEqual([]);
    expect(kinds(silent.read(book(10_001, 9n, { pseq: 8n }), 10_001))).toEqual(['gap']);
  });

  test('an update that names neither the one before it nor a checksum is not applied', () => {
    for (const fields of [{}, { checksum: 0 }, { checksum: 5 }]) {
      const { session, read } = opened();
      read(snapshot(1, SEQ), 1);
      expect(reasons(read(book(2, SEQ + 1n, fields), 2))).toEqual([
        'A book update names neither the one before it nor a checksum',
      ]);
      expect(session.book(ID)).toBeUndefined();
      expect(session.counters.drops).toEqual({ 'untrusted-update': 1 });
    }
  });

  test('a checksum that is sent is met, with or without numbers', () => {
    const sum = (text: string): number => crc32(text) | 0;
    const checked = sum('60000:1.5:60000.1:7');
    const next = { b: [['59999.90', '2.0']], a: [] } as const;
    const then = sum('60000:1.5:60000.1:7:59999.90:2.0');
    for (const seq of [undefined, SEQ]) {
      const { session, read } = opened();
      read(snapshot(1, seq, { checksum: checked }), 1);
      const following = seq === undefined ? {} : { pseq: seq };
      const nextSeq = seq === undefined ? undefined : seq + 1n;
      expect(kinds(read(book(2, nextSeq, { ...next, ...following, checksum: then }), 2))).toEqual(['book-delta']);
      expect(session.book(ID)?.bids.ticks.length).toBe(2);
      const lastSeq = seq === undefined ? undefined : seq + 2n;
      const wrong = book(3, lastSeq, {
        a: [['60001', '1']],
        b: [],
        ...(seq === undefined ? {} : { pseq: seq + 1n }),
        checksum: then,
      });
      expect(reasons(read(wrong, 3))).toEqual(['The book does not meet the checksum of the venue']);
      expect(kinds(read(snapshot(4, seq, { checksum: checked + 1 }), 4)), 'nor does this one').toEqual([]);
      expect(channels(read(snapshot(5, seq, { checksum: checked }), 5))).toEqual(['book-snapshot', 'resumed book']);
    }
  });

  test('the books of v2 have other names', () => {
    const { session, read } = opened();
    read(older('books', 1, [{ bids: [['60000', '1']], asks: [], checksum: 0, seq: 7, ts: ts(1) }], 'snapshot'), 1);
    read(older('books', 2, [{ bids: [], asks: [['60001', '2']], checksum: 0, seq: 9, pseq: 7, ts: ts(2) }]), 2);
    expect([...session.book(ID)!.bids.ticks, ...session.book(ID)!.asks.ticks]).toEqual([600_000, 600_010]);
  });

  test('v1 has no time of sending but that of its books and tickers, by which the clock is set right', () => {
    const { read } = opened();
    const levels = { bids: [['60000', '1']], asks: [], checksum: 0, ts: ts(1) };
    const [, told] = read(older('books', 0, [levels], 'snapshot', 'mc').replace(/,"ts":\d+}$/, '}'), 901);
    expect(told).toMatchObject({ kind: 'book-snapshot', eventTime: START + 1, seenTime: START + 1 });
  });

  test('(d) a lost socket cuts what it delivered, the next frame brings it back, and no trade is told twice', () => {
    const { session, read } = opened();
    read(trades(1, trade(1, '11')), 1);
    read(ticker(2), 2);
    read(snapshot(3, SEQ), 3);
    expect(channels(session.onClose((START + 10) as UnixMs, 'lost', SOCKET_URL))).toEqual([
      ...['gap book', 'gap trades', 'gap mark', 'gap index', 'gap open-interest', 'gap funding'],
    ]);
    session.onOpen(SOCKET_URL, (START + 20) as UnixMs);
    expect(channels(read(frame('publicTrade', 21, [trade(1, '11')], 'snapshot'), 21))).toEqual([
      ...['resumed trades', 'resumed mark', 'resumed index', 'resumed open-interest', 'resumed funding'],
    ]);
    expect(kinds(read(trades(22, trade(1, '11'), trade(22, '12')), 22))).toEqual(['trade']);
    expect(channels(read(snapshot(23, SEQ + 9n), 23))).toEqual(['book-snapshot', 'resumed book']);
    expect(session.counters.drops).toEqual({ 'history-trade': 1, 'duplicate-trade': 1 });
  });

  test('of a frame with one bad item nothing is told and nothing remembered: sound, it counts', () => {
    const { session, read } = opened();
    expect(kinds(read(trades(1, trade(1, '5'), trade(1, '6', { v: '0' })), 1))).toEqual(['status']);
    read(prints(2, print(1), print(2, { side: 'long' })), 2);
    expect(session.takeFaults()).toMatchObject([{ field: 'publicTrade.v' }, { field: 'liquidation.side' }]);
    expect(kinds(read(trades(3, trade(1, '5'), trade(1, '6')), 3))).toEqual(['instrument', 'trade', 'trade']);
    expect(kinds(read(prints(4, print(1)), 4))).toEqual(['liquidation']);
  });

  test('the venue’s own list corrects a tick size in use: everything is cut, and the book is asked for again', () => {
    const { session, read } = opened();
    read(snapshot(1, SEQ), 1);
    const row = { symbol: 'BTCUSDT', category: 'USDT-FUTURES', baseCoin: 'BTC', quoteCoin: 'USDT', type: 'perpetual' };
    const list = (more: object): string =>
      JSON.stringify({ code: '00000', data: [{ ...row, status: 'online', quantityMultiplier: '0.0001', ...more }] });
    const told = session.onRest(INSTRUMENTS_URL, list({ priceMultiplier: '0.05' }), (START + 2) as UnixMs);
    expect(channels(told)).toEqual(['gap book', 'instrument']);
    expect(session.takeResubscriptions()).toEqual([ID]);
    expect(channels(read(snapshot(3, SEQ), 3))).toEqual(['book-snapshot', 'resumed book']);
    session.onRest(INSTRUMENTS_URL, list({}), (START + 4) as UnixMs);
    expect(session.takeFaults()).toMatchObject([{ field: 'instruments.BTCUSDT.priceMultiplier' }]);
    expect(session.onRest(tradesUrl('BTCUSDT', 100), '{}', START as UnixMs)).toEqual([]);
  });

  test('pongs and acknowledgements say nothing, a refusal is told, other products and candles are counted', () => {
    const { session, read } = opened();
    const arg = { instType: 'usdt-futures', topic: 'books', symbol: 'BTCUSDT' };
    expect([...read('pong'), ...read(JSON.stringify({ event: 'subscribe', arg, connId: 'x' }))]).toEqual([]);
    expect(read(JSON.stringify({ event: 'error', arg, code: 30_001, msg: 'no such topic' }))).toMatchObject([
      { kind: 'status', state: 'amber', detail: 'The venue refused: "no such topic" (code 30001)' },
    ]);
    read(older('trade', 1, [{}], 'update', 'COIN-FUTURES'));
    read(frame('kline', 1, [{}]));
    expect(session.counters.records).toEqual({
      ...{ 'pong': 1, 'event:subscribe': 1, 'event:error': 1, 'trade:update': 1, 'kline:update': 1 },
    });
    expect(session.counters.drops).toMatchObject({ 'other-instrument-type': 1, 'unused-stream': 1 });
  });

  test('a contract of unknown size has prices, and liquidations, which are in quote coin, but nothing else', () => {
    const { session, read } = opened([{ ...tabledInstrument('BTCUSDT')!, contractMultiplier: undefined }]);
    read(snapshot(1, SEQ), 1);
    read(trades(2, trade(2, '1')), 2);
    expect(read(prints(3, print(3)), 3)).toMatchObject([{ kind: 'liquidation', size: 2.5 }]);
    expect(session.book(ID)).toBeUndefined();
    expect(session.counters.drops).toEqual({ 'unknown-multiplier': 2 });
  });
});

test.each([
  ['text that is no JSON', 'nope', 'frame'],
  ['no argument', '{"action":"update","data":[]}', 'arg'],
  ['no topic', '{"arg":{"instType":"usdt-futures"},"action":"update","data":[]}', 'arg.topic'],
  ['no symbol', frame('ticker', 0, [], 'snapshot', {}), 'arg.symbol'],
  ['an unknown action', frame('ticker', 0, [], 'delta'), 'action'],
  ['data that are no list', frame('books', 0, {}), 'books.data'],
  ['a ticker that is a list', frame('ticker', 0, [[]], 'snapshot'), 'ticker.data'],
  ['a trade that is a number', trades(0, 7), 'publicTrade.data'],
  ['a trade without id', trades(0, trade(0, '')), 'publicTrade.i'],
  ['a price between ticks', trades(0, trade(0, '1', { p: '60000.15' })), 'publicTrade.p'],
  ['a price of zero', trades(0, trade(0, '1', { p: '0' })), 'publicTrade.p'],
  ['a size that is a number', trades(0, trade(0, '1', { v: 1 })), 'publicTrade.v'],
  ['a side that is none', trades(0, trade(0, '1', { S: 'Buy' })), 'publicTrade.S'],
  ['a trade at no time', trades(0, trade(0, '1', { T: 'now' })), 'publicTrade.T'],
  ['a trade of v1 without side', older('trade', 0, [[ts(0), '60000', '1']], 'update', 'mc'), 'trade.3'],
  ['a ticker without mark', ticker(0, { markPrice: '' }), 'ticker.markPrice'],
  ['a ticker without index', ticker(0, { indexPrice: '0' }), 'ticker.indexPrice'],
  ['negative open interest', ticker(0, { openInterest: '-1' }), 'ticker.openInterest'],
  ['funding that is a number', ticker(0, { fundingRate: 0 }), 'ticker.fundingRate'],
  ['funding at no time', ticker(0, { nextFundingTime: 'soon' }), 'ticker.nextFundingTime'],
  ['a ticker sent never', ticker(0).replace(/"ts":\d+}$/, '"ts":1}'), 'ticker.frame.ts'],
  ['a book at no time', snapshot(0, SEQ).replace(`"ts":"${ts(0)}"`, '"ts":""'), 'books.ts'],
  ['a number that is negative', snapshot(0, SEQ).replace(`"seq":${String(SEQ)}`, '"seq":-5'), 'books.seq'],
  ['a number before that is a word', snapshot(0, SEQ).replace('"pseq":0', '"pseq":"x"'), 'books.pseq'],
  ['a checksum that is a text', frame('books', 0, [{ a: [], b: [], ts: ts(0), checksum: '1' }]), 'books.checksum'],
  ['a bad bid', snapshot(0, SEQ, { b: [['x', '1']] }), 'books.b[0][0]'],
  ['a bad ask', snapshot(0, SEQ, { a: [['1', '-1']] }), 'books.a[0][1]'],
  ['liquidations that are texts', prints(0, 'x'), 'liquidation.data[0]'],
  ['a liquidation of no contract', prints(0, print(0, { symbol: null })), 'liquidation.symbol'],
  ['a liquidation at no price', prints(0, print(0, { price: '' })), 'liquidation.price'],
  ['a liquidation of nothing', prints(0, print(0, { amount: '0' })), 'liquidation.amount'],
  ['a liquidation at no time', prints(0, print(0, { ts: '1' })), 'liquidation.ts'],
])('%s is a fault by field', (_, text, field) => {
  const { session, read } = opened();
  expect(read(text)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'bitget' }]);
  expect(session.takeFaults()).toMatchObject([{ field }]);
});

test('the sockets of every generation and the venue’s calls are known, others are not', () => {
  const known = ['wss://ws.bitget.com/mix/v1/stream', 'wss://ws.bitget.com/v2/ws/public', SOCKET_URL, INSTRUMENTS_URL];
  for (const url of [...known, accountRatioUrl('BTCUSDT', '5m')]) expect(bitget.ownsUrl(url)).toBe(true);
  for (const url of ['wss://ws.bitget.com/v3/ws/private', 'https://api.bitget.com/api/v2/spot/market/tickers'])
    expect(bitget.ownsUrl(url)).toBe(false);
  expect(tabledInstrument('toString')).toBeUndefined();
  expect(ownSymbolOf('DASHUSDT')).toBeUndefined();
});
