import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { bybit } from '../src/venues/bybit/index.js';
import { pathOf, whyAbsent } from './recordings.js';

const NAME = 'venues/frames-2025-2026/frames.ndjson';
const absent = whyAbsent(NAME);

interface CapturedFrame {
  readonly venue: string;
  readonly kind: string;
  readonly raw: string;
  readonly expect?: readonly Readonly<Record<string, unknown>>[];
}

const SYMBOLS = ['BTCUSDT', 'ICPUSDT', 'MARSCOINUSDT', 'STRKUSDT', 'ADAUSDT'];
const SPECS = SYMBOLS.map((ownSymbol): Instrument => ({
  id: `bybit:${ownSymbol}`,
  venue: 'bybit',
  ownSymbol,
  symbol: ownSymbol,
  kind: 'linear',
  tickSize: '0.10',
  sizeStep: '0.001',
  contractMultiplier: 1,
}));

describe.skipIf(absent !== undefined)(absent ?? 'frames captured in 2026', () => {
  const frames =
    absent === undefined
      ? readFileSync(pathOf(NAME), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as CapturedFrame)
          .filter(({ venue }) => venue === 'bybit')
      : [];
  const tickers = frames.filter(({ kind }) => kind.startsWith('tickers'));

  test('there are the eleven known frames of this wire', () => {
    expect(frames).toHaveLength(11);
  });

  test.each(frames.filter(({ kind }) => kind === 'allLiquidation'))(
    '$kind means what its publisher expects: $raw',
    ({ raw, expect: expected }) => {
      const session = bybit.createSession({ instruments: SPECS });
      const events = session.onText(raw, ((JSON.parse(raw) as { ts: number }).ts + 40) as UnixMs);
      expect(session.takeFaults()).toEqual([]);
      expect(events.filter(({ kind }) => kind !== 'instrument').map(inTheirWords)).toEqual(expected);
    },
  );

  test('open interest is the one-sided figure of the snapshot, and a delta tells what changed alone', () => {
    const session = bybit.createSession({ instruments: SPECS });
    const read = (raw: string): readonly MarketEvent[] =>
      session.onText(raw, (JSON.parse(raw) as { ts: number }).ts as UnixMs);
    const [whole, delta] = [
      tickers.find(({ kind }) => kind.includes('snapshot'))!,
      tickers.find(({ kind }) => kind.includes('index only'))!,
    ];
    const first = read(whole.raw);
    expect(first.map(({ kind }) => kind)).toEqual(['instrument', 'mark', 'index', 'open-interest', 'funding']);
    expect(first).toContainEqual(expect.objectContaining({ kind: 'open-interest', size: 28_899.069 }));
    expect(first).toContainEqual(
      expect.objectContaining({ kind: 'funding', rate: 0.0000544, nextTime: 1_786_550_400_000 }),
    );
    expect(read(delta.raw)).toMatchObject([{ kind: 'index', price: 63_986.66 }]);
    for (const { raw } of tickers.filter(({ kind }) => kind.includes('bid only') || kind.includes('ask only'))) {
      expect(read(raw), 'best prices are the book’s to tell').toEqual([]);
    }
    expect(session.takeFaults()).toEqual([]);
  });

  test('acknowledgements and pongs say nothing, and a book of one level is not taken for the book', () => {
    const session = bybit.createSession({ instruments: SPECS });
    for (const { raw } of frames.filter(({ kind }) => /ack|pong|orderbook\.1/.test(kind))) {
      expect(session.onText(raw, 1_786_613_159_800 as UnixMs)).toEqual([]);
    }
    expect(session.takeFaults()).toEqual([]);
    expect(session.book('bybit:BTCUSDT')).toBeUndefined();
    expect(session.counters.drops).toEqual({ 'unused-stream': 1 });
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
    symbol: instrument.slice('bybit:'.length),
  };
}
