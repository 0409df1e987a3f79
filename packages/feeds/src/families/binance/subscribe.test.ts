import { expect, test } from 'vitest';
import { LINE as COINM } from '../../venues/binance-coinm/instruments.js';
import { LINE } from '../../venues/binance/instruments.js';
import { channelOfStream, classOfStream, socketPlans, streamOfFrame, streamsOf } from './subscribe.js';

test.each([
  ['btcusdt@depth@100ms', 'public'],
  ['btcusdt@depth20@500ms', 'public'],
  ['btcusdt@rpiDepth@500ms', 'public'],
  ['btcusdt@bookTicker', 'public'],
  ['!bookTicker', 'public'],
  ['btcusdt@trade', 'public'],
  ['btcusdt@aggTrade', 'market'],
  ['btcusdt@markPrice@1s', 'market'],
  ['!markPrice@arr@1s', 'market'],
  ['btcusdt@kline_1m', 'market'],
  ['btcusdt_perpetual@continuousKline_1m', 'market'],
  ['btcusdt@forceOrder', 'market'],
  ['!forceOrder@arr', 'market'],
  ['!contractInfo', 'market'],
] as const)('%s flows on the %s path', (stream, streamClass) => {
  expect(classOfStream(stream)).toEqual({ ok: true, value: streamClass });
});

test.each(['btcusdt@depths', 'btcusdt', '', 'btcusdt@', '!unknown@arr', 'btcusdt@depthx'])(
  '%j is an error, not a silent subscription',
  (stream) => {
    expect(classOfStream(stream)).toMatchObject({ ok: false, fault: { code: 'unknown-stream', field: 'stream' } });
    expect(socketPlans(LINE, ['btcusdt@aggTrade', stream]).ok).toBe(false);
  },
);

test('the streams of a symbol need two sockets and one frame each', () => {
  const plans = socketPlans(LINE, streamsOf('BTCUSDT'));
  expect(
    plans.ok && plans.value.map(({ url, streams }) => ({ url, streams: streams.map(({ name }) => name) })),
  ).toEqual([
    { url: 'wss://fstream.binance.com/public/stream', streams: ['btcusdt@depth@100ms'] },
    {
      url: 'wss://fstream.binance.com/market/stream',
      streams: ['btcusdt@aggTrade', 'btcusdt@markPrice@1s', 'btcusdt@forceOrder'],
    },
  ]);
});

test('a line that is not split has one socket', () => {
  const plans = socketPlans(COINM, streamsOf('BTCUSD_PERP'));
  expect(plans.ok && plans.value.map(({ url }) => url)).toEqual(['wss://dstream.binance.com/stream']);
});

test('a frame names its stream, an ack and an error name none', () => {
  expect(streamOfFrame('{"stream":"btcusdt@aggTrade","data":{}}')).toBe('btcusdt@aggTrade');
  expect(streamOfFrame('{"result":null,"id":1}')).toBeUndefined();
  expect(streamOfFrame('{"error":{"code":2,"msg":"Invalid request"},"id":1}')).toBeUndefined();
});

test('streams feed the channel they are judged by', () => {
  expect(streamsOf('BTCUSDT').map(channelOfStream)).toEqual(['book', 'trades', 'mark', 'liquidations']);
});
