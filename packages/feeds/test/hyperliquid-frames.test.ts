import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import { hyperliquid } from '../src/venues/hyperliquid/index.js';
import { pathOf, whyAbsent } from './recordings.js';

const NAME = 'venues/frames-2025-2026/frames.ndjson';
const absent = whyAbsent(NAME);
/** When the frames were captured, a moment later. */
const RECEIVED = 1_786_539_556_000 as UnixMs;

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
          .filter(({ venue }) => venue === 'hyperliquid')
      : [];
  const framesOf = (words: string): readonly CapturedFrame[] => frames.filter(({ kind }) => kind.startsWith(words));
  const [history, live] = framesOf('trades');

  /** A session that has read what comes before every live frame, so that the clock is known. */
  function begun() {
    const session = hyperliquid.createSession({});
    const read = (raw: string): readonly MarketEvent[] => session.onText(raw, RECEIVED);
    read(history!.raw);
    return { session, read, told: read(live!.raw) };
  }

  test('there are the five known frames of this wire', () => {
    expect(frames.map(({ kind }) => kind.split(' ')[0])).toEqual([
      'activeAssetCtx',
      'trades',
      'trades',
      'candle',
      'subscription',
    ]);
  });

  test('the first frame of trades is history, and the second means what its publisher expects', () => {
    const { session, told } = begun();
    expect(told.map(inTheirWords)).toEqual(live!.expect);
    expect(session.counters.drops).toEqual({ 'history-trade': 3 });
    expect(session.takeFaults()).toEqual([]);
  });

  test('a context means what its publisher expects: one-sided open interest in coin, hourly funding', () => {
    const [context] = framesOf('activeAssetCtx');
    const { session, read } = begun();
    const byType = (a: { type: string }, b: { type: string }): number => (a.type < b.type ? -1 : 1);
    // Mark and index come as two events.
    const [first, ...rest] = read(context!.raw).map(inTheirWords);
    const merged = [{ ...first, ...rest.find(({ type }) => type === 'index'), type: 'mark' }];
    const others = rest.filter(({ type }) => type !== 'index');
    expect([...merged, ...others].sort(byType)).toEqual(
      [...(context!.expect as readonly { type: string }[])].sort(byType),
    );
    expect(session.takeFaults()).toEqual([]);
  });

  test('acknowledgements say nothing, and running candles are not read', () => {
    const { session, read } = begun();
    for (const { raw } of [...framesOf('subscription'), ...framesOf('candle')]) expect(read(raw)).toEqual([]);
    expect(session.takeFaults()).toEqual([]);
    expect(session.counters.drops).toEqual({ 'history-trade': 3, 'unused-stream': 1 });
  });
});

/** An event in the words of the captured frames, where one decimal of a price is written out. */
function inTheirWords(event: MarketEvent): { readonly type: string } & Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case 'trade':
      return {
        type: 'trade',
        id: event.id,
        takerSide: event.takerSide,
        qty: String(event.size),
        price: (event.priceTicks / 10).toFixed(1),
        time: event.eventTime,
      };
    case 'mark':
      return { type: 'mark', mark: event.price.toFixed(1) };
    case 'index':
      return { type: 'index', index: event.price.toFixed(1) };
    case 'open-interest':
      return { type: 'openInterest', oiBase: String(event.size) };
    case 'funding':
      return { type: 'funding', rate: event.rate.toFixed(7), intervalHours: 1 };
    default:
      return { type: event.kind };
  }
}
