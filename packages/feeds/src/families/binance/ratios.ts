import { parsed, type InstrumentId, type LongShortRatio, type Parsed } from '@liquidation-heatmap/core';
import { ownSymbolIn, type RatioCall } from '../../ratio-call.js';
import { ratioRow } from '../../ratio-reading.js';
import { broken, decimalOf, isObject, isPlausibleTime } from '../../wire-fields.js';
import { ratioPath, ratioQuery } from './endpoints.js';
import type { BinanceLine } from './line.js';
import type { WireLongShortRatio } from './wire.js';

const POPULATIONS: readonly LongShortRatio['population'][] = ['all-accounts', 'top-accounts', 'top-positions'];

/** Shares of longs among all accounts, the largest fifth of them, and the positions of those. None of contracts in coin is read. */
export function binanceRatios({ restBase, kind }: Pick<BinanceLine, 'restBase' | 'kind'>): readonly RatioCall[] {
  if (kind === 'inverse') return [];
  return POPULATIONS.map((population) => {
    const path = ratioPath({ restBase }, population);
    return {
      path,
      symbolName: 'symbol',
      spanName: 'startTime',
      page: 500,
      url: (ownSymbol, limit, span) => `${path}?${ratioQuery(ownSymbol, '5m', limit, span)}`,
      parse: (raw, id) => parseLongShortRatio(raw, id, population),
    };
  });
}

/** A list of rows, oldest first: `longAccount` is the share of longs, of positions too. A refusal is an object with a code. */
export function parseLongShortRatio(
  raw: unknown,
  id: InstrumentId,
  population: LongShortRatio['population'],
): Parsed<readonly LongShortRatio[]> {
  if (isObject(raw) && raw['code'] !== undefined) return broken('rejected', 'long-short-ratio', 'a list', raw['msg']);
  if (!Array.isArray(raw)) return broken('bad-list', 'long-short-ratio', 'a list', raw);
  const events: LongShortRatio[] = [];
  for (const row of raw as readonly unknown[]) {
    if (!isObject(row)) return broken('bad-row', 'long-short-ratio', 'a list of objects', row);
    const { symbol, longAccount, timestamp } = row as unknown as WireLongShortRatio;
    const share = decimalOf(longAccount);
    // Clients show a number, the venue's page a text.
    const time = typeof timestamp === 'string' ? decimalOf(timestamp) : timestamp;
    if (symbol !== ownSymbolIn(id))
      return broken('bad-symbol', 'long-short-ratio.symbol', `"${ownSymbolIn(id)}"`, symbol);
    if (!(share >= 0 && share <= 1))
      return broken('bad-number', 'long-short-ratio.longAccount', 'a share of 0 to 1', longAccount);
    if (!isPlausibleTime(time))
      return broken('bad-time', 'long-short-ratio.timestamp', 'a time in milliseconds', timestamp);
    events.push(ratioRow(id, population, time, share));
  }
  return parsed(events.sort((a, b) => a.eventTime - b.eventTime));
}
