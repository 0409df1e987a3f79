import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { INSTRUMENTS_URL, TIME_URL, candlesRequest, candlesUrl, tradesUrl } from './endpoints.js';
import { deribit } from './index.js';
import { tabledInstrument } from './instruments.js';
import { parseBars, parseInstruments, parseMissedTrades, parseServerTime } from './parse-rest.js';

const START = 1_790_265_600_000;
const MINUTE = 60_000;
const INVERSE = tabledInstrument('BTC-PERPETUAL')!;
const LINEAR = tabledInstrument('SOL_USDC-PERPETUAL')!;

const answer = (result: unknown) => ({ jsonrpc: '2.0', id: 9, result, usIn: 1, usOut: 2, usDiff: 1, testnet: false });
const row = (name: string, more: object = {}) => ({
  instrument_name: name,
  kind: 'future',
  settlement_period: 'perpetual',
  instrument_type: 'linear',
  base_currency: 'SOL',
  quote_currency: 'USDC',
  tick_size: 0.01,
  contract_size: 0.1,
  is_active: true,
  ...more,
});
const BTC = { instrument_type: 'reversed', base_currency: 'BTC', quote_currency: 'USD', tick_size: 0.5 };

test('perpetuals against a dollar are listed, inverse ones first; amounts are no contracts', () => {
  const specs = parseInstruments(
    answer([
      row('BTC_USDC-PERPETUAL', { ...BTC, instrument_type: 'linear', quote_currency: 'USDC', contract_size: 0.0001 }),
      row('SOL_USDC-PERPETUAL', { tick_size: 1e-7 }),
      row('BTC-PERPETUAL', { ...BTC, contract_size: 10 }),
      row('BTC-25DEC26', { settlement_period: 'month' }),
      row('ETH_BTC-PERPETUAL', { quote_currency: 'BTC' }),
      row('OLD_USDC-PERPETUAL', { is_active: false }),
      row('BTC-FS-PERP', { kind: 'future_combo' }),
    ]),
  );
  expect(
    specs.ok &&
      specs.value.map(({ ownSymbol, symbol, kind, tickSize, sizeStep }) => [
        ownSymbol,
        symbol,
        kind,
        tickSize,
        sizeStep,
      ]),
  ).toEqual([
    ['BTC-PERPETUAL', 'BTCUSDT', 'inverse', '0.5', '10'],
    ['BTC_USDC-PERPETUAL', 'BTCUSDT', 'linear', '0.5', '0.0001'],
    ['SOL_USDC-PERPETUAL', 'SOLUSDT', 'linear', '0.0000001', '0.1'],
  ]);
  expect(specs.ok && specs.value.every(({ contractMultiplier }) => contractMultiplier === 1)).toBe(true);
});

test.each([
  ['no object', null, 'answer'],
  ['a refusal', { error: { message: 'no' } }, 'answer.error'],
  ['no result', { id: 1 }, 'answer.result'],
  ['no list', answer({}), 'get_instruments'],
  ['no name', answer([row('')]), 'get_instruments.instrument_name'],
  ['no coin', answer([row('A', { base_currency: 7 })]), 'A.base_currency'],
  ['another type', answer([row('A', { instrument_type: 'toString' })]), 'A.instrument_type'],
  ['no tick size', answer([row('A', { tick_size: '0.5' })]), 'A.tick_size'],
  ['no step', answer([row('A', { contract_size: 0 })]), 'A.contract_size'],
])('a list with %s is a fault by field', (_, raw, field) => {
  expect(parseInstruments(raw)).toMatchObject({ ok: false, fault: { field } });
});

const candles = (more: object = {}) => ({
  status: 'ok',
  ticks: [START, START + MINUTE, START + 2 * MINUTE],
  open: [60_000, 60_010, 60_020],
  high: [60_020, 60_030, 60_040],
  low: [59_990, 60_000, 60_010],
  close: [60_010, 60_020, 60_030],
  volume: [0.5, 0.25, 1],
  cost: [30_000, 15_000, 60_000],
  ...more,
});

test('closed candles become bars, sized in USD for an inverse contract and in coin for a linear one', () => {
  const now = (START + 2 * MINUTE) as UnixMs;
  const bars = parseBars(answer(candles()), INVERSE, MINUTE, now);
  expect(bars.ok && bars.value).toHaveLength(2);
  expect(bars.ok && bars.value[0]).toEqual({
    kind: 'bar',
    instrument: 'deribit:BTC-PERPETUAL',
    eventTime: START + MINUTE,
    seenTime: START + MINUTE,
    durationMs: MINUTE,
    ...{ open: 60_000, high: 60_020, low: 59_990, close: 60_010 },
    size: 30_000,
    takerBuySize: undefined,
  });
  expect(parseBars(answer(candles()), LINEAR, MINUTE, now)).toMatchObject({ value: [{ size: 0.5 }, { size: 0.25 }] });
  expect(parseBars(answer({ status: 'no_data' }), INVERSE, MINUTE, now)).toEqual({ ok: true, value: [] });
});

test.each([
  ['no object', [], 'candles'],
  ['a status nobody has named', candles({ status: 'late' }), 'candles.status'],
  ['no times', candles({ ticks: undefined }), 'candles.ticks'],
  ['a bad time', candles({ ticks: ['x'] }), 'candles.ticks[0]'],
  ['no open', candles({ open: [0] }), 'candles.open[0]'],
  ['a column that is too short', candles({ close: [60_010] }), 'candles.close[1]'],
  ['a column that is none', candles({ high: undefined }), 'candles.high[0]'],
  ['a high that is not the highest', candles({ high: [60_001] }), 'candles.high[0]'],
  ['a low that is not the lowest', candles({ low: [60_001] }), 'candles.low[0]'],
  ['no amount in USD', candles({ cost: undefined }), 'candles.cost[0]'],
])('candles with %s are a fault by field', (_, result, field) => {
  const bars = parseBars(answer(result), INVERSE, MINUTE, (START + 9 * MINUTE) as UnixMs);
  expect(bars).toMatchObject({ ok: false, fault: { field } });
});

const past = (ms: number, id: string) => ({
  instrument_name: 'BTC-PERPETUAL',
  trade_id: id,
  timestamp: START + ms,
  price: 60_000,
  amount: 10,
  direction: 'buy',
});

test('missed trades become one frame of the stream, oldest first, which a session reads', () => {
  const from = (START + 1) as UnixMs;
  const raw = answer({ trades: [past(9, 'c'), past(5, 'b'), past(3, 'a')], has_more: false });
  const missed = parseMissedTrades(raw, 'BTC-PERPETUAL', from);
  expect(missed).toMatchObject({ ok: true, value: { from } });
  const session = deribit.createSession({});
  const told = session.onText((missed.ok && missed.value.frames[0]) || '', (START + 99) as UnixMs);
  expect(told.map((event) => event.kind === 'trade' && event.id)).toEqual([false, 'a', 'b', 'c']);
});

test('where more trades were missed than one answer holds, they are complete back to the oldest alone', () => {
  const raw = answer({ trades: [past(9, 'c'), past(5, 'b')], has_more: true });
  expect(parseMissedTrades(raw, 'BTC-PERPETUAL', START as UnixMs)).toMatchObject({ value: { from: START + 5 } });
  const none = answer({ trades: [], has_more: false });
  expect(parseMissedTrades(none, 'BTC-PERPETUAL', START as UnixMs)).toEqual({
    ok: true,
    value: { frames: [], from: START },
  });
});

test.each([
  ['no object', answer([]), 'get_last_trades'],
  ['no list', answer({ has_more: false }), 'get_last_trades.trades'],
  ['no word on more', answer({ trades: [] }), 'get_last_trades.has_more'],
  ['no time', answer({ trades: [{}], has_more: false }), 'get_last_trades.timestamp'],
])('missed trades with %s are a fault by field', (_, raw, field) => {
  expect(parseMissedTrades(raw, 'BTC-PERPETUAL', START as UnixMs)).toMatchObject({ ok: false, fault: { field } });
});

test('the venue’s time is the answer itself', () => {
  expect(parseServerTime(answer(START))).toEqual({ ok: true, value: START });
  expect(parseServerTime(answer('soon'))).toMatchObject({ ok: false, fault: { field: 'get_time' } });
});

test('candles are asked for by address or, since a page may not read that, by a frame of the socket', () => {
  const span = { from: START, to: START + MINUTE };
  const query = `instrument_name=BTC-PERPETUAL&start_timestamp=${String(START)}&end_timestamp=${String(START + MINUTE)}`;
  const base = 'https://www.deribit.com/api/v2/public';
  expect(candlesUrl('BTC-PERPETUAL', '5m', span)).toBe(`${base}/get_tradingview_chart_data?${query}&resolution=5`);
  expect(JSON.parse(candlesRequest('BTC-PERPETUAL', '1m', span, 9))).toEqual({
    jsonrpc: '2.0',
    id: 9,
    method: 'public/get_tradingview_chart_data',
    params: {
      instrument_name: 'BTC-PERPETUAL',
      start_timestamp: START,
      end_timestamp: START + MINUTE,
      resolution: '1',
    },
  });
  expect(tradesUrl('BTC-PERPETUAL', span)).toBe(
    `${base}/get_last_trades_by_instrument_and_time?${query}&count=1000&sorting=desc`,
  );
  expect(INSTRUMENTS_URL).toBe(`${base}/get_instruments?currency=any&kind=future&expired=false`);
  expect(TIME_URL).toBe(`${base}/get_time`);
});
