import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { priceOfTicks, type Instrument, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';
import { exactDecimal, decimalText } from '../src/recording/exact-decimal.js';
import { binance } from '../src/venues/binance/index.js';
import { pathOf, whyAbsent } from './recordings.js';

const NAME = 'venues/frames-2025-2026/frames.ndjson';
const absent = whyAbsent(NAME);

interface Expected {
  readonly type: string;
  readonly symbol?: string;
  readonly [field: string]: unknown;
}
interface CapturedFrame {
  readonly venue: string;
  readonly kind: string;
  readonly raw: string;
  readonly expect?: readonly Expected[];
}

/** Contracts of the frames; fills are averages, so their tick size does not matter. */
const SPECS = ['BTCUSDT', 'ILVUSDT', 'XRPUSDT', 'MANTAUSDT', 'COTIUSDT', 'PAIRUSDT'].map((ownSymbol): Instrument => ({
  id: `binance:${ownSymbol}`,
  venue: 'binance',
  ownSymbol,
  symbol: ownSymbol,
  kind: 'linear',
  tickSize: '0.10',
  sizeStep: '0.001',
  contractMultiplier: 1,
}));

describe.skipIf(absent !== undefined)(absent ?? 'frames captured in 2025 and 2026', () => {
  // Aster speaks Binance's language on its own host, so its frame is read by the same parser.
  const frames = absent === undefined ? readFrames().filter(({ venue }) => /^(binance-usdm|aster)/.test(venue)) : [];

  test('there are the seven known frames of this wire', () => {
    expect(frames).toHaveLength(7);
  });

  test.each(frames)('$venue $kind means what its publisher expects', ({ raw, expect: expected }) => {
    const session = binance.createSession({ instruments: SPECS });
    const time = Number(
      (JSON.parse(raw) as { E?: number; data?: { E: number } }).data?.E ?? (JSON.parse(raw) as { E: number }).E,
    );
    const events = session.onText(raw, (time + 50) as UnixMs).filter((event) => event.kind !== 'instrument');
    expect(session.takeFaults()).toEqual([]);
    const quotes = expected!.filter((fact) => fact.type === 'bbo');
    expect(events.map(inTheirWords)).toEqual(expected!.filter((fact) => fact.type !== 'bbo').map(normalized));
    expect(session.counters.records['bookTicker'] ?? 0, 'quotes are recognized and counted, not used').toBe(
      quotes.length,
    );
  });
});

function readFrames(): CapturedFrame[] {
  const lines = readFileSync(pathOf(NAME), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as CapturedFrame);
}

/** Decimals without trailing zeros; the symbol stands where a trade frame leaves it out. */
function normalized(fact: Expected) {
  return {
    ...fact,
    qty: decimalText(exactDecimal(fact['qty'] as string)),
    price: decimalText(exactDecimal(fact['price'] as string)),
    symbol: fact.symbol ?? 'BTCUSDT',
  };
}

function inTheirWords(event: MarketEvent) {
  if (event.kind === 'trade') {
    const price = decimalText(exactDecimal(priceOfTicks(event.priceTicks, 0.1)));
    const { id, takerSide, size, eventTime } = event;
    return {
      type: 'trade',
      id,
      takerSide,
      qty: String(size),
      price,
      time: eventTime,
      symbol: event.instrument.slice(8),
    };
  }
  if (event.kind !== 'liquidation') return { type: event.kind };
  const { positionSide, size, price, priceKind, eventTime } = event;
  return {
    type: 'liquidation',
    positionSide,
    qty: String(size),
    price: String(price),
    priceKind,
    time: eventTime,
    symbol: event.instrument.slice(8),
  };
}
