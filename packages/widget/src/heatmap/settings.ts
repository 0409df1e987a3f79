import {
  MS_PER_HOUR,
  MS_PER_MINUTE,
  MS_PER_SECOND,
  isVenueId,
  malformed,
  parsed,
  type DataRate,
  type DurationMs,
  type Fault,
  type Parsed,
  type UnixMs,
  type VenueId,
} from '@liquidation-heatmap/core';
import { PALETTE_NAMES, type PaletteName } from '@liquidation-heatmap/picture';
import { chooseSource, type SourceChoice } from '../sources/source-choice.js';

/** What the attributes say, understood: the only form in which the rest of the widget sees them. */
export interface HeatmapSettings {
  readonly symbol: string;
  readonly venues: readonly VenueId[];
  readonly source: SourceChoice;
  readonly rangeMs: DurationMs;
  readonly intervalMs: DurationMs;
  readonly at: UnixMs | undefined;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly palette: PaletteName | 'custom';
  readonly labels: 'full' | 'none';
  readonly layout: 'auto' | 'mini' | 'compact' | 'full';
  readonly loading: 'auto' | 'lazy' | 'eager';
  readonly data: 'auto' | 'full' | 'lite';
}

/** The attributes as the page wrote them; absent ones are undefined or null. */
export type RawSettings = Readonly<Partial<Record<keyof typeof DEFAULT_ATTRIBUTES, string | null>>>;

/** One value per attribute that is not written. */
export const DEFAULT_ATTRIBUTES = {
  symbol: 'BTCUSDT',
  venues: 'binance bybit okx',
  src: '',
  range: '24h',
  interval: 'auto',
  at: '',
  theme: 'auto',
  palette: 'inferno',
  labels: 'full',
  layout: 'auto',
  loading: 'auto',
  data: 'auto',
} as const;

/** Ranges the element offers, with the column width that `interval="auto"` means for each. */
export const RANGES: Readonly<Record<string, { readonly rangeMs: number; readonly intervalMs: number }>> = {
  '15m': { rangeMs: 15 * MS_PER_MINUTE, intervalMs: MS_PER_SECOND },
  '1h': { rangeMs: MS_PER_HOUR, intervalMs: 5 * MS_PER_SECOND },
  '12h': { rangeMs: 12 * MS_PER_HOUR, intervalMs: MS_PER_MINUTE },
  '24h': { rangeMs: 24 * MS_PER_HOUR, intervalMs: 5 * MS_PER_MINUTE },
  '3d': { rangeMs: 72 * MS_PER_HOUR, intervalMs: 5 * MS_PER_MINUTE },
  '7d': { rangeMs: 168 * MS_PER_HOUR, intervalMs: 15 * MS_PER_MINUTE },
  '30d': { rangeMs: 720 * MS_PER_HOUR, intervalMs: MS_PER_HOUR },
  '90d': { rangeMs: 2160 * MS_PER_HOUR, intervalMs: 4 * MS_PER_HOUR },
};

/** Column widths the element offers. */
export const INTERVALS: Readonly<Record<string, number>> = {
  '1s': MS_PER_SECOND,
  '5s': 5 * MS_PER_SECOND,
  '1m': MS_PER_MINUTE,
  '5m': 5 * MS_PER_MINUTE,
  '15m': 15 * MS_PER_MINUTE,
  '1h': MS_PER_HOUR,
  '4h': 4 * MS_PER_HOUR,
};

/** Most columns one picture may have: the ring texture is 1,024 wide. */
const MOST_COLUMNS = 1000;

/** Attributes that decide what is shown: a wrong one is an error, never a guess. The others keep their last good value. */
const DECISIVE: ReadonlySet<string> = new Set(['symbol', 'venues', 'src', 'range', 'interval', 'at']);

/** A value that broke its rule; `isDecisive` when nothing can be shown without it. */
export interface SettingsFault extends Fault {
  readonly isDecisive: boolean;
}

/** What came of reading the attributes: settings, and one fault for each value that broke its rule. */
export interface SettingsReading {
  readonly settings: HeatmapSettings;
  readonly faults: readonly SettingsFault[];
}

/** Reads all attributes; a value that breaks its rule is named in a fault and replaced by the one of `last`. */
export function readSettings(raw: RawSettings, base: string, last: HeatmapSettings): SettingsReading {
  const faults: SettingsFault[] = [];
  const take = <Value>(reading: Parsed<Value>, lastGood: Value): Value => {
    if (reading.ok) return reading.value;
    faults.push({ ...reading.fault, isDecisive: DECISIVE.has(reading.fault.field) });
    return lastGood;
  };
  const text = (name: keyof typeof DEFAULT_ATTRIBUTES): string => raw[name]?.trim() || DEFAULT_ATTRIBUTES[name];
  const span = take(readSpan(text('range'), text('interval')), { rangeMs: last.rangeMs, intervalMs: last.intervalMs });
  const settings: HeatmapSettings = {
    symbol: take(readSymbol(text('symbol')), last.symbol),
    venues: take(readVenues(text('venues')), last.venues),
    source: take(chooseSource(text('src'), base), last.source),
    ...span,
    at: take(readMoment(text('at')), last.at),
    theme: take(oneOf('theme', text('theme'), ['auto', 'light', 'dark']), last.theme),
    palette: take(readPalette(text('palette')), last.palette),
    labels: take(oneOf('labels', text('labels'), ['full', 'none']), last.labels),
    layout: take(oneOf('layout', text('layout'), ['auto', 'mini', 'compact', 'full']), last.layout),
    loading: take(oneOf('loading', text('loading'), ['auto', 'lazy', 'eager']), last.loading),
    data: take(oneOf('data', text('data'), ['auto', 'full', 'lite']), last.data),
  };
  return { settings, faults };
}

/** The attributes that decide, as an element has them. */
export function writtenOf(element: RawSettings): RawSettings {
  const names = Object.keys(DEFAULT_ATTRIBUTES) as (keyof typeof DEFAULT_ATTRIBUTES)[];
  return Object.fromEntries(names.map((name) => [name, element[name]]));
}

/** Settings of an element without attributes. */
export const DEFAULT_SETTINGS: HeatmapSettings = {
  symbol: DEFAULT_ATTRIBUTES.symbol,
  venues: ['binance', 'bybit', 'okx'],
  source: { kind: 'venues' },
  rangeMs: (24 * MS_PER_HOUR) as DurationMs,
  intervalMs: (5 * MS_PER_MINUTE) as DurationMs,
  at: undefined,
  theme: 'auto',
  palette: DEFAULT_ATTRIBUTES.palette,
  labels: 'full',
  layout: 'auto',
  loading: 'auto',
  data: 'auto',
};

/** How much is read: `auto` leaves out the book, which the picture does not show, and saves data where the reader's browser asks for it. */
export function dataRateOf(data: HeatmapSettings['data']): DataRate {
  if (data !== 'auto') return data;
  const { connection } = (globalThis.navigator ?? {}) as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true ? 'lite' : 'plain';
}

/** A boolean attribute: present means true, except the text "false" (React 18 writes it). */
export function readBoolean(value: string | null | undefined): boolean {
  return value !== null && value !== undefined && value !== 'false';
}

function invalid(field: string, rule: string, value: string): Parsed<never> {
  return malformed('invalid-attribute', field, `${field} ${rule}, was "${value}"`);
}

function oneOf<Name extends string>(field: string, value: string, names: readonly Name[]): Parsed<Name> {
  const found = names.find((name) => name === value);
  return found === undefined ? invalid(field, `must be one of ${names.join(', ')}`, value) : parsed(found);
}

function readSymbol(text: string): Parsed<string> {
  const symbol = text.toUpperCase();
  if (/^[A-Z0-9]{2,20}(?:USDT|USDC|USD)$/u.test(symbol)) return parsed(symbol);
  return invalid('symbol', 'must be a canonical pair of letters and digits such as BTCUSDT', text);
}

function readVenues(text: string): Parsed<readonly VenueId[]> {
  const names = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,]+/u)
        .filter((name) => name !== ''),
    ),
  ];
  const unknown = names.find((name) => !isVenueId(name));
  if (unknown !== undefined) return invalid('venues', 'must list venue ids such as binance bybit okx', unknown);
  return parsed(names.filter(isVenueId));
}

function readSpan(range: string, interval: string): Parsed<{ rangeMs: DurationMs; intervalMs: DurationMs }> {
  const span = RANGES[range];
  if (span === undefined) return invalid('range', `must be one of ${Object.keys(RANGES).join(', ')}`, range);
  const intervalMs = interval === 'auto' ? span.intervalMs : INTERVALS[interval];
  if (intervalMs === undefined)
    return invalid('interval', `must be auto or one of ${Object.keys(INTERVALS).join(', ')}`, interval);
  const columns = span.rangeMs / intervalMs;
  if (columns > MOST_COLUMNS || columns < 2) {
    return invalid(
      'interval',
      `must cut the range ${range} into 2 to ${MOST_COLUMNS} columns (it would make ${Math.round(columns)})`,
      interval,
    );
  }
  return parsed({ rangeMs: span.rangeMs as DurationMs, intervalMs: intervalMs as DurationMs });
}

function readMoment(text: string): Parsed<UnixMs | undefined> {
  if (text === '') return parsed(undefined);
  const time = /^\d{4}-\d{2}-\d{2}(?:T|$)/u.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return invalid('at', 'must be an ISO time such as 2024-08-08T12:00:00Z', text);
  return parsed(time as UnixMs);
}

function readPalette(text: string): Parsed<PaletteName | 'custom'> {
  return oneOf('palette', text, [...PALETTE_NAMES, 'custom']);
}
