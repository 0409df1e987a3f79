import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Instrument, UnixMs } from '@liquidation-heatmap/core';
import { okx } from '../src/venues/okx/index.js';
import { pathOf, whyAbsent } from './recordings.js';

const NAME = 'venues/frames-2025-2026/frames.ndjson';
const absent = whyAbsent(NAME);

interface CapturedFrame {
  readonly venue: string;
  readonly kind: string;
  readonly raw: string;
  readonly expect?: readonly Readonly<Record<string, unknown>>[];
}

/** One contract of CNPY holds 10 coins, as the publisher of the frame says. */
const CNPY: Instrument = {
  id: 'okx:CNPY-USDT-SWAP',
  venue: 'okx',
  ownSymbol: 'CNPY-USDT-SWAP',
  symbol: 'CNPYUSDT',
  kind: 'linear',
  tickSize: '0.0001',
  sizeStep: '1',
  contractMultiplier: 10,
};

describe.skipIf(absent !== undefined)(absent ?? 'frames captured in 2026', () => {
  const frames =
    absent === undefined
      ? readFileSync(pathOf(NAME), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as CapturedFrame)
          .filter(({ venue }) => venue === 'okx')
      : [];
  const rawOf = (kind: string): string => frames.find((frame) => frame.kind.startsWith(kind))!.raw;
  const SEEN = 1_789_670_000_000 as UnixMs;

  test('there are the five known frames of this wire', () => {
    expect(frames).toHaveLength(5);
  });

  test('a liquidation means what its publisher expects, contracts turned into coins', () => {
    const session = okx.createSession({ instruments: [CNPY] });
    const [print] = session.onText(rawOf('liquidation-orders'), SEEN).filter(({ kind }) => kind === 'liquidation');
    const [wanted] = frames.find(({ kind }) => kind === 'liquidation-orders')!.expect!;
    expect(print).toMatchObject({
      positionSide: wanted!['positionSide'],
      size: Number(wanted!['qty']),
      price: Number(wanted!['price']),
      priceKind: wanted!['priceKind'],
      eventTime: wanted!['time'],
      completeness: 'throttled',
    });
    expect(session.takeFaults()).toEqual([]);
  });

  test('without the contract value the quantity is unknown, and nothing is told', () => {
    const session = okx.createSession({ instruments: [{ ...CNPY, contractMultiplier: undefined }] });
    expect(session.onText(rawOf('liquidation-orders'), SEEN).filter(({ kind }) => kind === 'liquidation')).toEqual([]);
    expect(session.counters.drops['unknown-multiplier']).toBe(1);
  });

  test('the first liquidations after the acknowledgement are old ones', () => {
    const session = okx.createSession({ instruments: [CNPY] });
    session.onText(rawOf('subscribe ack'), SEEN);
    expect(session.onText(rawOf('liquidation-orders'), SEEN)).toEqual([]);
    expect(session.counters.drops).toEqual({ 'history-liquidation': 1 });
    expect(session.onText(rawOf('liquidation-orders'), SEEN).map(({ kind }) => kind)).toContain('liquidation');
  });

  test('a pong says nothing, a refused subscription is told', () => {
    const session = okx.createSession({});
    expect(session.onText(rawOf('pong'), SEEN)).toEqual([]);
    expect(session.onText(rawOf('error'), SEEN)).toMatchObject([{ kind: 'status', state: 'amber' }]);
    expect(session.takeFaults()).toMatchObject([{ code: 'venue-error' }]);
  });
});
