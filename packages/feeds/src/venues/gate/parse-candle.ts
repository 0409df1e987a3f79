import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type InstrumentId,
  type MarkBar,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isPlausibleTime } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { contractsOf, msOfSeconds } from './number-fields.js';
import { rowsOf } from './parse-rest.js';
import type { WireCandle } from './wire.js';

interface Candle {
  readonly eventTime: UnixMs;
  readonly prices: Pick<Bar, 'open' | 'high' | 'low' | 'close'>;
  readonly contracts: unknown;
}

/** Closed candles of trades, oldest first; the venue does not say how much takers bought. */
export function parseBars(raw: unknown, contract: Contract, durationMs: number, now: UnixMs): Parsed<readonly Bar[]> {
  const candles = closedCandles(raw, durationMs, now);
  if (!candles.ok) return candles;
  const bars: Bar[] = [];
  for (const { eventTime, prices, contracts } of candles.value) {
    const size = contractSizeOf(contractsOf(contracts), contract.multiplier) as ContractSize;
    if (!(size >= 0)) return broken('bad-number', 'candlesticks.v', 'a number of at least 0', contracts);
    const at = { instrument: contract.id, eventTime, seenTime: eventTime, durationMs: durationMs as DurationMs };
    bars.push({ kind: 'bar', ...at, ...prices, size, takerBuySize: undefined });
  }
  return parsed(bars);
}

/** Closed candles of mark prices, oldest first. */
export function parseMarkBars(
  raw: unknown,
  id: InstrumentId,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly MarkBar[]> {
  const candles = closedCandles(raw, durationMs, now);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ eventTime, prices }) => ({
      kind: 'mark-bar',
      instrument: id,
      eventTime,
      seenTime: eventTime,
      durationMs: durationMs as DurationMs,
      ...prices,
    })),
  );
}

function closedCandles(raw: unknown, durationMs: number, now: UnixMs): Parsed<readonly Candle[]> {
  const rows = rowsOf(raw, 'candlesticks');
  if (!rows.ok) return rows;
  const candles: Candle[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireCandle;
    const start = msOfSeconds(row.t);
    if (!isPlausibleTime(start)) return broken('bad-time', 'candlesticks.t', 'a time in seconds', row.t);
    const prices = parsePrices(row);
    if (!prices.ok) return prices;
    const eventTime = (start + durationMs) as UnixMs;
    if (eventTime <= now) candles.push({ eventTime, prices: prices.value, contracts: row.v });
  }
  return parsed(candles.sort((a, b) => a.eventTime - b.eventTime));
}

function parsePrices({ o, h, l, c }: WireCandle): Parsed<Candle['prices']> {
  const [open, high, low, close] = [o, h, l, c].map(decimalOf) as [Price, Price, Price, Price];
  if (!(open > 0)) return broken('bad-number', 'candlesticks.o', 'a positive decimal', o);
  if (!(close > 0)) return broken('bad-number', 'candlesticks.c', 'a positive decimal', c);
  if (!(high >= Math.max(open, close))) return broken('bad-number', 'candlesticks.h', 'the highest price', h);
  if (!(low > 0 && low <= Math.min(open, close))) return broken('bad-number', 'candlesticks.l', 'the lowest price', l);
  return parsed({ open, high, low, close });
}
