import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isPlausibleTime } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import type { WireKline } from './wire.js';

/** A closed candle; undefined while it is still open. */
export function parseKline(raw: WireKline, contract: Contract, seenTime: UnixMs): Parsed<Bar | undefined> {
  const { k } = raw;
  if (typeof k.x !== 'boolean') return broken('bad-flag', 'kline.k.x', 'true or false', k.x);
  if (!k.x) return parsed(undefined);
  return barOf('kline.k', { start: k.t, end: k.T, o: k.o, h: k.h, l: k.l, c: k.c, v: k.v, V: k.V }, contract, seenTime);
}

/** The fields of a candle, whatever the message they came in. */
export interface RawCandle {
  readonly start: unknown;
  /** Last millisecond inside. */
  readonly end: unknown;
  readonly o: unknown;
  readonly h: unknown;
  readonly l: unknown;
  readonly c: unknown;
}

/** Start, length and prices of a candle, checked. */
export interface CandlePrices {
  readonly closeTime: UnixMs;
  readonly durationMs: DurationMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/** Checks times and prices of a candle: high is the highest, low the lowest. */
export function parseCandle(field: string, raw: RawCandle): Parsed<CandlePrices> {
  if (!isPlausibleTime(raw.start)) return broken('bad-time', `${field}.t`, 'a time in milliseconds', raw.start);
  if (!isPlausibleTime(raw.end) || raw.end < raw.start) {
    return broken('bad-time', `${field}.T`, 'a time in milliseconds after its start', raw.end);
  }
  const [open, high, low, close] = [raw.o, raw.h, raw.l, raw.c].map(decimalOf) as [number, number, number, number];
  if (!(open > 0)) return broken('bad-number', `${field}.o`, 'a positive decimal', raw.o);
  if (!(close > 0)) return broken('bad-number', `${field}.c`, 'a positive decimal', raw.c);
  if (!(high >= Math.max(open, close))) return broken('bad-number', `${field}.h`, 'the highest price', raw.h);
  if (!(low > 0 && low <= Math.min(open, close))) return broken('bad-number', `${field}.l`, 'the lowest price', raw.l);
  return parsed({
    closeTime: (raw.end + 1) as UnixMs,
    durationMs: (raw.end + 1 - raw.start) as DurationMs,
    open: open as Price,
    high: high as Price,
    low: low as Price,
    close: close as Price,
  });
}

/** A bar from the fields of a candle; `v` is its size, `V` what takers bought of it. Without `seenTime` the close is when it could be known. */
export function barOf(
  field: string,
  raw: RawCandle & { readonly v: unknown; readonly V: unknown },
  contract: Contract,
  seenTime?: UnixMs,
): Parsed<Bar> {
  const candle = parseCandle(field, raw);
  if (!candle.ok) return candle;
  const size = contractSizeOf(decimalOf(raw.v), contract.multiplier);
  const takerBuySize = contractSizeOf(decimalOf(raw.V), contract.multiplier);
  if (!(size >= 0)) return broken('bad-number', `${field}.v`, 'a decimal of at least 0', raw.v);
  if (!(takerBuySize >= 0 && takerBuySize <= size))
    return broken('bad-number', `${field}.V`, 'between 0 and the size', raw.V);
  const { closeTime, ...prices } = candle.value;
  return parsed({
    kind: 'bar',
    instrument: contract.id,
    eventTime: closeTime,
    seenTime: seenTime ?? closeTime,
    ...prices,
    size: size as ContractSize,
    takerBuySize: takerBuySize as ContractSize,
  });
}
