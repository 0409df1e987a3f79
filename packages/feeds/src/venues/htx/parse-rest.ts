import {
  parsed,
  type ContractSize,
  type Instrument,
  type InstrumentId,
  type LongShortRatio,
  type OpenInterest,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { listField } from '../../frame-shape.js';
import type { MissedTrades } from '../../live/venue-rules.js';
import { decimalText, exactDecimal } from '../../recording/exact-decimal.js';
import { ownSymbolIn } from '../../ratio-call.js';
import { ratioRow } from '../../ratio-reading.js';
import { broken, isObject, isPlausibleTime, type JsonObject, numberOf } from '../../wire-fields.js';
import { instrumentOf } from './instruments.js';
import { oneSided } from './number-fields.js';
import type { WireContractInfo, WireEliteRatio, WireOpenInterest, WirePastOpenInterest } from './wire.js';

/** The body of an answer; any other status than `ok` was a refusal, which comes with HTTP 200. */
export function okBody(raw: unknown): Parsed<JsonObject> {
  if (isObject(raw) && raw['status'] === 'ok') return parsed(raw);
  const words = isObject(raw) ? (raw['err-msg'] ?? raw['err_msg'] ?? raw['status']) : raw;
  return broken('rejected', 'status', 'ok', words);
}

/** `swap_contract_info`: perpetuals in USDT that trade. */
export function parseInstruments(raw: unknown): Parsed<readonly Instrument[]> {
  const rows = rowsOf(raw, 'swap_contract_info.data', (body) => body['data']);
  if (!rows.ok) return rows;
  const specs: Instrument[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireContractInfo;
    if (row.contract_type !== 'swap' || row.trade_partition !== 'USDT' || row.contract_status !== 1) continue;
    const { contract_code: ownSymbol, symbol } = row;
    if (typeof ownSymbol !== 'string' || typeof symbol !== 'string')
      return broken('bad-symbol', 'swap_contract_info.contract_code', 'a text', ownSymbol);
    const field = `swap_contract_info.${ownSymbol}`;
    const [tick, size] = [numberOf(row.price_tick), numberOf(row.contract_size)];
    if (!(tick > 0)) return broken('bad-number', `${field}.price_tick`, 'a positive number', row.price_tick);
    if (!(size > 0)) return broken('bad-number', `${field}.contract_size`, 'a positive number', row.contract_size);
    const [tickSize, contractSize] = [decimalText(exactDecimal(tick)), decimalText(exactDecimal(size))];
    specs.push(instrumentOf(ownSymbol, `${symbol}USDT`, tickSize, contractSize));
  }
  return parsed(specs);
}

/**
 * `swap_open_interest` of one contract, in coin and of one side: the documentation calls it the "sum of both buy and sell sides", so
 * that half of it is told. Nobody has measured it, and the documentation of the venue's inverse contracts says "single side".
 */
export function parseOpenInterest(raw: unknown, spec: Instrument, seenTime: UnixMs): Parsed<OpenInterest> {
  const rows = rowsOf(raw, 'swap_open_interest.data', (body) => body['data']);
  if (!rows.ok) return rows;
  const found = rows.value.find(({ contract_code: code }) => code === spec.ownSymbol);
  if (found === undefined)
    return broken('bad-symbol', 'swap_open_interest.data', `a list with ${spec.ownSymbol}`, undefined);
  const { amount } = found as unknown as WireOpenInterest;
  const time = isObject(raw) ? raw['ts'] : undefined;
  if (!(numberOf(amount) >= 0))
    return broken('bad-number', 'swap_open_interest.amount', 'a number of at least 0', amount);
  if (!isPlausibleTime(time)) return broken('bad-time', 'swap_open_interest.ts', 'a time in milliseconds', time);
  const size = oneSided(numberOf(amount)) as ContractSize;
  return parsed({ kind: 'open-interest', instrument: spec.id, eventTime: time as UnixMs, seenTime, size });
}

/** `swap_his_open_interest` in coin, oldest first; halved like the present value, and as doubtful. */
export function parseOpenInterestHistory(raw: unknown, id: InstrumentId): Parsed<readonly OpenInterest[]> {
  const rows = rowsOf(raw, 'swap_his_open_interest.data.tick', ({ data }) => (isObject(data) ? data['tick'] : data));
  if (!rows.ok) return rows;
  const events: OpenInterest[] = [];
  for (const item of rows.value) {
    const { volume, amount_type: unit, ts } = item as unknown as WirePastOpenInterest;
    if (unit !== 2) return broken('bad-unit', 'swap_his_open_interest.amount_type', '2, which is coins', unit);
    if (!(numberOf(volume) >= 0))
      return broken('bad-number', 'swap_his_open_interest.volume', 'a number of at least 0', volume);
    if (!isPlausibleTime(ts)) return broken('bad-time', 'swap_his_open_interest.ts', 'a time in milliseconds', ts);
    const at = { eventTime: ts as UnixMs, seenTime: ts as UnixMs };
    events.push({ kind: 'open-interest', instrument: id, ...at, size: oneSided(numberOf(volume)) as ContractSize });
  }
  return parsed(events.sort((a, b) => a.eventTime - b.eventTime));
}

/**
 * Share of longs among large accounts or their positions, oldest first; accounts with both are left out of the sum. The answer names its
 * contract.
 */
export function parseEliteRatio(
  raw: unknown,
  id: InstrumentId,
  population: 'top-accounts' | 'top-positions',
): Parsed<readonly LongShortRatio[]> {
  const data = isObject(raw) ? raw['data'] : undefined;
  const named = isObject(data) ? (data['contract_code'] ?? ownSymbolIn(id)) : ownSymbolIn(id);
  if (named !== ownSymbolIn(id))
    return broken('bad-symbol', 'elite_ratio.data.contract_code', `"${ownSymbolIn(id)}"`, named);
  const rows = rowsOf(raw, 'elite_ratio.data.list', ({ data }) => (isObject(data) ? data['list'] : data));
  if (!rows.ok) return rows;
  const events: LongShortRatio[] = [];
  for (const item of rows.value) {
    const { buy_ratio: buy, sell_ratio: sell, ts } = item as unknown as WireEliteRatio;
    const [longs, shorts] = [numberOf(buy), numberOf(sell)];
    if (!(longs >= 0 && longs <= 1)) return broken('bad-number', 'elite_ratio.buy_ratio', 'a share of 0 to 1', buy);
    if (!(shorts >= 0 && shorts <= 1 && longs + shorts > 0))
      return broken('bad-number', 'elite_ratio.sell_ratio', 'a share of 0 to 1', sell);
    if (!isPlausibleTime(ts)) return broken('bad-time', 'elite_ratio.ts', 'a time in milliseconds', ts);
    events.push(ratioRow(id, population, ts, longs / (longs + shorts)));
  }
  return parsed(events.sort((a, b) => a.eventTime - b.eventTime));
}

/**
 * The newest trades as one frame, oldest first, in the shape of an answer to a request (`rep`), so that the session does not take it for
 * the history that comes first after subscribing. They are complete back to the oldest of them. `raw` has to come from `jsonWithLongIds`.
 */
export function parseMissedTrades(raw: unknown, ownSymbol: string, from: UnixMs): Parsed<MissedTrades> {
  const rows = rowsOf(raw, 'history/trade.data', (body) => body['data']);
  if (!rows.ok) return rows;
  const trades: { readonly time: number; readonly item: JsonObject }[] = [];
  for (const { data } of rows.value) {
    const list = listField('history/trade.data.data', data);
    if (!list.ok) return list;
    for (const item of list.value) {
      const { ts } = item;
      if (!isPlausibleTime(ts)) return broken('bad-time', 'history/trade.ts', 'a time in milliseconds', ts);
      trades.push({ time: ts, item });
    }
  }
  trades.sort((a, b) => a.time - b.time);
  const [oldest] = trades;
  if (oldest === undefined) return parsed({ frames: [], from: Number.NaN });
  const data = trades.filter(({ time }) => time >= from).map(({ item }) => item);
  const frame = JSON.stringify({
    rep: `market.${ownSymbol}.trade.detail`,
    status: 'ok',
    ts: trades.at(-1)!.time,
    data,
  });
  return parsed({ frames: data.length === 0 ? [] : [frame], from: Math.max(oldest.time, from) });
}

/** `/api/v1/timestamp`: the venue's time. */
export function parseTime(raw: unknown): Parsed<UnixMs> {
  const body = okBody(raw);
  if (!body.ok) return body;
  const { ts } = body.value;
  return isPlausibleTime(ts) ? parsed(ts as UnixMs) : broken('bad-time', 'timestamp.ts', 'a time in milliseconds', ts);
}

function rowsOf(raw: unknown, field: string, pick: (body: JsonObject) => unknown): Parsed<readonly JsonObject[]> {
  const body = okBody(raw);
  return body.ok ? listField(field, pick(body.value)) : body;
}
