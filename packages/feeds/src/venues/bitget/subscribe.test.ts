import { describe, expect, test } from 'vitest';
import type { Channel } from '@liquidation-heatmap/core';
import { SOCKET_URL } from './endpoints.js';
import { ownSymbolOf, tabledInstrument } from './instruments.js';
import { bitgetWire } from './subscribe.js';

describe('the wire', () => {
  const spec = tabledInstrument(ownSymbolOf('BTCUSDT')!)!;
  const planned = (...on: readonly Channel[]) => {
    const plans = bitgetWire.plans(spec, (channel) => on.includes(channel));
    return plans.ok ? plans.value : [];
  };

  test('what is on is subscribed in one frame, liquidations of the whole market, and pinged as text', () => {
    const [plan] = planned('book', 'open-interest', 'trades', 'liquidations');
    expect(plan).toMatchObject({
      url: SOCKET_URL,
      streams: [
        { name: 'books', channel: 'book', mustSpeak: true },
        { name: 'ticker', channel: 'mark', mustSpeak: true },
        { name: 'publicTrade', channel: 'trades', mustSpeak: false },
        { name: 'liquidation', channel: 'liquidations', mustSpeak: false },
      ],
      keepAlive: { text: 'ping' },
    });
    const instType = 'usdt-futures';
    expect(plan!.hello.map((text) => JSON.parse(text) as unknown)).toEqual([
      {
        op: 'subscribe',
        args: [
          { instType, topic: 'books', symbol: 'BTCUSDT' },
          { instType, topic: 'ticker', symbol: 'BTCUSDT' },
          { instType, topic: 'publicTrade', symbol: 'BTCUSDT' },
          { instType, topic: 'liquidation' },
        ],
      },
    ]);
    expect(planned('bars')).toEqual([]);
  });

  test('a frame belongs to its topic, wherever that stands; answers and pongs belong to none', () => {
    const levels = Array.from({ length: 500 }, (_, i) => [String(60_000 - i), '1']);
    const arg = { instType: 'usdt-futures', symbol: 'BTCUSDT', topic: 'books' };
    const book = { data: [{ a: [], b: levels, seq: 7 }], arg, action: 'snapshot', ts: 1_790_000_000_000 };
    expect(bitgetWire.streamOf(JSON.stringify(book))).toBe('books');
    expect(
      bitgetWire.streamOf(`{"arg":{"instType":"usdt-futures","topic":"ticker"},"data":[${'0,'.repeat(999)}0]}`),
    ).toBe('ticker');
    expect(bitgetWire.streamOf('pong')).toBeUndefined();
    expect(bitgetWire.streamOf('{"event":"subscribe","arg":{"topic":"books"},"connId":"x"}')).toBeUndefined();
  });

  test('a new book is asked for by subscribing anew', () => {
    const again = bitgetWire.bookAgain?.(spec).map((text) => JSON.parse(text) as unknown);
    const args = [{ topic: 'books', symbol: 'BTCUSDT' }];
    expect(again).toMatchObject([
      { op: 'unsubscribe', args },
      { op: 'subscribe', args },
    ]);
  });
});
