import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { LINE as INVERSE } from '../../venues/okx-inverse/instruments.js';
import { crc32 } from '../../crc32.js';
import { okxInverse } from '../../venues/okx-inverse/index.js';
import { okx } from '../../venues/okx/index.js';
import { LINE } from '../../venues/okx/instruments.js';
import { parseInstruments } from './parse-rest.js';

const START = 1_790_000_000_000;
const SWAP = 'BTC-USDT-SWAP';

function opened() {
  const session = okx.createSession({ symbols: ['BTCUSDT'] });
  session.onOpen('wss://ws.okx.com:8443/ws/v5/public', START as UnixMs);
  const read = (text: string, ms: number): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
const frame = (channel: string, data: readonly object[], action?: string, instId = SWAP): string =>
  JSON.stringify({ arg: { channel, instId }, ...(action === undefined ? {} : { action }), data });
const ts = (ms: number): string => String(START + ms);
const book = (ms: number, prevSeqId: number | undefined, seqId: number, bids: readonly (readonly string[])[] = []) =>
  frame(
    'books',
    [{ bids, asks: [], ts: ts(ms), checksum: 0, seqId, ...(prevSeqId === undefined ? {} : { prevSeqId }) }],
    prevSeqId === -1 ? 'snapshot' : 'update',
  );
const trade = (ms: number, tradeId: string, more: object = {}) => ({
  tradeId,
  px: '60000.1',
  sz: '8.55',
  side: 'sell',
  ts: ts(ms),
  ...more,
});
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);
const level = ['60000', '3', '0', '1'];

describe('the book by its chain of ids', () => {
  test('updates name the one before; a heartbeat changes nothing; ids may fall once after maintenance', () => {
    const { session, read } = opened();
    expect(kinds(read(book(0, -1, 10, [level]), 0))).toEqual(['instrument', 'book-snapshot']);
    expect(kinds(read(book(1, 10, 15, [['59999', '1', '0', '1']]), 1))).toEqual(['book-delta']);
    expect(read(book(2, 15, 15), 2)).toEqual([]);
    expect(kinds(read(book(3, 15, 3, [['59998', '1', '0', '1']]), 3))).toEqual(['book-delta']);
    expect(kinds(read(book(4, 3, 4, [['59997', '1', '0', '1']]), 4))).toEqual(['book-delta']);
    expect([...session.book('okx:BTC-USDT-SWAP')!.bids.sizes]).toEqual([0.03, 0.01, 0.01, 0.01]);
  });

  test('an update that names another is a gap until a snapshot comes; one that names none is not believed', () => {
    const { session, read } = opened();
    read(book(0, -1, 10, [level]), 0);
    expect(kinds(read(book(1, 12, 15, [level]), 1))).toEqual(['gap']);
    expect(session.takeResubscriptions()).toEqual(['okx:BTC-USDT-SWAP']);
    expect(read(book(2, 15, 16, [level]), 2)).toEqual([]);
    expect(kinds(read(book(3, -1, 20, [level]), 3))).toEqual(['book-snapshot', 'resumed']);
    expect(read(book(4, undefined, 21, [level]), 4)).toMatchObject([{ kind: 'gap', channel: 'book' }]);
    expect(session.book('okx:BTC-USDT-SWAP')).toBeUndefined();
  });
});

describe('updates that name none before them rest on their checksum', () => {
  const old = (ms: number, action: string, checksum: number | undefined, bids: readonly (readonly string[])[]) =>
    frame('books', [{ bids, asks: [], ts: ts(ms), ...(checksum === undefined ? {} : { checksum }) }], action);
  const of = (text: string): number => crc32(text) | 0;
  const next = ['59999', '1', '0', '1'];

  test('one that leads to the book of the venue is applied', () => {
    const { read } = opened();
    read(old(0, 'snapshot', of('60000:3'), [level]), 0);
    expect(kinds(read(old(1, 'update', of('60000:3:59999:1'), [next]), 1))).toEqual(['book-delta']);
  });

  test.each([
    ['does not meet its checksum', of('60000:3'), 7],
    ['has a checksum that nothing can be held against', 0, 7],
    ['has none', of('60000:3'), undefined],
    ['has 0 for one', of('60000:3'), 0],
  ])('one that %s is a gap, and the book is not served', (_, first, second) => {
    const { session, read } = opened();
    read(old(0, 'snapshot', first, [level]), 0);
    expect(read(old(1, 'update', second, [next]), 1)).toMatchObject([{ kind: 'gap', channel: 'book' }]);
    expect(session.book('okx:BTC-USDT-SWAP')).toBeUndefined();
    expect(session.takeResubscriptions()).toEqual(['okx:BTC-USDT-SWAP']);
    expect(session.counters.drops).toEqual({ 'untrusted-update': 1 });
  });

  test('a snapshot that does not meet its checksum is not served', () => {
    const { session, read } = opened();
    expect(kinds(read(old(0, 'snapshot', 7, [level]), 0))).toEqual(['instrument']);
    expect(session.book('okx:BTC-USDT-SWAP')).toBeUndefined();
  });

  test('once checksums are 0 the chain of ids is followed, whatever comes later in their place', () => {
    const { session, read } = opened();
    const linked = (
      ms: number,
      prevSeqId: number,
      seqId: number,
      checksum: number,
      bids: readonly (readonly string[])[],
    ) =>
      frame(
        'books',
        [{ bids, asks: [], ts: ts(ms), checksum, prevSeqId, seqId }],
        prevSeqId < 0 ? 'snapshot' : 'update',
      );
    read(linked(0, -1, 10, of('60000:3'), [level]), 0);
    expect(kinds(read(linked(1, 10, 11, 0, [next]), 1))).toEqual(['book-delta']);
    expect(kinds(read(linked(2, 11, 12, 7, [['59998', '1']]), 2))).toEqual(['book-delta']);
    expect(session.counters.drops).toEqual({});
  });
});

describe('a frame with one bad item tells nothing and remembers nothing', () => {
  test('of its values', () => {
    const { session, read } = opened();
    const mark = (markPx: string) => ({ markPx, ts: ts(0) });
    read(frame('mark-price', [mark('60000')]), 0);
    session.onClose((START + 1) as UnixMs, 'lost');
    expect(kinds(read(frame('mark-price', [mark('60001'), mark('0')]), 2))).toEqual(['status']);
    expect(kinds(read(frame('mark-price', [mark('60001')]), 3))).toEqual(['resumed', 'mark']);
  });

  test('of its changes of the book', () => {
    const { session, read } = opened();
    read(book(0, -1, 10, [level]), 0);
    const change = (prevSeqId: number, price: string) => ({
      ...{ bids: [[price, '1', '0', '1']], asks: [], ts: ts(1), checksum: 0 },
      ...{ prevSeqId, seqId: prevSeqId + 1 },
    });
    expect(kinds(read(frame('books', [change(10, '59999'), change(11, 'x')], 'update'), 1))).toEqual(['status']);
    expect(session.book('okx:BTC-USDT-SWAP')!.bids.sizes).toHaveLength(1);
    expect(kinds(read(frame('books', [change(10, '59999'), change(11, '59998')], 'update'), 2))).toEqual([
      'book-delta',
      'book-delta',
    ]);
  });

  test('of its trades', () => {
    const { read } = opened();
    expect(kinds(read(frame('trades', [trade(0, '1'), trade(0, '2', { sz: '0' })]), 0))).toEqual(['status']);
    expect(kinds(read(frame('trades', [trade(0, '1'), trade(0, '2')]), 1))).toEqual(['instrument', 'trade', 'trade']);
  });

  test('of its liquidations', () => {
    const { read } = opened();
    const details = (...sz: readonly string[]) =>
      sz.map((size) => ({ bkPx: '59000', posSide: 'long', side: 'sell', sz: size, ts: ts(0) }));
    const told = (...data: readonly object[]) =>
      read(JSON.stringify({ arg: { channel: 'liquidation-orders', instType: 'SWAP' }, data }), 0);
    const sound = { instId: SWAP, details: details('5') };
    expect(kinds(told({ instId: SWAP, details: details('5', 'x') }))).toEqual(['status']);
    expect(told(sound, { instId: 7, details: [] })).toEqual([]);
    expect(kinds(told(sound))).toEqual(['instrument', 'liquidation']);
    expect(told(sound)).toEqual([]);
  });
});

test('sizes are coins of contracts on the linear line and USD on the inverse one', () => {
  const { read } = opened();
  expect(read(frame('trades', [trade(0, '1')]), 0)[1]).toMatchObject({ size: 0.0855, takerSide: 'sell' });
  expect(read(frame('open-interest', [{ oi: '246.27', oiCcy: '2.4627', ts: ts(1) }]), 1)).toMatchObject([
    { kind: 'open-interest', size: 2.4627 },
  ]);
  const inverse = okxInverse.createSession({});
  const events = inverse.onText(
    frame('trades', [trade(0, '1', { sz: '3' })], undefined, 'BTC-USD-SWAP'),
    START as UnixMs,
  );
  expect(events[1]).toMatchObject({ kind: 'trade', instrument: 'okx-inverse:BTC-USD-SWAP', size: 300 });
});

test('an inverse swap is never counted as the linear one whose name it resembles', () => {
  const { session, read } = opened();
  expect(read(frame('trades', [trade(0, '1')], undefined, 'BTC-USD-SWAP'), 0)).toEqual([]);
  expect(read(frame('trades', [trade(0, '2')], undefined, 'BTC-USD_UM_XPERP-310404'), 0)).toEqual([]);
  expect(session.counters.drops).toEqual({ 'unknown-instrument': 2 });
});

test('marks, index and funding are read under the names of the venue', () => {
  const { read } = opened();
  read(frame('mark-price', [{ markPx: '60000.25', ts: ts(0) }]), 0);
  expect(read(frame('index-tickers', [{ idxPx: '59990.1', ts: ts(1) }], undefined, 'BTC-USDT'), 1)).toMatchObject([
    { kind: 'index', price: 59_990.1 },
  ]);
  const funding = { fundingRate: '0.0001', fundingTime: ts(3_600_000), ts: ts(2) };
  expect(read(frame('funding-rate', [funding]), 2)).toMatchObject([{ kind: 'funding', nextTime: START + 3_600_000 }]);
});

test('in net mode the order’s side tells whose position was closed', () => {
  const { read } = opened();
  const print = (side: string) => ({
    instId: SWAP,
    details: [{ bkPx: '59000', posSide: 'net', side, sz: '5', ts: ts(0) }],
  });
  const liquidations = (side: string): string =>
    JSON.stringify({ arg: { channel: 'liquidation-orders', instType: 'SWAP' }, data: [print(side)] });
  expect(read(liquidations('sell'), 0)[1]).toMatchObject({ positionSide: 'long', size: 0.05 });
  expect(read(liquidations('buy'), 1)).toMatchObject([{ positionSide: 'short' }]);
});

test('announced maintenance is told, and is no fault', () => {
  const { session, read } = opened();
  expect(read(JSON.stringify({ event: 'notice', msg: 'upgrade at 08:00' }), 0)).toMatchObject([
    { kind: 'status', state: 'amber', detail: 'The venue announces: "upgrade at 08:00"' },
  ]);
  expect(session.takeFaults()).toEqual([]);
});

test.each([
  ['no channel', JSON.stringify({ arg: {}, data: [] }), 'arg'],
  ['no list', JSON.stringify({ arg: { channel: 'trades', instId: SWAP }, data: {} }), 'trades.data'],
  ['no contract', JSON.stringify({ arg: { channel: 'trades' }, data: [{}] }), 'arg.instId'],
  ['a price between ticks', frame('trades', [trade(0, '1', { px: '60000.15' })]), 'trades.px'],
  ['a size of zero', frame('trades', [trade(0, '1', { sz: '0' })]), 'trades.sz'],
  ['no id', frame('trades', [trade(0, '')]), 'trades.tradeId'],
  ['a side that is none', frame('trades', [trade(0, '1', { side: 'Sell' })]), 'trades.side'],
  ['a time that is a number', frame('trades', [trade(0, '1', { ts: START })]), 'trades.ts'],
  ['a book that is neither whole nor a change', frame('books', [{ bids: [], asks: [], ts: ts(0) }]), 'books.action'],
  ['a bad level', book(0, -1, 1, [['x', '1']]), 'books.bids[0][0]'],
  [
    'a sequence that is a text',
    frame('books', [{ bids: [], asks: [], ts: ts(0), seqId: '1' }], 'snapshot'),
    'books.seqId',
  ],
  ['no time of a book', frame('books', [{ bids: [], asks: [] }], 'update'), 'books.ts'],
  [
    'a sequence below the beginning',
    frame('books', [{ bids: [], asks: [], ts: ts(0), seqId: 1, prevSeqId: -2 }], 'update'),
    'books.prevSeqId',
  ],
  [
    'a checksum that is a text',
    frame('books', [{ bids: [], asks: [], ts: ts(0), checksum: '0' }], 'update'),
    'books.checksum',
  ],
  ['no index', frame('index-tickers', [{ ts: ts(0) }], undefined, 'BTC-USDT'), 'index-tickers.idxPx'],
  ['negative open interest', frame('open-interest', [{ oi: '-1', ts: ts(0) }]), 'open-interest.oi'],
  ['no rate', frame('funding-rate', [{ fundingRate: '', fundingTime: ts(9), ts: ts(0) }]), 'funding-rate.fundingRate'],
  ['a mark of zero', frame('mark-price', [{ markPx: '0', ts: ts(0) }]), 'mark-price.markPx'],
  ['no funding time', frame('funding-rate', [{ fundingRate: '0', ts: ts(0) }]), 'funding-rate.fundingTime'],
])('%s is a fault by field', (_, text, field) => {
  const { session, read } = opened();
  expect(read(text, 0)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'okx' }]);
  expect(session.takeFaults()).toMatchObject([{ field }]);
});

test('the list of swaps tells asset, kind and contract value by the venue’s own fields', () => {
  const row = {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    ctType: 'linear',
    ctVal: '0.01',
    ctMult: '1',
    ctValCcy: 'BTC',
    settleCcy: 'USDT',
    tickSz: '0.1',
    lotSz: '0.01',
  };
  const inverse = {
    ...row,
    instId: 'BTC-USD-SWAP',
    ctType: 'inverse',
    ctVal: '100',
    ctValCcy: 'USD',
    settleCcy: 'BTC',
  };
  const usdc = { ...row, instId: 'BTC-USDC-SWAP', settleCcy: 'USDC' };
  const body = {
    code: '0',
    data: [row, inverse, usdc, { ...row, instId: 'ODD-USDT-SWAP', ctVal: '', ctValCcy: 'ODD' }],
  };
  expect(parseInstruments(body, LINE)).toMatchObject({
    value: [
      { id: 'okx:BTC-USDT-SWAP', symbol: 'BTCUSDT', contractMultiplier: 0.01 },
      { symbol: 'ODDUSDT', contractMultiplier: undefined },
    ],
  });
  expect(parseInstruments(body, INVERSE)).toMatchObject({
    value: [{ id: 'okx-inverse:BTC-USD-SWAP', symbol: 'BTCUSDT', kind: 'inverse', contractMultiplier: 100 }],
  });
  expect(parseInstruments({ code: '50011', msg: 'Too Many Requests' }, LINE)).toMatchObject({
    fault: { field: 'code' },
  });
});
