import { describe, expect, test } from 'vitest';
import type { Channel, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { hyperliquid } from './index.js';
import { ownSymbolOf, tabledInstrument } from './instruments.js';
import { hyperliquidWire } from './subscribe.js';

const START = 1_790_000_000_000;
const URL = 'wss://api.hyperliquid.xyz/ws';
const VAULT = '0x2E3d94f0562703b25c83308a05046ddaf9a8dd14';

const frame = (channel: string, data: unknown): string => JSON.stringify({ channel, data });
const trade = (ms: number, tid: string | number, more: object = {}) => ({
  coin: 'BTC',
  side: 'B',
  px: '60000.0',
  sz: '0.25',
  time: START + ms,
  hash: '0x0',
  tid,
  users: ['0x01', '0x02'],
  ...more,
});
const trades = (...list: readonly unknown[]): string => frame('trades', list);
const level = (px: string, sz: string) => ({ px, sz, n: 1 });
const book = (ms: number, more: object = {}): string =>
  frame('l2Book', {
    coin: 'BTC',
    time: START + ms,
    levels: [[level('60000.0', '1'), level('59999.0', '2')], [level('60001.0', '3')]],
    ...more,
  });
const context = (more: object = {}): string =>
  frame('activeAssetCtx', {
    coin: 'BTC',
    ctx: { markPx: '60000.5', oraclePx: '60001.0', openInterest: '38485.06546', funding: '-0.0000125', ...more },
  });

function opened(coins: readonly string[] = ['BTCUSDT']) {
  const session = hyperliquid.createSession({ symbols: coins });
  session.onOpen(URL, START as UnixMs);
  const read = (text: string, ms = 0): readonly MarketEvent[] => session.onText(text, (START + ms) as UnixMs);
  return { session, read };
}
/** A session past its history. */
function live() {
  const begun = opened();
  begun.read(book(0));
  begun.read(trades(trade(-60_000, 1)));
  return begun;
}
const kinds = (events: readonly MarketEvent[]) => events.map(({ kind }) => kind);

describe('a session', () => {
  test('trades of a frame come in order with the taker’s side; ids are numbers or texts and mean the same', () => {
    const { session, read } = live();
    const events = read(
      trades(trade(1, 604_438_142_537_043), trade(2, '153378402400855', { side: 'A', sz: '1.5' })),
      5,
    );
    expect(events).toMatchObject([
      { kind: 'trade', id: '604438142537043', priceTicks: 600_000, size: 0.25, takerSide: 'buy', eventTime: START + 1 },
      { kind: 'trade', id: '153378402400855', takerSide: 'sell', size: 1.5 },
    ]);
    expect(read(trades(trade(1, '604438142537043')), 6)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'history-trade': 1, 'duplicate-trade': 1 });
  });

  test('ids are hashes: the same one at another time is another trade', () => {
    const { read } = live();
    expect(kinds(read(trades(trade(1, 7)), 5))).toEqual(['trade']);
    expect(kinds(read(trades(trade(2, 7)), 6))).toEqual(['trade']);
  });

  test('the first frame of trades is history at first and after every reconnection, and is not remembered as told', () => {
    const { session, read } = opened();
    expect(kinds(read(trades(trade(-9, 1), trade(-8, 2))))).toEqual(['instrument']);
    expect(kinds(read(frame('recentTrades', [trade(-8, 2)]))), 'what was asked for is told').toEqual(['trade']);
    read(trades(trade(1, 3)), 1);
    session.onClose((START + 10) as UnixMs, 'lost', URL);
    session.onOpen(URL, (START + 20) as UnixMs);
    expect(kinds(read(frame('recentTrades', [trade(12, 4)]), 21))).toEqual(['resumed', 'trade']);
    expect(read(trades(trade(1, 3), trade(12, 4), trade(13, 5)), 22)).toEqual([]);
    expect(kinds(read(trades(trade(13, 5)), 23)), 'live, it is told once').toEqual(['trade']);
    expect(read(trades(trade(12, 4)), 24)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'history-trade': 5, 'duplicate-trade': 1 });
  });

  test('history tells nothing of the clock: its trades are up to a minute old', () => {
    const { session, read } = opened();
    read(trades(trade(-50_000, 1)), 100);
    session.onClose((START + 100) as UnixMs, 'lost', URL);
    read(trades(trade(-50_000, 1)), 100);
    expect(session.isTimeKnown).toBe(false);
    read(trades(trade(70, 2)), 100);
    expect(session.seenTimeOf((START + 100) as UnixMs)).toBe(START + 70);
  });

  test('a context bears no time: it is of the moment it is seen, and waits until that moment is known', () => {
    const { session, read } = opened();
    expect(read(context(), 100)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'unknown-time': 1 });
    read(book(60), 100);
    const at = { eventTime: START + 160, seenTime: START + 160 };
    expect(read(context(), 200)).toMatchObject([
      { kind: 'mark', price: 60_000.5, ...at },
      { kind: 'index', price: 60_001, ...at },
      { kind: 'open-interest', size: 38_485.06546, ...at },
      { kind: 'funding', rate: -0.0000125, nextTime: undefined, ...at },
    ]);
  });

  test('each frame replaces the book, with as many levels as it shows; an older one is left out', () => {
    const { session, read } = opened();
    read(book(100), 100);
    const fast = { fast: true, levels: [[level('60002.0', '4')], []] };
    expect(kinds(read(book(600, fast), 600))).toEqual(['book-snapshot']);
    expect(read(book(100), 601)).toEqual([]);
    const view = session.book('hyperliquid:BTC')!;
    expect([[...view.bids.ticks], [...view.bids.sizes], [...view.asks.ticks]]).toEqual([[600_020], [4], []]);
    expect(session.counters.drops).toEqual({ 'older-book': 1 });
  });

  test('(d) after a lost socket every channel that delivered is a gap and comes back with the next frame', () => {
    const { session, read } = live();
    read(trades(trade(1, 2)), 1);
    read(context(), 2);
    const cut = session.onClose((START + 10) as UnixMs, 'lost', URL);
    expect(cut.map((event) => event.kind === 'gap' && event.channel)).toEqual([
      ...['book', 'trades', 'mark', 'index', 'open-interest', 'funding'],
    ]);
    expect(session.book('hyperliquid:BTC')).toBeUndefined();
    session.onOpen(URL, (START + 20) as UnixMs);
    expect(kinds(read(book(30), 30))).toEqual([...Array<string>(5).fill('resumed'), 'book-snapshot', 'resumed']);
  });

  test.each(['buyer', 'seller'])(
    'a trade with a liquidator vault as its %s is a trade and no liquidation: it does not say whose position ended',
    (role) => {
      const { session, read } = live();
      const users = role === 'buyer' ? [VAULT, '0x02'] : ['0x01', VAULT];
      expect(kinds(read(trades(trade(1, 2, { users })), 1))).toEqual(['trade']);
      read(trades(trade(1, 2, { users })), 2);
      expect(session.counters.drops).toEqual({
        'history-trade': 1,
        'possible-liquidation': 1,
        'duplicate-trade': 1,
      });
    },
  );

  test('of a frame with one bad trade nothing is told and nothing remembered: sound, it counts', () => {
    const { session, read } = live();
    read(trades(trade(1, 2), trade(1, 3, { sz: 'x' })), 1);
    expect(session.takeFaults()).toMatchObject([{ field: 'trades.sz' }]);
    expect(kinds(read(trades(trade(1, 2), trade(1, 3)), 2))).toEqual(['trade', 'trade']);
  });

  test('another tick size begins the book anew, and the subscription goes on without history', () => {
    const { session, read } = live();
    read(trades(trade(1, 2)), 1);
    const finer = { ...tabledInstrument('BTC')!, tickSize: '0.01' };
    expect(kinds(session.relist([finer], (START + 2) as UnixMs))).toEqual(['gap', 'gap', 'instrument']);
    expect(session.takeResubscriptions()).toEqual(['hyperliquid:BTC']);
    expect(kinds(read(trades(trade(3, 3, { px: '60000.55' })), 3))).toEqual(['resumed', 'trade']);
  });

  test('a contract of unknown size has prices, and no trade, book or open interest is made up for it', () => {
    const spec = { ...tabledInstrument('BTC')!, contractMultiplier: undefined };
    const session = hyperliquid.createSession({ instruments: [spec] });
    const read = (text: string): readonly MarketEvent[] => session.onText(text, START as UnixMs);
    expect(kinds(read(book(0)))).toEqual(['instrument']);
    read(trades(trade(-5, 1)));
    expect(read(trades(trade(0, 2)))).toEqual([]);
    expect(kinds(read(context()))).toEqual(['mark', 'index', 'funding']);
    expect(session.counters.drops).toEqual({ 'unknown-multiplier': 4 });
  });

  test('coins are case sensitive: other coins are left out, and nothing is known of one that is not in the table', () => {
    const { session, read } = opened();
    expect(read(trades(trade(1, 1, { coin: 'ETH' })), 1)).toEqual([]);
    expect(read(trades(trade(1, 1, { coin: 'btc' })), 1)).toEqual([]);
    expect(read(trades(), 1)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'other-symbol': 1, 'unknown-instrument': 1, 'empty-frame': 1 });
  });

  test('acknowledgements and pongs say nothing, other channels are not used, and refusals are told', () => {
    const { session, read } = opened();
    for (const text of [
      frame('subscriptionResponse', { method: 'subscribe', subscription: { type: 'trades', coin: 'BTC' } }),
      '{"channel":"pong"}',
      frame('bbo', { coin: 'BTC' }),
    ])
      expect(read(text)).toEqual([]);
    expect(session.takeFaults()).toEqual([]);
    expect(kinds(read(frame('error', 'Invalid subscription')))).toEqual(['status']);
    expect(session.takeFaults()).toMatchObject([{ code: 'venue-error', field: 'error' }]);
  });

  test.each([
    ['not JSON', '{"channel":', 'frame'],
    ['no channel', '{"data":[]}', 'channel'],
    ['no coin', frame('l2Book', { time: START }), 'l2Book.coin'],
    ['trades that are no list', frame('trades', {}), 'trades.coin'],
    ['a trade of another coin', trades(trade(1, 2), trade(1, 3, { coin: 'ETH' })), 'trades.coin'],
    ['a trade that is no object', trades(trade(1, 2), 7), 'trades[1]'],
    ['an id that is none', trades(trade(1, 'x7')), 'trades.tid'],
    ['an id beyond what a number holds', trades(trade(1, 2 ** 60)), 'trades.tid'],
    ['a price as number', trades(trade(1, 2, { px: 60_000 })), 'trades.px'],
    ['a price between ticks', trades(trade(1, 2, { px: '60000.15' })), 'trades.px'],
    ['a size of zero', trades(trade(1, 2, { sz: '0.0' })), 'trades.sz'],
    ['a side that is none', trades(trade(1, 2, { side: 'buy' })), 'trades.side'],
    ['a trade without time', trades(trade(1, 2, { time: '2026' })), 'trades.time'],
    ['a book without time', book(1, { time: undefined }), 'l2Book.time'],
    ['a book of one side', book(1, { levels: [[]] }), 'l2Book.levels'],
    ['a side that is no list', book(1, { levels: [[], {}] }), 'l2Book.levels[1]'],
    ['a level that is no object', book(1, { levels: [[['1', '2']], []] }), 'l2Book.levels[0][0]'],
    ['a bad price of a level', book(1, { levels: [[level('0', '1')], []] }), 'l2Book.levels[0][0].px'],
    ['a bad size of a level', book(1, { levels: [[], [level('1', '-1')]] }), 'l2Book.levels[1][0].sz'],
    ['a context that is none', frame('activeAssetCtx', { coin: 'BTC' }), 'activeAssetCtx.ctx'],
    ['no mark', context({ markPx: null }), 'ctx.markPx'],
    ['an oracle price of zero', context({ oraclePx: '0' }), 'ctx.oraclePx'],
    ['open interest below zero', context({ openInterest: '-1' }), 'ctx.openInterest'],
    ['funding in words', context({ funding: 'none' }), 'ctx.funding'],
  ])('%s is a fault by field, told as trouble, and the session lives', (_, text, field) => {
    const { session, read } = live();
    expect(read(text, 1)).toMatchObject([{ kind: 'status', state: 'amber', venue: 'hyperliquid' }]);
    expect(session.takeFaults()).toMatchObject([{ field }]);
    expect(read(text, 2), 'trouble is told once').toEqual([]);
    expect(kinds(read(trades(trade(20_000, 9)), 20_000))).toEqual(['status', 'trade']);
  });
});

describe('the wire', () => {
  const spec = tabledInstrument('BTC')!;
  const planned = (...on: readonly Channel[]) => {
    const plans = hyperliquidWire.plans(spec, (channel) => on.includes(channel));
    return plans.ok ? plans.value : [];
  };

  test('subscribes with one message each to what is on, and pings every 30 s', () => {
    expect(planned('book', 'trades', 'funding')).toEqual([
      {
        url: URL,
        streams: [
          { name: 'l2Book BTC', channel: 'book', mustSpeak: true, reconnectMs: 12_000 },
          { name: 'activeAssetCtx BTC', channel: 'mark', mustSpeak: true },
          { name: 'trades BTC', channel: 'trades', mustSpeak: false },
        ],
        hello: ['l2Book', 'activeAssetCtx', 'trades'].map((type) =>
          JSON.stringify({ method: 'subscribe', subscription: { type, coin: 'BTC' } }),
        ),
        keepAlive: { everyMs: 30_000, text: '{"method":"ping"}' },
      },
    ]);
    expect(planned()).toEqual([]);
    expect(planned('liquidations'), 'none are public').toEqual([]);
  });

  test('a frame belongs to its stream and coin; acknowledgements, pongs and errors belong to none', () => {
    for (const text of [book(1), context(), trades(trade(1, 1))])
      expect(planned('book', 'mark', 'trades')[0]?.streams.map(({ name }) => name)).toContain(
        hyperliquidWire.streamOf(text),
      );
    const ack = frame('subscriptionResponse', { method: 'subscribe', subscription: { type: 'trades', coin: 'BTC' } });
    for (const text of [ack, '{"channel":"pong"}', frame('error', 'no')])
      expect(hyperliquidWire.streamOf(text)).toBeUndefined();
  });

  test('a new book is asked for by subscribing anew', () => {
    expect(hyperliquidWire.bookAgain?.(spec)).toEqual(
      ['unsubscribe', 'subscribe'].map((method) =>
        JSON.stringify({ method, subscription: { type: 'l2Book', coin: 'BTC' } }),
      ),
    );
  });
});

test('the finest price step has six decimals less those of a size, and names select assets', () => {
  expect(['BTC', 'ETH', 'SOL', 'XRP', 'DOGE'].map((coin) => tabledInstrument(coin)!)).toMatchObject([
    { symbol: 'BTCUSDT', tickSize: '0.1', sizeStep: '0.00001', contractMultiplier: 1, kind: 'linear' },
    { symbol: 'ETHUSDT', tickSize: '0.01', sizeStep: '0.0001' },
    { symbol: 'SOLUSDT', tickSize: '0.0001', sizeStep: '0.01' },
    { symbol: 'XRPUSDT', tickSize: '0.000001', sizeStep: '1' },
    { symbol: 'DOGEUSDT', tickSize: '0.000001', sizeStep: '1' },
  ]);
  expect(tabledInstrument('BTCUSDT')).toBeUndefined();
  expect([ownSymbolOf('BTCUSDT'), ownSymbolOf('BTC'), ownSymbolOf('toString')]).toEqual(['BTC', undefined, undefined]);
});
