import { parsed, type ContractKind, type Instrument, type Parsed } from '@liquidation-heatmap/core';
import { decimalText, exactDecimal } from '../../recording/exact-decimal.js';
import { listField } from '../../frame-shape.js';
import { broken, isObject, numberOf } from '../../wire-fields.js';
import { instrumentOf } from './instruments.js';

import type { WireInstrument } from './wire.js';

const KIND_OF_TYPE: Readonly<Record<string, ContractKind>> = {
  flexible_futures: 'linear',
  futures_inverse: 'inverse',
};
/** Coins by index, for the list of 2021, which names no coin. */
const COIN_OF_INDEX: Readonly<Record<string, string>> = {
  rr_xbtusd: 'BTC',
  rr_ethusd: 'ETH',
  rr_ltcusd: 'LTC',
  rr_bchusd: 'BCH',
  rr_xrpusd: 'XRP',
};
/** Decimals of the finest and of the coarsest step of a quantity that is believed. */
const MOST_DECIMALS = 12;

/** The rows of `instruments`; anything else but success was a refusal. */
export function instrumentRows(raw: unknown): Parsed<readonly WireInstrument[]> {
  if (!isObject(raw) || raw['result'] !== 'success') {
    const refusal = isObject(raw) ? (raw['error'] ?? raw['errors'] ?? raw['result']) : raw;
    return broken('rejected', 'instruments.result', 'success', refusal);
  }
  const rows = listField('instruments', raw['instruments']);
  return rows.ok ? parsed(rows.value as unknown as readonly WireInstrument[]) : rows;
}

/** Perpetuals against USD that trade, linear ones first, since they select an asset; indices, options and dated contracts are left out. */
export function parseInstruments(raw: unknown): Parsed<readonly Instrument[]> {
  const rows = instrumentRows(raw);
  if (!rows.ok) return rows;
  const specs: Instrument[] = [];
  for (const row of rows.value) {
    if (row.lastTradingTime !== undefined || row.tradeable !== true) continue;
    const spec = parseInstrument(row);
    if (!spec.ok) return spec;
    if (spec.value !== undefined) specs.push(spec.value);
  }
  return parsed([...specs.filter(({ kind }) => kind === 'linear'), ...specs.filter(({ kind }) => kind === 'inverse')]);
}

/** One contract; undefined for what is no future, and for one against another currency or of an unknown coin. */
export function parseInstrument(row: WireInstrument): Parsed<Instrument | undefined> {
  const { symbol, quote } = row;
  const kind = kindOf(row.type);
  if (kind === undefined || (quote !== undefined && quote !== 'USD')) return parsed(undefined);
  if (typeof symbol !== 'string' || symbol === '') return broken('bad-symbol', 'instruments.symbol', 'a text', symbol);
  const coin = coinOf(row);
  if (coin === undefined) return parsed(undefined);
  const steps = parseSteps(`instruments.${symbol}`, row, kind);
  return steps.ok ? parsed(instrumentOf(symbol.toUpperCase(), `${coin}USDT`, kind, steps.value)) : steps;
}

function parseSteps(
  field: string,
  row: WireInstrument,
  kind: ContractKind,
): Parsed<Pick<Instrument, 'tickSize' | 'sizeStep' | 'contractMultiplier'>> {
  const [tick, contractSize] = [numberOf(row.tickSize), numberOf(row.contractSize)];
  if (!(tick > 0)) return broken('bad-number', `${field}.tickSize`, 'a positive number', row.tickSize);
  if (!(contractSize > 0)) return broken('bad-number', `${field}.contractSize`, 'a positive number', row.contractSize);
  const { contractValueTradePrecision: sent } = row;
  const decimals = sent === undefined && kind === 'inverse' ? 0 : numberOf(sent);
  if (!Number.isInteger(decimals) || Math.abs(decimals) > MOST_DECIMALS)
    return broken('bad-number', `${field}.contractValueTradePrecision`, 'a number of decimals', sent);
  const sizeStep = decimalText(exactDecimal(`1e${decimals > 0 ? '-' : '+'}${String(Math.abs(decimals))}`));
  return parsed({ tickSize: decimalText(exactDecimal(tick)), sizeStep, contractMultiplier: contractSize });
}

function kindOf(type: unknown): ContractKind | undefined {
  return typeof type === 'string' && Object.hasOwn(KIND_OF_TYPE, type) ? KIND_OF_TYPE[type] : undefined;
}

function coinOf({ base, underlying }: WireInstrument): string | undefined {
  if (typeof base === 'string' && base !== '') return base === 'XBT' ? 'BTC' : base;
  return typeof underlying === 'string' && Object.hasOwn(COIN_OF_INDEX, underlying)
    ? COIN_OF_INDEX[underlying]
    : undefined;
}
