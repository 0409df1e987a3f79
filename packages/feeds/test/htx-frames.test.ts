import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { htx } from '../src/venues/htx/index.js';
import { htxWire } from '../src/venues/htx/subscribe.js';
import { pathOf, whyAbsent } from './recordings.js';

const NAME = 'venues/frames-2025-2026/frames.ndjson';
const absent = whyAbsent(NAME);

interface CapturedFrame {
  readonly venue: string;
  readonly kind: string;
  readonly raw: string;
  readonly expect?: readonly Readonly<Record<string, unknown>>[];
}

describe.skipIf(absent !== undefined)(absent ?? 'frames captured in 2026', () => {
  const frames =
    absent === undefined
      ? readFileSync(pathOf(NAME), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as CapturedFrame)
          .filter(({ venue }) => venue === 'htx')
      : [];

  test('there are the four known frames of this wire', () => {
    expect(frames).toHaveLength(4);
  });

  test.each(frames)('$kind means what its publisher expects', ({ raw, expect: expected }) => {
    const session = htx.createSession({});
    const time = Number((JSON.parse(raw) as { ts: number | string }).ts);
    const events = session.onText(raw, (time + 40) as UnixMs);
    expect(session.takeFaults()).toEqual([]);
    const told = events.filter(({ kind }) => kind !== 'instrument').map(inTheirWords);
    const meant = (expected ?? []).map(({ note: _, ...fields }) => fields);
    expect(told).toEqual(meant);
  });

  test('pings are echoed letter by letter, a text as a text and a number as a number', () => {
    const replies = frames.flatMap(({ kind, raw }) => {
      const reply = htxWire.replyTo?.(raw);
      return reply === undefined ? [] : [{ reply, isNamed: kind.includes(reply) }];
    });
    expect(replies).toEqual([
      { reply: '{"op":"pong","ts":"1789676447110"}', isNamed: true },
      { reply: '{"op":"pong","ts":1789670081489}', isNamed: true },
    ]);
  });
});

function inTheirWords(event: MarketEvent) {
  if (event.kind !== 'liquidation') return { type: event.kind };
  const { positionSide, size, price, priceKind, eventTime, instrument } = event;
  return {
    type: 'liquidation',
    positionSide,
    qty: String(size),
    price: String(price),
    priceKind,
    time: eventTime,
    symbol: instrument.slice('htx:'.length),
    notional: String(Number((size * price).toFixed(8))),
  };
}
