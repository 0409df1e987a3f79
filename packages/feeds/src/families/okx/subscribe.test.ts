import { expect, test } from 'vitest';
import type { Channel, UnixMs } from '@liquidation-heatmap/core';
import { LINE as INVERSE } from '../../venues/okx-inverse/instruments.js';
import { LINE } from '../../venues/okx/instruments.js';
import { PUBLIC_SOCKET_URL } from './endpoints.js';
import { okxWire } from './subscribe.js';

const NOW = 1_790_000_000_000 as UnixMs;
const spec = LINE.tabledInstrument('BTC-USDT-SWAP', NOW)!;
const planned = (of: typeof spec, ...on: readonly Channel[]) => {
  const plans = okxWire.plans(of, (channel) => on.includes(channel));
  return plans.ok ? plans.value : [];
};
const ALL: readonly Channel[] = ['book', 'mark', 'trades', 'open-interest', 'index', 'funding', 'liquidations'];

test('every channel comes over one socket; liquidations are asked for by kind alone, an index by its pair', () => {
  const [plan, ...more] = planned(spec, ...ALL);
  expect(more).toEqual([]);
  expect(plan).toMatchObject({ url: PUBLIC_SOCKET_URL, keepAlive: { everyMs: 20_000, text: 'ping' } });
  expect(plan!.hello.map((text) => JSON.parse(text) as unknown)).toEqual([
    {
      op: 'subscribe',
      args: [
        { channel: 'books', instId: 'BTC-USDT-SWAP' },
        { channel: 'mark-price', instId: 'BTC-USDT-SWAP' },
        { channel: 'trades', instId: 'BTC-USDT-SWAP' },
        { channel: 'open-interest', instId: 'BTC-USDT-SWAP' },
        { channel: 'index-tickers', instId: 'BTC-USDT' },
        { channel: 'funding-rate', instId: 'BTC-USDT-SWAP' },
        { channel: 'liquidation-orders', instType: 'SWAP' },
      ],
    },
  ]);
  expect(plan!.streams.filter(({ mustSpeak }) => mustSpeak).map(({ name }) => name)).toEqual(['books', 'mark-price']);
});

test('an inverse swap has its own names', () => {
  const [plan] = planned(INVERSE.tabledInstrument('BTC-USD-SWAP', NOW)!, 'trades', 'index');
  expect(JSON.parse(plan!.hello[0]!)).toMatchObject({ args: [{ instId: 'BTC-USD-SWAP' }, { instId: 'BTC-USD' }] });
});

test('what is off is not asked for', () => {
  expect(planned(spec, 'trades')[0]!.streams).toMatchObject([{ name: 'trades', channel: 'trades' }]);
  expect(planned(spec)).toEqual([]);
});

test('a frame belongs to its channel; acknowledgements, refusals and pongs belong to none', () => {
  expect(okxWire.streamOf('{"arg":{"channel":"mark-price","instId":"BTC-USDT-SWAP"},"data":[]}')).toBe('mark-price');
  for (const text of [
    'pong',
    '{"event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT-SWAP"},"connId":"x"}',
    '{"event":"error","msg":"no","code":"60018","connId":"x"}',
  ])
    expect(okxWire.streamOf(text)).toBeUndefined();
});

test('a new book is asked for by subscribing anew', () => {
  const args = [{ channel: 'books', instId: 'BTC-USDT-SWAP' }];
  expect(okxWire.bookAgain?.(spec).map((text) => JSON.parse(text) as unknown)).toEqual([
    { op: 'unsubscribe', args },
    { op: 'subscribe', args },
  ]);
});
