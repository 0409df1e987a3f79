import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { VenueAdapter } from '../src/feed.js';
import { RATIO_PERIOD_MS } from '../src/ratio-reading.js';
import { aster } from '../src/venues/aster/index.js';
import { binance } from '../src/venues/binance/index.js';
import { bitget } from '../src/venues/bitget/index.js';
import { bybit } from '../src/venues/bybit/index.js';
import { gate } from '../src/venues/gate/index.js';
import { htx } from '../src/venues/htx/index.js';
import { okx } from '../src/venues/okx/index.js';

// Bodies written by hand in the shape that clients describe; none of them is a capture.
const T = 1_790_000_100_000;
const NOW = (T + 2_000) as UnixMs;

interface Case {
  readonly adapter: VenueAdapter;
  readonly url: string;
  /** Query that asks for a span of the past; absent where the venue has none. */
  readonly past?: string;
  /** A body whose rows are `changes` put over sound ones, the first at T, each five minutes older than the one before. */
  body(...changes: readonly object[]): unknown;
  readonly told: readonly string[];
  /** Faults by change of the only row, and the field that is named. */
  readonly faults: readonly (readonly [name: string, change: object, field: string])[];
}

const time = (i: number) => T - i * RATIO_PERIOD_MS;
const rowsOf = (changes: readonly object[], row: (i: number) => object) =>
  (changes.length === 0 ? [{}] : changes).map((change, i) => ({ ...row(i), ...change }));

const CASES: Readonly<Record<string, Case>> = {
  binance: {
    adapter: binance,
    url: 'https://fapi.binance.com/futures/data/topLongShortPositionRatio?symbol=BTCUSDT&period=5m&limit=4',
    past: '&startTime=1&endTime=2',
    body: (...changes) =>
      rowsOf(changes, (i) => {
        const shares = { longAccount: '0.7500', shortAccount: '0.2500', longShortRatio: '3.0000' };
        return { symbol: 'BTCUSDT', ...shares, timestamp: time(i) };
      }),
    told: ['top-positions 0.75'],
    faults: [
      ['no share', { longAccount: undefined }, 'long-short-ratio.longAccount'],
      ['NaN', { longAccount: 'NaN' }, 'long-short-ratio.longAccount'],
      ['a share above 1', { longAccount: '1.01' }, 'long-short-ratio.longAccount'],
      ['another symbol', { symbol: 'BTCUSDC' }, 'long-short-ratio.symbol'],
      ['a time in seconds', { timestamp: T / 1_000 }, 'long-short-ratio.timestamp'],
    ],
  },
  bybit: {
    adapter: bybit,
    url: 'https://api.bybit.com/v5/market/account-ratio?category=linear&symbol=BTCUSDT&period=5min&limit=4',
    past: '&startTime=1&endTime=2',
    body: (...changes) => {
      const list = rowsOf(changes, (i) => {
        return { symbol: 'BTCUSDT', buyRatio: '0.75', sellRatio: '0.25', timestamp: String(time(i)) };
      });
      return { retCode: 0, retMsg: 'OK', result: { list, nextPageCursor: '' }, time: T };
    },
    told: ['all-accounts 0.75'],
    faults: [
      ['no share', { buyRatio: undefined }, 'account-ratio.buyRatio'],
      ['NaN', { buyRatio: 'NaN' }, 'account-ratio.buyRatio'],
      ['another symbol', { symbol: 'BTCPERP' }, 'account-ratio.symbol'],
      ['no time', { timestamp: '' }, 'account-ratio.timestamp'],
    ],
  },
  okx: {
    adapter: okx,
    url: 'https://www.okx.com/api/v5/rubik/stat/contracts/long-short-account-ratio-contract?instId=BTC-USDT-SWAP&period=5m&limit=4',
    past: '&begin=1&end=2',
    body: (...changes) => {
      const rows = rowsOf(changes, (i) => ({ 0: String(time(i)), 1: '3' }));
      return { code: '0', msg: '', data: rows.map((row) => [...Object.values(row)]) };
    },
    told: ['all-accounts 0.75'],
    faults: [
      ['NaN', { 1: 'NaN' }, 'long-short-ratio[1]'],
      ['a negative ratio', { 1: '-1' }, 'long-short-ratio[1]'],
      ['no time', { 0: '' }, 'long-short-ratio[0]'],
    ],
  },
  gate: {
    adapter: gate,
    url: 'https://api.gateio.ws/api/v4/futures/usdt/contract_stats?contract=BTC_USDT&interval=5m&limit=4',
    past: '&from=1',
    body: (...changes) =>
      rowsOf(changes, (i) => {
        return { time: time(i) / 1_000, open_interest: 1, lsr_account: 3, top_lsr_account: 1, top_lsr_size: 0 };
      }),
    told: ['all-accounts 0.75', 'top-accounts 0.5'],
    faults: [
      ['no ratio', { lsr_account: undefined }, 'contract_stats.lsr_account'],
      ['NaN', { top_lsr_account: 'NaN' }, 'contract_stats.top_lsr_account'],
      ['no time', { time: undefined }, 'contract_stats.time'],
    ],
  },
  bitget: {
    adapter: bitget,
    url: 'https://api.bitget.com/api/v2/mix/market/account-long-short?symbol=BTCUSDT&period=5m',
    body: (...changes) => {
      const data = rowsOf(changes, (i) => {
        return { longAccountRatio: '0.75', shortAccountRatio: '0.25', longShortAccountRatio: '3', ts: String(time(i)) };
      });
      return { code: '00000', msg: 'success', requestTime: T, data };
    },
    told: ['all-accounts 0.75'],
    faults: [
      ['no share', { longAccountRatio: undefined }, 'account-long-short.longAccountRatio'],
      ['NaN', { shortAccountRatio: 'NaN' }, 'account-long-short.shortAccountRatio'],
      ['no time', { ts: null }, 'account-long-short.ts'],
    ],
  },
  htx: {
    adapter: htx,
    url: 'https://api.hbdm.com/linear-swap-api/v1/swap_elite_position_ratio?contract_code=BTC-USDT&period=5min',
    body: (...changes) => {
      const list = rowsOf(changes, (i) => ({ buy_ratio: 0.75, sell_ratio: 0.25, ts: time(i) }));
      return { status: 'ok', data: { symbol: 'BTC', contract_code: 'BTC-USDT', list }, ts: T };
    },
    told: ['top-positions 0.75'],
    faults: [
      ['no share', { buy_ratio: undefined }, 'elite_ratio.buy_ratio'],
      ['a text', { sell_ratio: 'NaN' }, 'elite_ratio.sell_ratio'],
      ['no time', { ts: '' }, 'elite_ratio.ts'],
    ],
  },
};

function read(adapter: VenueAdapter, url: string, ...bodies: readonly unknown[]) {
  const session = adapter.createSession({ symbols: ['BTCUSDT'] });
  const events = bodies.flatMap((body, i) => [
    ...session.onRest(url, typeof body === 'string' ? body : JSON.stringify(body), (NOW + i) as UnixMs),
  ]);
  return { session, events };
}
const ratiosOf = (events: readonly MarketEvent[]) =>
  events.flatMap((event) => (event.kind === 'long-short-ratio' ? [event] : []));

describe.each(Object.entries(CASES))('%s', (_, { adapter, url, past, body, told, faults }) => {
  test('the newest row is told when it arrives, behind its listing, and once', () => {
    const { events, session } = read(adapter, url, body({}, {}, {}), body({}, {}));
    expect(events[0]).toMatchObject({ kind: 'instrument', spec: { symbol: 'BTCUSDT' } });
    const ratios = ratiosOf(events);
    expect(ratios.map(({ population, longShare }) => `${population} ${longShare}`)).toEqual(told);
    for (const ratio of ratios) expect(ratio).toMatchObject({ eventTime: T, seenTime: NOW });
    expect(events).toHaveLength(1 + told.length);
    expect(session.takeFaults()).toEqual([]);
  });

  test.skipIf(past === undefined)(
    'rows of a span are known one period after their times, those not known yet are left',
    () => {
      const ratios = ratiosOf(read(adapter, `${url}${past}`, body({}, {}, {})).events);
      const times = ratios.filter(({ population }) => told[0]!.startsWith(population));
      expect(times.map(({ eventTime }) => eventTime)).toEqual([time(2), time(1)]);
      for (const { eventTime, seenTime } of times) expect(seenTime).toBe(eventTime + RATIO_PERIOD_MS);
    },
  );

  test.each(faults)('%s is a fault that names its field and troubles no other channel', (_name, change, field) => {
    const { events, session } = read(adapter, url, body({}, change));
    expect(events.map((event) => (event.kind === 'status' ? event.channel : event.kind))).toEqual(['ratios']);
    expect(session.takeFaults()).toMatchObject([{ field }]);
  });

  test('a refusal, a body that is no JSON and another symbol tell no ratio', () => {
    for (const wrong of ['', '<html>', '{}', 'null', '{"code":-1121,"msg":"Invalid symbol."}'])
      expect(ratiosOf(read(adapter, url, wrong).events)).toEqual([]);
    const other = url.replace(/BTC(?=[-_]?USDT)/, 'ETH');
    expect(ratiosOf(read(adapter, other, body({ symbol: 'ETHUSDT' })).events)).toEqual([]);
  });
});

test('HTX: an answer of another contract is a fault', () => {
  const { adapter, url, body } = CASES['htx']!;
  const whole = body() as { readonly data: object };
  const { events, session } = read(adapter, url, { ...whole, data: { ...whole.data, contract_code: 'ETH-USDT' } });
  expect(ratiosOf(events)).toEqual([]);
  expect(session.takeFaults()).toMatchObject([{ field: 'elite_ratio.data.contract_code' }]);
});

test('venues of the same addresses share no body: one of another host is not read', () => {
  const { url, body } = CASES['binance']!;
  expect(ratiosOf(read(aster, url, body()).events)).toEqual([]);
});
