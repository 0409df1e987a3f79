import { describe, expect, test } from 'vitest';
import type { Channel } from '@liquidation-heatmap/core';
import { channelOf } from './channels.js';
import { SOCKET_URL } from './endpoints.js';
import { tabledInstrument } from './instruments.js';
import { deribitWire } from './subscribe.js';

const frame = (channel: string): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params: { channel, data: {} } });

describe('the wire', () => {
  const spec = tabledInstrument('BTC-PERPETUAL')!;
  const planned = (...on: readonly Channel[]) => {
    const plans = deribitWire.plans(spec, (channel) => on.includes(channel));
    return plans.ok ? plans.value : [];
  };
  const CHANNELS = ['book', 'ticker', 'trades'].map((kind) => `${kind}.BTC-PERPETUAL.100ms`);

  test('asks for heartbeats, then subscribes to what is on; liquidations come with the trades', () => {
    const [plan] = planned('book', 'mark', 'trades');
    expect(plan).toMatchObject({
      url: SOCKET_URL,
      streams: [
        { name: CHANNELS[0], channel: 'book', mustSpeak: true },
        { name: CHANNELS[1], channel: 'mark', mustSpeak: true },
        { name: CHANNELS[2], channel: 'trades', mustSpeak: false },
      ],
    });
    expect(plan?.hello.map((text) => JSON.parse(text) as unknown)).toEqual([
      { jsonrpc: '2.0', id: 2, method: 'public/set_heartbeat', params: { interval: 15 } },
      { jsonrpc: '2.0', id: 1, method: 'public/subscribe', params: { channels: CHANNELS } },
    ]);
    expect(planned('liquidations')[0]?.streams.map(({ name }) => name)).toEqual([CHANNELS[2]]);
    expect(planned()).toEqual([]);
  });

  test('the venue’s question whether anybody is there is answered, and nothing else is', () => {
    const asked = '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}';
    const turned = '{"params":{"type":"test_request"},"method":"heartbeat","jsonrpc":"2.0"}';
    for (const text of [asked, turned])
      expect(JSON.parse(deribitWire.replyTo?.(text) ?? 'null')).toMatchObject({ method: 'public/test' });
    const beat = '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"heartbeat"}}';
    for (const text of [beat, frame(CHANNELS[1]!), '{"jsonrpc":"2.0","id":3,"result":{"version":"1.2.26"}}'])
      expect(deribitWire.replyTo?.(text)).toBeUndefined();
  });

  test('a frame belongs to its channel; answers and heartbeats belong to none', () => {
    expect(CHANNELS.map((channel) => deribitWire.streamOf(frame(channel)))).toEqual(CHANNELS);
    for (const text of [
      `{"jsonrpc":"2.0","id":1,"result":["${CHANNELS[0]!}"]}`,
      '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"heartbeat"}}',
    ])
      expect(deribitWire.streamOf(text)).toBeUndefined();
  });

  test('a new book is asked for by subscribing anew', () => {
    const again = deribitWire.bookAgain?.(spec).map((text) => JSON.parse(text) as unknown);
    const params = { channels: [CHANNELS[0]] };
    expect(again).toMatchObject([
      { method: 'public/unsubscribe', params },
      { method: 'public/subscribe', params },
    ]);
  });
});

test('channels fall into kind and instrument; other shapes are none', () => {
  expect(channelOf('book.SOL_USDC-PERPETUAL.raw')).toEqual({ kind: 'book', ownSymbol: 'SOL_USDC-PERPETUAL' });
  for (const name of ['', 'book', 'book.BTC-PERPETUAL', 'book..raw', 'trades.future.BTC.100ms', '.BTC-PERPETUAL.raw'])
    expect(channelOf(name)).toBeUndefined();
});
