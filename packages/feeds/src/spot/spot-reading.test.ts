import { describe, expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { binanceSpot } from '../venues/binance/spot.js';
import { bybitSpot } from '../venues/bybit/spot.js';
import { okxSpot } from '../venues/okx/spot.js';
import { SpotReading } from './spot-reading.js';
import { spotAssetOf, type SpotWire } from './spot-wire.js';

// Frames written by hand in the shape that clients describe; none of them is a capture.
const T = 1_790_000_000_000;

interface Case {
  readonly wire: SpotWire;
  readonly pair: string;
  readonly hello: string;
  frame(change?: object, time?: number): string;
  /** Frames that say nothing of prices. */
  readonly idle: readonly string[];
  readonly faults: readonly (readonly [name: string, text: string, field: string])[];
}

const binanceFrame = (change: object = {}, time = T): string => {
  const data = { e: '24hrMiniTicker', E: time, s: 'BTCUSDT', c: '60000.01', o: '1', h: '1', l: '1', v: '1', q: '1' };
  return JSON.stringify({ stream: 'btcusdt@miniTicker', data: { ...data, ...change } });
};
const bybitFrame = (change: object = {}, time = T): string => {
  const data = { symbol: 'BTCUSDT', lastPrice: '60000.01', highPrice24h: '1', usdIndexPrice: '60001.5', ...change };
  return JSON.stringify({ topic: 'tickers.BTCUSDT', ts: time, type: 'snapshot', cs: 2_588_407_389, data });
};
const okxFrame = (change: object = {}, time = T): string => {
  const item = { instType: 'SPOT', instId: 'BTC-USDT', last: '60000.01', lastSz: '0.1', ts: String(time), ...change };
  return JSON.stringify({ arg: { channel: 'tickers', instId: 'BTC-USDT' }, data: [item] });
};

const CASES: Readonly<Record<string, Case>> = {
  binance: {
    wire: binanceSpot,
    pair: 'BTCUSDT',
    hello: '{"method":"SUBSCRIBE","params":["btcusdt@miniTicker"],"id":1}',
    frame: binanceFrame,
    idle: ['{"result":null,"id":1}'],
    faults: [
      ['no price', binanceFrame({ c: undefined }), 'miniTicker.c'],
      ['NaN', binanceFrame({ c: 'NaN' }), 'miniTicker.c'],
      ['a price of 0', binanceFrame({ c: '0' }), 'miniTicker.c'],
      ['another symbol', binanceFrame({ s: 'BTCUSDC' }), 'miniTicker.s'],
      ['no time', binanceFrame({ E: undefined }), 'miniTicker.E'],
      ['a refusal', '{"error":{"code":2,"msg":"Invalid request"},"id":1}', 'miniTicker.data'],
    ],
  },
  bybit: {
    wire: bybitSpot,
    pair: 'BTCUSDT',
    hello: '{"op":"subscribe","args":["tickers.BTCUSDT"]}',
    frame: bybitFrame,
    idle: [
      '{"success":true,"ret_msg":"subscribe","conn_id":"a","op":"subscribe"}',
      '{"success":true,"ret_msg":"pong"}',
    ],
    faults: [
      ['no price', bybitFrame({ lastPrice: undefined }), 'tickers.lastPrice'],
      ['NaN', bybitFrame({ lastPrice: 'NaN' }), 'tickers.lastPrice'],
      ['another symbol', bybitFrame({ symbol: 'ETHUSDT' }), 'tickers.symbol'],
      ['no time', bybitFrame({}, Number.NaN), 'tickers.ts'],
      ['a refusal', '{"success":false,"ret_msg":"Invalid symbol","op":"subscribe"}', 'tickers.data'],
    ],
  },
  okx: {
    wire: okxSpot,
    pair: 'BTC-USDT',
    hello: '{"op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"}]}',
    frame: okxFrame,
    idle: ['pong', '{"event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"},"connId":"a"}'],
    faults: [
      ['no price', okxFrame({ last: undefined }), 'tickers.last'],
      ['NaN', okxFrame({ last: 'NaN' }), 'tickers.last'],
      ['another symbol', okxFrame({ instId: 'BTC-USDT-SWAP' }), 'tickers.instId'],
      ['a time that is a number', okxFrame({ ts: T }), 'tickers.ts'],
      ['a refusal', '{"event":"error","code":"60018","msg":"Invalid channel"}', 'tickers'],
    ],
  },
};

describe.each(Object.entries(CASES))('%s', (_, { wire, pair, hello, frame, idle, faults }) => {
  test('asks for one pair and reads its price with the time of the venue', () => {
    expect(wire.pairOf('BTC')).toBe(pair);
    expect(wire.hello(pair)).toEqual([hello]);
    expect(wire.isData(frame())).toBe(true);
    expect(wire.read(frame(), pair)).toEqual({ ok: true, value: { price: 60_000.01, time: T } });
  });

  test.each(idle.map((text) => [text]))('%s says nothing', (text) => {
    expect(wire.isData(text)).toBe(false);
    expect(wire.read(text, pair)).toEqual({ ok: true, value: undefined });
  });

  test.each(faults)('%s is a fault that names its field', (_name, text, field) => {
    expect(wire.read(text, pair)).toMatchObject({ ok: false, fault: { field } });
  });

  test('a torn frame is a fault', () => {
    for (const text of ['', '{', '[]', frame().slice(0, -5)])
      expect(wire.read(text, pair)).toMatchObject({ ok: false, fault: { field: 'frame' } });
  });
});

function setUp() {
  const troubles: string[] = [];
  const reading = new SpotReading(binanceSpot, 'BTCUSDT', 'binance:BTCUSDT', (state, detail) => {
    troubles.push(`${state} ${detail}`.trim());
  });
  const read = (time: number, change: object = {}, seen = time + 50) =>
    reading.onText(binanceFrame(change, T + time), (T + seen) as UnixMs);
  return { reading, read, troubles };
}

test('a price is told when it arrived, of the contract it stands beside', () => {
  const { read } = setUp();
  expect(read(0)).toEqual([
    { kind: 'spot', instrument: 'binance:BTCUSDT', eventTime: T, seenTime: T + 50, price: 60_000.01 },
  ]);
});

test('a price that repeats itself is told once a second, another one at once', () => {
  const { read } = setUp();
  expect(
    [read(0), read(400), read(999), read(1_000), read(1_100, { c: '60000.02' })].map((told) => told.length),
  ).toEqual([1, 0, 0, 1, 1]);
});

test('what is older than the newest price is left out', () => {
  const { read } = setUp();
  read(1_000);
  expect(read(500, { c: '1' }, 1_100)).toEqual([]);
  expect(read(1_000, { c: '60000.5' }, 1_200)).toHaveLength(1);
});

test('a price of the future is a fault and holds nothing up', () => {
  const { read, troubles } = setUp();
  expect(read(60_000, {}, 0)).toEqual([]);
  expect(troubles).toEqual([expect.stringMatching(/^amber spot time must not be later than now/)]);
  expect(read(100)).toHaveLength(1);
});

test('a cut is one gap from the newest price on, and ends with the next one', () => {
  const { reading, read } = setUp();
  expect(reading.onCut((T + 10) as UnixMs, 'cut')).toEqual([]);
  read(0);
  expect(reading.onCut((T + 900) as UnixMs, 'the connection was cut')).toEqual([
    {
      ...{ kind: 'gap', instrument: 'binance:BTCUSDT', channel: 'spot', eventTime: T + 900, seenTime: T + 900 },
      ...{ from: T, to: T + 900, reason: 'the connection was cut' },
    },
  ]);
  expect(reading.onCut((T + 950) as UnixMs, 'again')).toEqual([]);
  expect(read(960).map(({ kind }) => kind)).toEqual(['resumed', 'spot']);
});

test('trouble is told once and ends when ten seconds have brought none', () => {
  const { read, troubles } = setUp();
  for (const time of [0, 100, 200]) read(time, { c: 'NaN' });
  read(5_000);
  expect(troubles).toEqual(['amber miniTicker.c must be a positive decimal, was "NaN"']);
  read(10_300);
  expect(troubles.slice(1)).toEqual(['live']);
});

test('five assets have known pairs in USDT, others none', () => {
  const symbols = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE'].map((asset) => spotAssetOf(`${asset}USDT`));
  expect(symbols).toEqual(['BTC', 'ETH', 'SOL', 'XRP', 'DOGE']);
  for (const other of ['BTCUSDC', 'PEPEUSDT', 'USDT', '']) expect(spotAssetOf(other)).toBeUndefined();
});
